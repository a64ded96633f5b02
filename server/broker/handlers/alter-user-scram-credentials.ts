import { AlterUserScramCredentials } from "../../wire/apis/alter-user-scram-credentials.ts";
import { forwarded } from "./forwarded.ts";

/** Credentials of users are set by the controller (KIP-554). */
export const alterUserScramCredentials = forwarded(AlterUserScramCredentials, (request, { errorCode, message }) => ({
  results: [...new Set([...request.deletions, ...request.upsertions].map(({ name }) => name))].map((user) => ({
    user,
    errorCode,
    errorMessage: message ?? null,
  })),
}));
