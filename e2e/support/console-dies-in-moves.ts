import type { Page } from "@playwright/test";
import { Kafka, logLevel } from "kafkajs";
import { expect, type Stage } from "./journey.ts";
import { killConsole } from "./kill-console.ts";
import { drainSlowly } from "./slow-drain.ts";

const BATCHES = 24;

/** The console is killed while a broker is drained under a throttle: it goes on by itself, and nothing of the throttle stays. */
export async function consoleDiesInMoves({
  page,
  stage,
}: {
  readonly page: Page;
  readonly stage: Stage;
}): Promise<void> {
  const { cluster, bootstrap } = stage;
  const topic = "killed.moves";
  const kafka = new Kafka({ clientId: "judge", brokers: bootstrap.split(","), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await drainSlowly({ page, stage }, { topic, batches: BATCHES });
  const job = page.url().split("/").at(-1);

  await killConsole(stage);
  await expect(page.getByText("Goes on after the console was started again.")).toBeVisible();
  expect(await throttlesOf(admin, topic)).not.toEqual([]);
  await page.getByRole("button", { name: "Change throttle" }).click();
  const dialog = page.getByRole("dialog", { name: "Replication throttle" });
  await dialog.getByRole("textbox", { name: /^MB\/s that each broker/ }).fill("500");
  await dialog.getByRole("button", { name: "Review…" }).click();
  await page
    .getByRole("dialog", { name: "Set the throttle?" })
    .getByRole("button", { name: "Set the throttle" })
    .click();
  await expect(page.getByText("1 of 1 moves done")).toBeVisible();
  await expect(page.getByText(/^The throttle was removed from 2 brokers and 1 topic/)).toBeVisible();

  // Brokers learn of configs some moments after the controller.
  await expect.poll(() => throttlesOf(admin, topic)).toEqual([]);
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  expect(topics[0]?.partitions[0]?.replicas).not.toContain(1);
  await admin.disconnect();
  await page.goto(`/${cluster}/journal`);
  await page
    .getByRole("button", { name: /^Drain broker 1/ })
    .first()
    .click();
  const detail = page.getByRole("complementary", { name: "Change" });
  await expect(detail).toContainText(`job ${job} · Done`);
}

/** DescribeConfigs' types of resources. */
const TOPIC = 2;
const BROKER = 4;

/** The throttles that brokers and a topic have of their own, by their configs' names. */
async function throttlesOf(admin: ReturnType<Kafka["admin"]>, topic: string): Promise<string[]> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: TOPIC, name: topic }, ...[1, 2, 3].map((id) => ({ type: BROKER, name: String(id) }))],
  });
  return resources.flatMap(({ configEntries }) =>
    configEntries.flatMap(({ configName, configValue }) =>
      /\.replication\.throttled\./.test(configName) && configValue !== "" && configValue !== null ? [configName] : [],
    ),
  );
}
