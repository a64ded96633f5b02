import {
  type PayloadInput,
  type ProduceMessageInput,
  produceMessageInput,
  type RecordDetail,
} from "@/lib/contracts/messages";
import { textOf } from "@/lib/decode-payload";
import { bytesOfBase64, bytesOfPayload } from "@/lib/payload-view";

/** A header in the produce panel. */
export type DraftHeader = { readonly name: string; readonly value: string; readonly encoding?: "base64" };

/** What is written in the produce panel. */
export type MessageDraft = {
  /** Empty: no key. */
  readonly key: string;
  readonly keyEncoding: PayloadInput["encoding"];
  readonly value: string;
  readonly valueEncoding: PayloadInput["encoding"];
  readonly isTombstone: boolean;
  /** Names may repeat; a value that is no text is base64. */
  readonly headers: readonly DraftHeader[];
  /** Null: by key. */
  readonly partition: number | null;
  /** Null: now. */
  readonly timestampMs: number | null;
  readonly codec: ProduceMessageInput["codec"];
  readonly acks: ProduceMessageInput["acks"];
};

/** An empty produce panel. */
export const emptyMessage: MessageDraft = {
  key: "",
  keyEncoding: "utf8",
  value: "",
  valueEncoding: "utf8",
  isTombstone: false,
  headers: [],
  partition: null,
  timestampMs: null,
  codec: "none",
  acks: "all",
};

/** Turns the panel into the action's input. Headers without a name are left out. */
export function produceInputOf(cluster: string, topic: string, draft: MessageDraft): ProduceMessageInput {
  return {
    cluster,
    topic,
    key: draft.key === "" ? null : { encoding: draft.keyEncoding, text: draft.key },
    value: draft.isTombstone ? null : { encoding: draft.valueEncoding, text: draft.value },
    headers: draft.headers
      .filter((header) => header.name !== "")
      .map((header) => ({ key: header.name, value: { encoding: header.encoding ?? "utf8", text: header.value } })),
    partition: draft.partition,
    timestampMs: draft.timestampMs,
    codec: draft.codec,
    acks: draft.acks,
  };
}

/** What is wrong with a draft, by the name of the field. */
export function draftErrors(draft: MessageDraft): { key?: string; value?: string; form?: string } {
  const notBase64 = "This is not base64.";
  const errors: { key?: string; value?: string; form?: string } = {};
  if (draft.keyEncoding === "base64" && bytesOfBase64(draft.key) === undefined) errors.key = notBase64;
  if (!draft.isTombstone && draft.valueEncoding === "base64" && bytesOfBase64(draft.value) === undefined)
    errors.value = notBase64;
  const badHeader = draft.headers.find(
    ({ value, encoding }) => encoding === "base64" && bytesOfBase64(value) === undefined,
  );
  if (badHeader) errors.form = `Header ${badHeader.name}: ${notBase64}`;
  if (draft.isTombstone && draft.key === "") errors.key = "A tombstone deletes a key, so it needs one.";
  const parsed = produceMessageInput.safeParse(produceInputOf("local", "topic", draft));
  if (!parsed.success && errors.form === undefined) errors.form = parsed.error.issues[0]?.message ?? "";
  return errors;
}

/** The draft that would produce a record again, to be edited: its place and time are not taken over. Keys and values must be whole. */
export function draftOfRecord(record: RecordDetail): MessageDraft {
  const key = editable(record.key);
  const value = editable(record.value);
  return {
    ...emptyMessage,
    key: key.text,
    keyEncoding: key.encoding,
    value: value.text,
    valueEncoding: value.encoding,
    isTombstone: record.value.base64 === null,
    headers: record.headers.map(({ key: name, value: own }) => {
      const { encoding, text } = editable(own);
      return encoding === "base64" ? { name, value: text, encoding } : { name, value: text };
    }),
  };
}

function editable(payload: Pick<RecordDetail["key"], "base64">): PayloadInput {
  if (payload.base64 === null) return { encoding: "utf8", text: "" };
  const text = textOf(bytesOfPayload(payload));
  return text === undefined ? { encoding: "base64", text: payload.base64 } : { encoding: "utf8", text };
}
