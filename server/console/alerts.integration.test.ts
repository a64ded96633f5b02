import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AlertRuleDraft } from "../../lib/contracts/alerts.ts";
import { journalQuery } from "../../lib/contracts/journal.ts";
import { startCluster, type TestCluster } from "../broker/testing/start-cluster.ts";
import { commitGroupOffsets } from "../client/admin/group-offsets.ts";
import { bad, clientOf, good } from "../testing/console-context.ts";
import { makeTopic } from "../testing/seed-topic.ts";
import { until } from "../testing/until.ts";
import { localUser } from "./actor.ts";
import { closeContext, type ConsoleContext, createContext } from "./context.ts";
import { deleteAlertRule } from "./delete-alert-rule.ts";
import { deleteAlertTarget } from "./delete-alert-target.ts";
import { listAlerts } from "./list-alerts.ts";
import { listJournal } from "./list-journal.ts";
import { planRevert, revertChange } from "./revert-change.ts";
import { saveAlertRule } from "./save-alert-rule.ts";
import { saveAlertTarget } from "./save-alert-target.ts";
import { silenceAlertRule } from "./silence-alert-rule.ts";
import { testAlertTarget } from "./test-alert-target.ts";

const cluster = "local";
const topic = "alerted";
const groupId = "late";
const late: AlertRuleDraft = {
  ...{ name: "Too late", condition: "group-lag", subject: groupId, threshold: 5, clearAt: 2, forMs: 0 },
  ...{ severity: "critical", targets: [], isOn: true },
};

let running: TestCluster;
let context: ConsoleContext;
let directory: string;
let hook: Server;
let heard: { event: string; text: string }[];
let answers: number[];

beforeAll(async () => {
  running = await startCluster();
  directory = mkdtempSync(join(tmpdir(), "odradek-alerts-"));
  context = consoleOn(directory);
  heard = [];
  answers = [];
  hook = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      const status = answers.shift() ?? 200;
      if (status === 200) heard.push(JSON.parse(body));
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => {
    hook.listen(0, "127.0.0.1", resolve);
  });
  await makeTopic(clientOf(context), topic);
  const messages = Array.from({ length: 10 }, (_, index) => ({ value: String(index) }));
  await context.clusters.get(cluster)?.producer.send({ topic, messages });
  await commit(0);
});
afterAll(async () => {
  await closeContext(context);
  await running.stop();
  hook.close();
  rmSync(directory, { recursive: true, force: true });
});

function consoleOn(dataDirectory: string): ConsoleContext {
  const own = {
    id: cluster,
    name: "Local",
    bootstrap: running.bootstrap.split(","),
    clientProperties: {},
    bundled: false,
  };
  return createContext({ clusters: [own], dataDirectory, host: "localhost", port: 3000, allowedHosts: ["localhost"] });
}

async function commit(offset: number): Promise<void> {
  const committed = { topic, partition: 0, offset, leaderEpoch: -1, metadata: "" };
  const [answer] = await commitGroupOffsets(clientOf(context), groupId, [committed]);
  expect(answer?.errorCode).toBe(0);
}

/** One sweep, which judges the rules; what is to be sent goes out by itself. */
async function sweep(): Promise<void> {
  await context.engine.samplers.get(cluster)?.sampled();
}

const list = async () => good(await listAlerts(context, localUser, { cluster }));
const hookUrl = () => `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook?token=hidden`;

test("a lag fires, is told to its targets, and ends when it was read", async () => {
  context.engine.alerts.start();
  const webhook = { kind: "webhook", name: "On call", url: hookUrl(), secret: "s3cret" } as const;
  const { id: called } = good(await saveAlertTarget(context, localUser, { cluster, id: null, target: webhook }));
  const written = { kind: "kafka-topic", name: "Log", topic } as const;
  const { id: log } = good(await saveAlertTarget(context, localUser, { cluster, id: null, target: written }));
  good(await saveAlertRule(context, localUser, { cluster, id: null, rule: { ...late, targets: [called, log] } }));
  await sweep();
  await until(async () => (await list()).alerts[0]?.deliveries.every(({ state }) => state === "sent") ?? false);
  expect((await list()).alerts).toMatchObject([
    {
      subject: { type: "group", name: groupId },
      peak: 10,
      endedAtMs: null,
      text: "lags by 10 messages; the limit is 5.",
    },
  ]);
  expect(heard).toMatchObject([{ event: "fired", text: "late lags by 10 messages; the limit is 5." }]);

  // The notification is itself a message of the topic: eleven are there now.
  await commit(11);
  await sweep();
  await until(() => heard.length === 2);
  expect(heard[1]).toMatchObject({ event: "ended" });
  expect((await list()).alerts[0]?.endedAtMs).not.toBeNull();
});

