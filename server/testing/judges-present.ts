import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A foreign program that tests hold us against; named as its executable. */
export type Judge = "java" | "mvn" | "kcat";

/** The judges among these that are not in PATH. */
export function missingJudges(judges: readonly Judge[]): readonly Judge[] {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return judges.filter((judge) => !folders.some((folder) => existsSync(join(folder, judge))));
}
