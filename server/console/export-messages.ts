import { exportRecordsMax, type ExportFormat, type MessageQuery } from "../../lib/contracts/messages.ts";
import { succeed } from "../../lib/result.ts";
import { prepareReading } from "../client/read-records.ts";
import { findPlaces } from "./find-places.ts";
import { findRanges } from "./reading/find-ranges.ts";
import { readPage } from "./reading/read-page.ts";
import { csvHead } from "./record-as-csv.ts";
import { wantedOf } from "./read-messages.ts";
import { defineUseCase } from "./use-case.ts";

/** Records that are read, and held, at once. */
const PAGE_RECORDS = 1_000;

type Input = {
  readonly cluster: string;
  readonly topic: string;
  readonly query: MessageQuery & { readonly format: ExportFormat };
};

/** A file of records, made while it is taken. */
export type MessageFile = {
  readonly name: string;
  readonly contentType: string;
  readonly chunks: AsyncGenerator<string, void, void>;
};

const contentTypes = {
  json: "application/json",
  ndjson: "application/x-ndjson",
  csv: "text/csv; charset=utf-8",
} as const;

/**
 * The records of a query in a file, whole: at most 100,000, page after page in the order of the list. A partition that cannot be read ends the
 * file with an error, so that a part is never taken for the whole.
 */
export const exportMessages = defineUseCase<Input, MessageFile>({
  failed: ({ topic }) => `Messages of ${topic} could not be exported`,
  async run({ context, cluster }, { topic, query }, title) {
    const [places] = await Promise.all([findPlaces(cluster, wantedOf(topic, query), title), prepareReading()]);
    if (!places.ok) return places;
    const ranges = await findRanges(cluster, places.value, query, Date.now());
    const { format } = query;
    async function* chunks(): AsyncGenerator<string, void, void> {
      yield format === "json" ? "[" : format === "csv" ? csvHead(query) : "";
      let left = exportRecordsMax;
      let separator = "\n";
      let edge = query.edge === undefined ? {} : { edge: query.edge, turn: query.turn };
      for (;;) {
        const limit = Math.min(PAGE_RECORDS, left);
        const page = await readPage({ cluster, topic, query: { ...query, limit, ...edge }, ranges });
        const problem =
          ranges.find((range) => range.problem)?.problem ?? page.sources.find((one) => one.problem)?.problem;
        if (problem) throw new Error(`${problem.title}: ${problem.detail}`);
        const task = format === "csv" ? "csvRows" : "jsonRecords";
        for (const record of await context.decoding.run(task, { placed: page.records, choices: query })) {
          if (format === "csv") yield record;
          else if (format === "ndjson") yield `${record}\n`;
          else yield `${separator}${record}`;
          separator = ",\n";
        }
        left -= page.records.length;
        if (page.edges.next === null || left <= 0) break;
        edge = { edge: page.edges.next, turn: "next" };
      }
      if (format === "json") yield "\n]\n";
    }
    return succeed({ name: `${topic}.${format}`, contentType: contentTypes[format], chunks: chunks() });
  },
});
