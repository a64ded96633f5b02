import * as z from "zod";
import { inParallel } from "../in-parallel.ts";
import { SharedRead } from "../shared-read.ts";
import { getJson, type Service } from "./get-json.ts";
import type { ServiceAccess } from "./service-settings.ts";

/** How old what tabs share of a Connect cluster may be. */
const CONNECTORS_AGE_MS = 5_000;
/** For all of a cluster's connectors together. */
const READ_MS_MAX = 8_000;
/** Connectors whose topics are asked for at once. */
const TOPICS_AT_ONCE = 8;

const taskState = z.object({ state: z.string(), trace: z.string().optional() });
/** A connector that is made or goes at that moment has only one of the two. */
const expandedConnectors = z.record(
  z.string(),
  z.object({
    info: z.object({ config: z.record(z.string(), z.unknown()), type: z.string().optional() }).optional(),
    status: z.object({ connector: taskState, tasks: z.array(taskState) }).optional(),
  }),
);
const usedTopics = z.record(z.string(), z.object({ topics: z.array(z.string()) }));

/** Where a connector or a task of it stands, in Connect's word, and why it failed. */
export type ConnectState = { readonly state: string; readonly trace?: string | undefined };

/** A connector. Its config may hold passwords: only what is asked for by name leaves this process. */
export type Connector = {
  readonly name: string;
  readonly kind: "source" | "sink" | null;
  readonly config: Readonly<Record<string, unknown>>;
  readonly state: ConnectState;
  readonly tasks: readonly ConnectState[];
  /** Topics that its tasks were seen to use since it was made or reset (KIP-558); null where workers do not track them. */
  readonly usedTopics: readonly string[] | null;
};

/** A Connect cluster, asked through one of its workers. */
export class ConnectCluster {
  readonly url: string;
  /** Every connector; fails with ProblemError. */
  readonly connectors = new SharedRead(() => this.read(), CONNECTORS_AGE_MS);
  private readonly service: Service;

  constructor(access: ServiceAccess) {
    this.service = { name: "Kafka Connect", access };
    this.url = access.urls.join(",");
  }

  private async read(): Promise<readonly Connector[]> {
    const signal = AbortSignal.timeout(READ_MS_MAX);
    const path = "/connectors?expand=info&expand=status";
    const found = (await getJson(this.service, { path, signal }, expandedConnectors)) ?? {};
    const whole = Object.entries(found).flatMap(([name, { info, status }]) =>
      info && status ? [{ name, info, status }] : [],
    );
    return inParallel(whole, TOPICS_AT_ONCE, async ({ name, info, status }) => ({
      name,
      kind: info.type === "source" || info.type === "sink" ? info.type : null,
      config: info.config,
      state: status.connector,
      tasks: status.tasks,
      usedTopics: await this.usedTopics(name, signal),
    }));
  }

  private async usedTopics(name: string, signal: AbortSignal): Promise<readonly string[] | null> {
    const path = `/connectors/${encodeURIComponent(name)}/topics`;
    // 403: topic.tracking.enable is false. 404: Connect before 2.5, or the connector went.
    const found = await getJson(this.service, { path, signal, absent: [403, 404] }, usedTopics);
    return found?.[name]?.topics ?? null;
  }
}
