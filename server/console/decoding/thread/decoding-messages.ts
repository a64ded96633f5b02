import type { OwnDecoders } from "../../../../lib/contracts/decoding.ts";
import type { FileToLoad } from "../own/load-own-decoders.ts";
import type { TaskName } from "./decoding-tasks.ts";

/** What a decoding thread is started with. */
export type DecodingData = {
  readonly files: readonly FileToLoad[];
  /** See `ownWatch`. */
  readonly watch: SharedArrayBuffer;
};

/** What the console asks of the thread; `input` is that of the task. */
export type DecodingCommand = { readonly id: number; readonly name: TaskName; readonly input: unknown };

/** What the thread says: once what it has loaded, then an answer a command. `detail` is the stack of a bug. */
export type DecodingMessage =
  | { readonly type: "loaded"; readonly told: Pick<OwnDecoders, "decoders" | "failures"> }
  | { readonly type: "done"; readonly id: number; readonly output: unknown }
  | { readonly type: "failed"; readonly id: number; readonly detail: string };
