import { DescribeQuorum } from "../../wire/apis/describe-quorum.ts";
import { forwarded } from "./forwarded.ts";

/** The controller tells how its log is replicated (KIP-595). */
export const describeQuorum = forwarded(DescribeQuorum, (_, { errorCode, message }) => ({
  errorCode,
  errorMessage: message ?? null,
}));
