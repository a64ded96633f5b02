import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import type { OwnDecoders } from "../../../../lib/contracts/decoding.ts";
import { isRefusal, reasonOf, type Refusal } from "../decoder.ts";
import { type OwnDecoder, ownDecoder, silencedDecoder } from "./own-decoder.ts";
import type { OwnFile } from "./own-files.ts";
import type { OwnGuard } from "./own-guard.ts";

/** A file whose code took a thread down, why it is not run for a while, and the name that it is known by. */
export type SetAside = { readonly reason: string; readonly name: OwnDecoder["name"] | null };

/** A file to load, or to keep out. */
export type FileToLoad = OwnFile & { readonly aside: SetAside | null };

/** The decoders of some files, and what is told of them. */
export type LoadedDecoders = {
  readonly decoders: readonly OwnDecoder[];
  readonly told: Pick<OwnDecoders, "decoders" | "failures">;
};

/** Loads the operator's decoders. A file that is none is told with its reason, and the others are loaded. */
export async function loadOwnDecoders(files: readonly FileToLoad[], guard: OwnGuard): Promise<LoadedDecoders> {
  const decoders: OwnDecoder[] = [];
  const told: LoadedDecoders["told"] = { decoders: [], failures: [] };
  for (const [index, own] of files.entries()) {
    const file = basename(own.path);
    if (own.aside) told.failures.push({ file, reason: own.aside.reason });
    const made = own.aside ? silenced(own.aside) : await load(own, index, guard);
    if (made === undefined) continue;
    const reason = isRefusal(made) ? made.reason : reasonOfDouble(made, decoders);
    if (reason !== undefined) told.failures.push({ file, reason });
    if (isRefusal(made) || reason !== undefined) continue;
    decoders.push(made);
    told.decoders.push({ decoder: made.name, file, hasGuess: made.hasGuess });
  }
  return { decoders, told };
}

function silenced({ name, reason }: SetAside): OwnDecoder | undefined {
  return name === null ? undefined : silencedDecoder(name, reason);
}

async function load({ path, version }: OwnFile, index: number, guard: OwnGuard): Promise<OwnDecoder | Refusal> {
  guard.enter(index);
  try {
    const url = `${pathToFileURL(path).href}?version=${version}`;
    const exports: Readonly<Record<string, unknown>> = await import(url);
    return ownDecoder(exports, (code) => guard.run(index, code));
  } catch (error) {
    return { reason: reasonOf(error) };
  } finally {
    guard.leave();
  }
}

function reasonOfDouble({ name }: OwnDecoder, others: readonly OwnDecoder[]): string | undefined {
  return others.some((other) => other.name === name) ? "another file exports the same name" : undefined;
}
