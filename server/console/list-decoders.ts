import type { OwnDecoders } from "../../lib/contracts/decoding.ts";
import { succeed } from "../../lib/result.ts";
import { defineUseCase } from "./use-case.ts";

/** The decoders of the operator's own, and why files in their directory are none. */
export const listDecoders = defineUseCase<{ readonly cluster: string }, OwnDecoders>({
  failed: () => "The decoders could not be listed",
  run: async ({ context }) => succeed(await context.decoding.list()),
});