test("a target that fails is tried again, and says what it met", async () => {
  // More than it is asked before the console is started anew.
  answers = Array.from({ length: 50 }, () => 503);
  await commit(0);
  await sweep();
  const told = async () => (await list()).alerts[0]?.deliveries.find(({ target }) => target === "On call");
  await until(async () => ((await told())?.attempts ?? 0) > 0);
  expect(await told()).toMatchObject({ state: "waiting", problem: "The target answered 503 Service Unavailable" });
});

test("what fires goes on after a restart, is not told twice, and is told when it could not be told before", async () => {
  const before = heard.length;
  await closeContext(context);
  answers = [];
  context = consoleOn(directory);
  context.engine.alerts.start();
  await sweep();
  expect((await list()).alerts.filter(({ endedAtMs }) => endedAtMs === null)).toHaveLength(1);
  // The second attempt is due some seconds after the first.
  await until(() => heard.length === before + 1);
  expect(heard.at(-1)).toMatchObject({ event: "fired" });
});

test("a silenced rule is judged and listed, and tells nobody", async () => {
  await commit(12);
  await sweep();
  await until(() => heard.at(-1)?.event === "ended");
  const [rule] = (await list()).rules;
  const untilMs = Date.now() + 3_600_000;
  good(await silenceAlertRule(context, localUser, { cluster, id: rule?.id ?? 0, untilMs }));
  await commit(0);
  await sweep();
  expect((await list()).alerts[0]).toMatchObject({ isSilenced: true, endedAtMs: null, deliveries: [] });
});

test("a test of a target arrives, or says why it does not", async () => {
  const [target] = (await list()).targets;
  const id = target?.id ?? 0;
  good(await testAlertTarget(context, localUser, { cluster, id }));
  expect(heard.at(-1)).toMatchObject({ event: "test" });
  answers = [404];
  expect(bad(await testAlertTarget(context, localUser, { cluster, id })).detail).toBe(
    "The target answered 404 Not Found",
  );
});

test("secrets are neither listed nor written down", async () => {
  const journal = good(await listJournal(context, localUser, { cluster, query: journalQuery.parse({}) }));
  const told = JSON.stringify([await list(), journal]);
  expect(told).toContain("/hook");
  expect(told).not.toMatch(/s3cret|hidden/);
  const entries = journal.entries.map(({ id }) => context.engine.journal.find(cluster, id));
  expect(JSON.stringify(entries)).not.toMatch(/s3cret|hidden/);
  expect(readFileSync(join(directory, "console", "console.db")).length).toBeGreaterThan(0);
});

test("a rule is deleted, and taken back from the journal; what fired of it ends", async () => {
  const [rule] = (await list()).rules;
  good(await deleteAlertRule(context, localUser, { cluster, id: rule?.id ?? 0 }));
  await sweep();
  expect((await list()).alerts.every(({ endedAtMs }) => endedAtMs !== null)).toBe(true);
  const [entry] = good(await listJournal(context, localUser, { cluster, query: journalQuery.parse({}) })).entries;
  const { fingerprint } = good(await planRevert(context, localUser, { cluster, entry: entry?.id ?? 0 }));
  good(await revertChange(context, localUser, { cluster, entry: entry?.id ?? 0, fingerprint }));
  expect((await list()).rules).toMatchObject([{ name: "Too late", threshold: 5, targets: rule?.targets }]);
});

test("a rule that cannot be is refused by its field, and a deleted target leaves its rules", async () => {
  const wrong = { ...late, clearAt: 6 };
  expect(bad(await saveAlertRule(context, localUser, { cluster, id: null, rule: wrong })).fields).toEqual({
    clearAt: "Not above the limit at which it fires.",
  });
  const unknown = bad(await saveAlertRule(context, localUser, { cluster, id: null, rule: { ...late, targets: [99] } }));
  expect(unknown.fields).toHaveProperty("targets");
  for (const { id } of (await list()).targets) good(await deleteAlertTarget(context, localUser, { cluster, id }));
  expect((await list()).rules[0]?.targets).toEqual([]);
});
