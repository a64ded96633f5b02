import { UpdateFeatures } from "../../wire/apis/update-features.ts";
import { forwarded } from "./forwarded.ts";

/** Feature levels are finalised by the controller (KIP-584). */
export const updateFeatures = forwarded(UpdateFeatures, (_, { errorCode, message }) => ({
  errorCode,
  errorMessage: message ?? null,
}));
