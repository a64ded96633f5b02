import { XMLValidator } from "fast-xml-parser";
import type { Decoder } from "./decoder.ts";
import { readText } from "./utf8.ts";

/** XML 1.0 as it was written, once it is known to be well-formed. Entities are not expanded, nothing is fetched. */
export const xml: Decoder = {
  name: "xml",
  decode: (payload) => {
    const text = readText(payload);
    if (typeof text !== "string") return text;
    if (!/^\uFEFF?\s*</.test(text)) return { reason: "does not begin with <" };
    if (payload.isCut) return { form: "xml", text };
    const checked = XMLValidator.validate(text);
    if (checked === true) return { form: "xml", text };
    const { msg, line, col } = checked.err;
    return { reason: `${msg} (line ${line}, column ${col})` };
  },
};
