import type { Page } from "@playwright/test";
import { Kafka, logLevel } from "kafkajs";
import { runKafkaTool } from "../../server/testing/kafka-tool.ts";
import { append } from "./read-messages.ts";
import { expect, expectAccessible, seed, type Stage } from "./journey.ts";

type Walk = { page: Page; stage: Stage };

const codecs = ["gzip", "snappy", "lz4", "zstd"] as const;
const perCodec = 20;

const list = (page: Page) => page.getByRole("table", { name: "Messages" });
const message = (page: Page) => page.getByRole("complementary", { name: "Message" });

/** Writes records by Kafka's own Java producer, one batch a codec. */
async function writeCompressed(bootstrap: string, topic: string): Promise<void> {
  await Promise.all(
    codecs.map(async (codec) => {
      const lines = Array.from({ length: perCodec }, (_, n) => `k-${codec}|{"codec":"${codec}","n":${n}}`);
      const args = ["--bootstrap-server", bootstrap, "--topic", topic, "--compression-codec", codec];
      const properties = ["--reader-property", "parse.key=true", "--reader-property", "key.separator=|"];
      const producer = ["--command-property", "linger.ms=2000", "--batch-size", "65536"];
      const stdin = `${lines.join("\n")}\n`;
      const { exitCode, stderr } = await runKafkaTool("consoleProducer", [...args, ...properties, ...producer], {
        stdin,
      });
      expect(exitCode, stderr).toBe(0);
    }),
  );
}

/** Every codec of Kafka is read, searched and told with its ratio, as Kafka's own producer wrote it. */
export async function readsEveryCodec({ page, stage }: Walk): Promise<void> {
  const topic = "hard.compressed";
  await seed(stage.bootstrap, topic, [], 1);
  await writeCompressed(stage.bootstrap, topic);
  await page.goto(`/${stage.cluster}/topics/${topic}/messages`);
  await expect(list(page)).toHaveAttribute("aria-rowcount", String(codecs.length * perCodec + 1));
  const field = page.getByRole("combobox", { name: "Search the messages" });
  for (const codec of codecs) {
    await field.fill(`value.codec == "${codec}" && value.n == 7`);
    await field.press("Enter");
    await expect(list(page)).toHaveAttribute("aria-rowcount", "2");
    await list(page)
      .getByRole("row", { name: new RegExp(`k-${codec}`) })
      .click();
    const detail = message(page);
    const stored = detail.getByRole("definition").filter({ hasText: new RegExp(`^${codec} · .* : 1$`) });
    await expect(stored).toBeVisible();
    await detail.getByRole("tab", { name: "Raw bytes" }).click();
    await expect(detail).toContainText(`uncompressed, stored as ${codec}`);
    await page.keyboard.press("Escape");
  }
  await expectAccessible(page);
}

/** What a transaction wrote is told with how the transaction came out; markers are shown when asked. */
export async function tellsTransactions({ page, stage }: Walk): Promise<void> {
  const topic = "hard.transactions";
  await seed(stage.bootstrap, topic, [], 1);
  const kafka = new Kafka({ brokers: stage.bootstrap.split(","), logLevel: logLevel.NOTHING });
  const producer = kafka.producer({
    ...{ transactionalId: "hard", maxInFlightRequests: 1, idempotent: true },
    // The longest that Kafka lets one be open; after a minute it would end by itself what is shown as open.
    transactionTimeout: 900_000,
  });
  await producer.connect();
  for (const outcome of ["commit", "abort"] as const) {
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [1, 2].map((n) => ({ key: `${outcome}-${n}`, value: `{"n":${n}}` })) });
    await transaction[outcome]();
  }
  const open = await producer.transaction();
  await open.send({ topic, messages: [{ key: "open-1", value: '{"n":1}' }] });
  try {
    await page.goto(`/${stage.cluster}/topics/${topic}/messages?from=oldest`);
    await expect(list(page)).toHaveAttribute("aria-rowcount", "6");
    const fates = [
      { key: "commit-1", at: 0, fate: "in a transaction that was committed" },
      { key: "abort-1", at: 3, fate: "in a transaction that was aborted" },
      { key: "open-1", at: 6, fate: "in a transaction that is still open" },
    ];
    for (const { key, at, fate } of fates) {
      await list(page)
        .getByRole("row", { name: new RegExp(key) })
        .click();
      await expect(page).toHaveURL(new RegExp(`at=p0@${at}$`));
      await expect(message(page)).toContainText(fate);
    }
    await page.keyboard.press("Escape");
    await page.keyboard.press("o");
    const field = page.getByRole("combobox", { name: "Search the messages" });
    await field.fill("value.n >= 1");
    await field.press("Enter");
    const progress = page.getByRole("region", { name: "Search progress" });
    await expect(progress).toContainText("5 matches in all");
    await page.getByRole("button", { name: /^Search sees/ }).click();
    await page.getByRole("menuitemradio", { name: "Committed only" }).click();
    await expect(progress).toContainText("2 matches in all");
    await page.getByRole("button", { name: "Clear the search" }).click();
    await page.getByRole("button", { name: "Control records" }).click();
    await expect(list(page)).toHaveAttribute("aria-rowcount", "8");
    await list(page)
      .getByRole("row", { name: /transaction aborted/ })
      .click();
    await expect(message(page)).toContainText("transaction aborted");
    await message(page).getByRole("tab", { name: "Raw bytes" }).click();
    await message(page).getByText("Batch header").click();
    await expect(message(page).getByRole("row", { name: /attributes .*control/ })).toBeVisible();
  } finally {
    await open.abort();
    await producer.disconnect();
  }
}

/** Offsets that compaction has taken are passed over: pages are full, a search finds what is left, a link to what is gone says so. */
export async function passesCompactedHoles({ page, stage }: Walk): Promise<void> {
  const topic = "hard.compacted";
  const configs = {
    "cleanup.policy": "compact",
    "segment.ms": "100",
    "min.cleanable.dirty.ratio": "0.01",
    "min.compaction.lag.ms": "0",
  };
  const round = (n: number) => [0, 1, 2, 3, 4].map((k) => ({ key: `k${k}`, value: `{"round":${n}}` }));
  const rounds = Array.from({ length: 40 }, (_, n) => round(n));
  await append(stage.bootstrap, topic, rounds.flat(), configs);
  await page.goto(`/${stage.cluster}/topics/${topic}/messages?from=oldest&limit=50`);
  const first = list(page).getByRole("button", { name: "Open partition 0 offset 0", exact: true });
  // A segment is rolled, and what was before it compacted, only when something new comes.
  await expect(async () => {
    await append(stage.bootstrap, topic, [{ key: "roll", value: "{}" }]);
    await page.getByRole("button", { name: "Read again" }).click();
    await expect(first).toHaveCount(0, { timeout: 500 });
  }).toPass();
  await expect(list(page).getByRole("button", { name: "Open partition 0 offset 199", exact: true })).toBeVisible();

  const field = page.getByRole("combobox", { name: "Search the messages" });
  await field.fill("value.?round.orValue(-1) == 39");
  await field.press("Enter");
  await expect(page.getByRole("region", { name: "Search progress" })).toContainText("5 matches in all");
  await page.goto(`/${stage.cluster}/topics/${topic}/messages?at=p0@3`);
  await expect(message(page).getByRole("alert")).toContainText("has no record at offset 3");
}
