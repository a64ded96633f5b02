import type { NextRecord } from "../../lib/contracts/stuck-record.ts";
import type { PayloadPreview } from "../../lib/contracts/messages.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { type ReadRecord, readRecords } from "../client/read-records.ts";
import type { Cluster } from "./cluster.ts";
import { partitionKey } from "./engine/sampler/snapshot.ts";
import { groupStanding } from "./group-standing.ts";
import { readLandings } from "./landings.ts";
import { settle } from "./settled.ts";
import { defineUseCase } from "./use-case.ts";

type Input = { readonly cluster: string; readonly group: string; readonly topic: string; readonly partition: number };

/** Records before it that it is compared with. */
const NEIGHBOURS = 100;
const NEIGHBOUR_BYTES = 256 * 1024;
/** Dead-letter topics that are offered. */
const OFFERED_MAX = 20;

/** The record that a group reads next in a partition, and what is odd about it beside those that it could read. */
export const readNextRecord = defineUseCase<Input, NextRecord>({
  failed: ({ topic, partition }) => `What is read next in ${topic} partition ${partition} could not be read`,
  async run({ context, cluster }, { group, topic, partition }, title) {
    const standing = await groupStanding(cluster, group, title);
    if (!standing.ok) return standing;
    const offset = standing.value.offsets.get(partitionKey(topic, partition))?.offset;
    if (offset === undefined) {
      const detail = `${group} has committed nothing in partition ${partition} of ${topic}.`;
      return fail(problem({ code: "record-not-found", title, detail }));
    }
    const landings = await readLandings(cluster, [{ topic, partition, offset }]);
    const record = landings.get(partitionKey(topic, partition)) ?? null;
    const before = record ? await readBefore(cluster, { topic, partition, offset: record.offset }) : [];
    const placed = [...(record ? [record] : []), ...before].map((one) => ({ topic, partition, record: one }));
    const [own = null, ...others] = await context.decoding.run("summaries", { placed, choices: {} });
    const { value: listing } = await settle(cluster.topics.get(), { title });
    return succeed({
      topic,
      partition,
      offset: String(offset),
      record: own,
      fault:
        record &&
        own &&
        faultOf(
          record,
          own.value,
          others.map(({ value }) => value.format),
        ),
      deadLetterTopics: deadLetterTopics(
        topic,
        (listing?.topics ?? []).map(({ name }) => name ?? ""),
      ),
    });
  },
});

async function readBefore(
  { client }: Cluster,
  { topic, partition, offset }: { topic: string; partition: number; offset: number },
): Promise<readonly ReadRecord[]> {
  const { value } = await settle(
    readRecords(client, {
      topic,
      partition,
      fromOffset: Math.max(0, offset - NEIGHBOURS),
      isolation: "uncommitted",
      maxBytes: NEIGHBOUR_BYTES,
      maxWaitMs: 0,
    }),
    { title: "Neighbours could not be read" },
  );
  return (value?.records ?? []).filter((record) => record.offset < offset);
}

/** Its value has another form than nearly all of those before it. */
function faultOf(record: ReadRecord, own: PayloadPreview, forms: readonly PayloadPreview["format"][]): string | null {
  const usual = mostOf(forms);
  if (
    usual === undefined ||
    usual === own.format ||
    forms.filter((form) => form === usual).length * 10 < forms.length * 9
  )
    return null;
  const others = `The ${formatNumberOf(forms.length, "record")} before it ${forms.length === 1 ? "is" : "are"} ${words[usual] ?? usual}.`;
  if (own.format === "null") return `It has no value: a tombstone. ${others}`;
  if (usual === "json" && own.format === "text") return `Not JSON: ${jsonFault(record.value)}. ${others}`;
  return `It is ${words[own.format] ?? own.format}. ${others}`;
}

const words: Partial<Record<PayloadPreview["format"], string>> = {
  json: "JSON",
  text: "text",
  null: "tombstones",
  empty: "empty",
};

function mostOf(forms: readonly PayloadPreview["format"][]): PayloadPreview["format"] | undefined {
  const counts = new Map<PayloadPreview["format"], number>();
  for (const form of forms) counts.set(form, (counts.get(form) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function jsonFault(value: Uint8Array | null): string {
  try {
    JSON.parse(Buffer.from(value ?? []).toString("utf8"));
    return "it is no object";
  } catch (error) {
    return error instanceof Error
      ? error.message.replace(/[\s\S]{0,2}".*" is not valid JSON$/, " is no JSON")
      : String(error);
  }
}

/** Topics named after this one first, then any that says so in its name. */
export function deadLetterTopics(topic: string, names: readonly string[]): string[] {
  const dead = names.filter((name) => /(^|[._-])(dlq|dlt|dead|deadletter|dead-letters?)([._-]|$)/i.test(name));
  const own = dead.filter((name) => name.includes(topic));
  return [...own, ...dead.filter((name) => !name.includes(topic))].slice(0, OFFERED_MAX);
}
