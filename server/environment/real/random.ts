import { randomBytes } from "node:crypto";
import type { Random } from "../environment.ts";
import { uuidText } from "../uuid-text.ts";

/** Randomness nobody can foretell where it matters (`bytes`, `uuid`), and a fast one for back-off and choice. */
export const realRandom: Random = {
  next: () => Math.random(),
  int: (min, max) => min + Math.floor(Math.random() * (max - min + 1)),
  bytes: (count) => randomBytes(count),
  uuid() {
    for (;;) {
      const text = uuidText(randomBytes(16));
      if (text !== undefined) return text;
    }
  },
};
