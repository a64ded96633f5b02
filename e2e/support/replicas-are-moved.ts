import type { Page } from "@playwright/test";
import { Kafka, logLevel } from "kafkajs";
import { expect, expectAccessible, type Stage } from "./journey.ts";

/** Makes a topic on brokers 1 and 2 only. */
export async function seedUneven(bootstrap: string, topic: string): Promise<void> {
  const kafka = new Kafka({ clientId: "seed", brokers: bootstrap.split(","), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const replicaAssignment = [
    [1, 2],
    [1, 2],
    [2, 1],
    [1, 2],
  ].map((replicas, partition) => ({ partition, replicas }));
  await admin.createTopics({ topics: [{ topic, replicaAssignment }], waitForLeaders: true });
  await admin.disconnect();
  const producer = kafka.producer({ idempotent: true });
  await producer.connect();
  await producer.send({
    topic,
    messages: Array.from({ length: 400 }, (_, index) => ({ key: `key-${index}`, value: "x".repeat(1_000) })),
  });
  await producer.disconnect();
}

/** Starts what was planned, "4 moves" in the words of its button, and sees all of them done. */
async function startMoves(page: Page, moves: string): Promise<void> {
  await page.getByRole("button", { name: `Start ${moves}`, exact: true }).click();
  const count = Number.parseInt(moves, 10);
  await expect(page.getByText(`${count} of ${count} moves done`)).toBeVisible();
}

/** Reverts the newest change of that name in the journal. */
async function takeMovesBack(page: Page, cluster: string, name: string | RegExp): Promise<void> {
  await page.goto(`/${cluster}/journal`);
  await page.getByRole("button", { name }).first().click();
  const detail = page.getByRole("complementary", { name: "Change" });
  await expect(detail).toContainText("kafka-reassign-partitions.sh");
  await detail.getByRole("button", { name: "Revert…" }).click();
  const revert = page.getByRole("dialog", { name: "Take this change back?" });
  await revert.getByRole("button", { name: "Revert" }).click();
  await expect(revert).toBeHidden();
}

/** A broker is drained of a topic as its plan said, watched, seen in the partitions, and taken back from the journal. */
export async function brokerIsDrained({ page, stage }: { readonly page: Page; readonly stage: Stage }): Promise<void> {
  const { cluster, bootstrap } = stage;
  const topic = "moves.orders";
  await seedUneven(bootstrap, topic);
  await page.goto(`/${cluster}/topics/${topic}/partitions`);
  await page.getByRole("button", { name: "Reassign…" }).click();
  await page.getByRole("radio", { name: /^Drain broker/ }).click();
  await expect(page.getByRole("heading", { name: "Which broker should be empty?" })).toBeVisible();
  await page
    .getByRole("group", { name: "Brokers" })
    .getByRole("button", { name: /^broker 1/ })
    .click();
  const moves = page.getByRole("table", { name: "Moves" });
  await expect(moves.getByRole("row")).toHaveCount(5);
  await expect(page.getByRole("figure", { name: "Replicas by broker" })).toContainText("4 → 0");
  await expect(page.getByRole("list", { name: "What to know" })).toContainText("no partition falls below min ISR");
  await page.getByRole("textbox", { name: "Throttle in MB/s a broker" }).fill("50");
  await page.getByRole("textbox", { name: "Throttle in MB/s a broker" }).press("Enter");
  await expect(page.getByText(/at the throttle, done about/)).toBeVisible();
  await expectAccessible(page);

  await startMoves(page, "4 moves");
  await expect(page).toHaveURL(new RegExp(`/${cluster}/brokers/moves/\\d+$`));
  await expect(page.getByText(/^The throttle was removed from 3 brokers and 1 topic/)).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/${cluster}/topics/${topic}/partitions?by=broker`);
  const byBroker = page.getByRole("table", { name: "Partitions by broker" });
  await expect(byBroker.getByRole("row").nth(1)).toContainText(/none.*none/);

  await takeMovesBack(page, cluster, /^Drain broker 1/);
  await page.goto(`/${cluster}/topics/${topic}/partitions?by=broker`);
  await expect(byBroker.getByRole("row").nth(1)).toContainText("0, 1");
}

/** Replicas are moved as written by hand: wrong input is refused with what is wrong, a file of Kafka's tool is taken. */
export async function movesAreWrittenByHand({
  page,
  stage,
}: {
  readonly page: Page;
  readonly stage: Stage;
}): Promise<void> {
  const { cluster, bootstrap } = stage;
  const topic = "hand.orders";
  await seedUneven(bootstrap, topic);
  await page.goto(`/${cluster}/brokers/reassign?goal=by-hand&topics=${topic}`);
  const wanted = page.getByRole("textbox", { name: `Replicas of ${topic}-0` });
  await wanted.fill("1, 77");
  await page.getByRole("button", { name: "Plan 1 change" }).click();
  await expect(page.getByText(/there is no broker 77/)).toBeVisible();
  await page.goto(`/${cluster}/brokers/reassign?goal=by-hand&topics=${topic}`);
  await page.getByRole("button", { name: "As JSON…" }).click();
  const json = page.getByRole("textbox", { name: "Assignments as JSON" });
  await json.fill("{}");
  await page.getByRole("button", { name: "Plan from JSON" }).click();
  await expect(page.getByText('It has no list "partitions".')).toBeVisible();
  await json.fill(JSON.stringify({ version: 1, partitions: [{ topic, partition: 0, replicas: [3, 2] }] }));
  await page.getByRole("button", { name: "Plan from JSON" }).click();
  await startMoves(page, "1 move");
}

/** A topic gets a copy more of each partition from its own menu, and the journal takes it back. */
export async function replicationFactorIsChanged({
  page,
  stage,
}: {
  readonly page: Page;
  readonly stage: Stage;
}): Promise<void> {
  const { cluster, bootstrap } = stage;
  const topic = "factor.orders";
  await seedUneven(bootstrap, topic);
  await page.goto(`/${cluster}/topics/${topic}/partitions`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Replication factor…" }).click();
  await page.getByRole("spinbutton", { name: "Copies of each partition" }).fill("2");
  await expect(page.getByText("Every partition has that many copies.")).toBeVisible();
  await page.getByRole("spinbutton", { name: "Copies of each partition" }).fill("3");
  await expect(page.getByRole("table", { name: "Moves" }).getByRole("row")).toHaveCount(5);
  await startMoves(page, "4 moves");
  const byBroker = page.getByRole("table", { name: "Partitions by broker" });
  await page.goto(`/${cluster}/topics/${topic}/partitions?by=broker`);
  await expect(byBroker.getByRole("row").nth(3)).toContainText("0, 1, 2, 3");

  await takeMovesBack(page, cluster, "Replication factor 3");
  await page.goto(`/${cluster}/topics/${topic}/partitions?by=broker`);
  await expect(byBroker.getByRole("row").nth(3)).toContainText(/none.*none/);
}

/** A setting of a broker is changed while it runs, and taken back. */
export async function brokerSettingIsChanged({
  page,
  stage,
}: {
  readonly page: Page;
  readonly stage: Stage;
}): Promise<void> {
  const { cluster } = stage;
  await page.goto(`/${cluster}/brokers/2/configuration?show=all&q=log.cleaner.threads`);
  const row = page.getByRole("table", { name: "Settings" }).getByRole("row", { name: /log\.cleaner\.threads/ });
  await row.hover();
  await row.getByRole("button", { name: "Edit log.cleaner.threads" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Value" }).fill("2");
  await expect(dialog.getByRole("list", { name: "What it does" })).toContainText("without a restart");
  await dialog.getByRole("button", { name: "Change" }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toContainText("One broker, changed while running");
  await page.goto(`/${cluster}/brokers/2/configuration?show=different`);
  await expect(page.getByRole("table", { name: "Configuration that differs" })).toContainText("log.cleaner.threads");
}
