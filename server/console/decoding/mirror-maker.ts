import type { Decoded, Decoder, Payload, Refusal } from "./decoder.ts";
import { exactJson } from "./exact-json.ts";

const utf8 = new TextDecoder();

/** Fields of Kafka's own schema types: int16 lengths before text, numbers big-endian. */
class Fields {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  int16(): number {
    this.at += 2;
    return this.view.getInt16(this.at - 2);
  }

  int32(): number {
    this.at += 4;
    return this.view.getInt32(this.at - 4);
  }

  int64(): bigint {
    this.at += 8;
    return this.view.getBigInt64(this.at - 8);
  }

  text(): string {
    const length = this.int16();
    if (length < 0 || this.at + length > this.bytes.length) throw new RangeError("a text is longer than the bytes");
    this.at += length;
    return utf8.decode(this.bytes.subarray(this.at - length, this.at));
  }

  get isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }
}

type Told = { readonly fields: Record<string, unknown>; readonly words: string };
type Read = (fields: Fields) => Told;

/** Heartbeat, Checkpoint and OffsetSync of org.apache.kafka.connect.mirror; the first two begin with a version. */
const kinds: readonly { readonly topic: RegExp; readonly key: Read; readonly value: Read }[] = [
  {
    topic: /^(.+\.)?heartbeats$/,
    key: (read) => {
      const fields = { sourceClusterAlias: read.text(), targetClusterAlias: read.text() };
      return { fields, words: `${fields.sourceClusterAlias} to ${fields.targetClusterAlias}` };
    },
    value: (read) => {
      const fields = { version: read.int16(), timestamp: read.int64() };
      return { fields, words: `alive at ${fields.timestamp}` };
    },
  },
  {
    topic: /\.checkpoints\.internal$/,
    key: (read) => {
      const fields = { consumerGroupId: read.text(), topic: read.text(), partition: read.int32() };
      return { fields, words: `${fields.consumerGroupId}: ${fields.topic}-${fields.partition}` };
    },
    value: (read) => {
      const fields = {
        version: read.int16(),
        upstreamOffset: read.int64(),
        downstreamOffset: read.int64(),
        metadata: read.text(),
      };
      return { fields, words: `${fields.upstreamOffset} there is ${fields.downstreamOffset} here` };
    },
  },
  {
    topic: /^mm2-offset-syncs\..+\.internal$/,
    key: (read) => {
      const fields = { topic: read.text(), partition: read.int32() };
      return { fields, words: `${fields.topic}-${fields.partition}` };
    },
    value: (read) => {
      const fields = { upstreamOffset: read.int64(), downstreamOffset: read.int64() };
      return { fields, words: `${fields.upstreamOffset} there is ${fields.downstreamOffset} here` };
    },
  },
];

/** MirrorMaker 2's internal topics: heartbeats, checkpoints and offset syncs (KIP-382). */
export const mirrorMaker: Decoder = {
  name: "mirror-maker",
  decode: (payload) => {
    const kind = kinds.find(({ topic }) => topic.test(payload.topic));
    if (kind === undefined || payload.part === "header") return { reason: "the topic is none of MirrorMaker's" };
    return readWhole(payload, payload.part === "key" ? kind.key : kind.value);
  },
  unlikely: ({ topic, part }) => (part !== "header" && kinds.some((kind) => kind.topic.test(topic)) ? undefined : ""),
};

function readWhole({ bytes }: Payload, read: Read): Decoded | Refusal {
  try {
    const fields = new Fields(bytes);
    const told = read(fields);
    if (!fields.isAtEnd) return { reason: "bytes are left after the last field" };
    return { form: "json", text: exactJson(told.fields), words: told.words };
  } catch (error) {
    if (error instanceof RangeError) return { reason: "the bytes end inside a field" };
    throw error;
  }
}
