import type { Cluster } from "../../cluster.ts";
import { journalLine } from "../../journal-lines.ts";
import { RecordWriter } from "../../../client/record-writer.ts";
import { ClientError } from "../../../client/client-error.ts";
import { Repeating } from "../../stream/repeating.ts";
import type { Store } from "../store/store.ts";
import type { Journal, KeptEntry } from "./journal.ts";

/** After nothing was to send, and after a cluster that did not take it. */
const PAUSE_MS = 10_000;
const RETRY_MS = 5_000;
const ENTRIES_AT_ONCE = 100;

/** What the publisher works with. */
export type PublisherOptions = {
  readonly store: Store;
  readonly journal: Journal;
  readonly cluster: Cluster;
  readonly topic: string;
  /** A refusal that will not pass by itself, once each. */
  readonly onTrouble: (detail: string) => void;
};

/**
 * Writes a cluster's journal to a topic of that cluster: every entry once it is in the store, in order, as JSON with the target's name as key. How
 * far it is stands in the store, so entries that were made while the cluster was away follow; after a kill the last ones may come twice.
 */
export class JournalPublisher {
  private readonly sending = new Repeating(() => {
    this.sent = this.sendAll();
    return this.sent;
  });
  private readonly sentOf: () => number;
  private readonly keepSent: (id: number) => void;
  private trouble = "";
  private sent: Promise<number> = Promise.resolve(0);

  constructor(private readonly options: PublisherOptions) {
    const { store, cluster, topic } = options;
    const { id } = cluster.options;
    const find = store.prepare<{ entry: number }>("SELECT entry FROM journalSent WHERE cluster = ? AND topic = ?");
    const keep = store.prepare(
      `INSERT INTO journalSent (cluster, topic, entry) VALUES (?, ?, ?)
       ON CONFLICT (cluster, topic) DO UPDATE SET entry = excluded.entry`,
    );
    this.sentOf = () => find.first(id, topic)?.entry ?? 0;
    this.keepSent = (entry) => void keep.run(id, topic, entry);
  }

  start(): void {
    this.sending.start();
  }

  /** Settles when nothing is being sent any more. Close the cluster meanwhile: it may be waited for. */
  async stop(): Promise<void> {
    this.sending.stop();
    await this.sent;
  }

  /** An entry was written down. */
  sendNow(): void {
    this.sending.now();
  }

  /** Sends what is not sent yet; after how long to look again. */
  private async sendAll(): Promise<number> {
    const { journal, cluster } = this.options;
    try {
      for (;;) {
        const entries = journal.after(cluster.options.id, this.sentOf(), ENTRIES_AT_ONCE);
        const last = entries.at(-1);
        if (last === undefined) return PAUSE_MS;
        const refused = await this.send(entries);
        if (refused !== undefined) return this.tell(refused);
        this.keepSent(last.id);
        this.trouble = "";
      }
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      return this.tell(error.message);
    }
  }

  private async send(entries: readonly KeptEntry[]): Promise<string | undefined> {
    const { cluster, topic } = this.options;
    const writer = await RecordWriter.open(cluster.client);
    if (typeof writer === "number") return `no producer id was given (error ${writer})`;
    const records = entries.map((entry) => ({
      timestampMs: entry.atMs,
      key: Buffer.from(entry.target.name),
      value: Buffer.from(journalLine(entry).trimEnd()),
    }));
    const { errorCode, message } = await writer.write({ topic, partition: 0 }, records, "none");
    return errorCode === 0 ? undefined : (message ?? `error ${errorCode}`);
  }

  private tell(detail: string): number {
    if (detail !== this.trouble) this.options.onTrouble(detail);
    this.trouble = detail;
    return RETRY_MS;
  }
}
