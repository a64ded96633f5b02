import type { Page } from "@playwright/test";
import { Kafka, logLevel, type Message } from "kafkajs";
import { formatInstant } from "../../lib/instant.ts";
import { commitAt, expect, expectAccessible, seed, type Stage } from "./journey.ts";

type Walk = { page: Page; stage: Stage };

/** Appends records as an application would; `configs` for a topic that is made for them. */
export async function append(
  bootstrap: string,
  topic: string,
  messages: Message[],
  configs: Record<string, string> = {},
  numPartitions = 1,
): Promise<void> {
  const kafka = new Kafka({ clientId: "reading", brokers: bootstrap.split(","), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }));
  await admin.createTopics({ topics: [{ topic, numPartitions, configEntries }], waitForLeaders: true });
  await admin.disconnect();
  // Only an idempotent producer writes each once, also to a topic whose leaders have just come.
  const producer = kafka.producer({ idempotent: true });
  await producer.connect();
  await producer.send({ topic, messages });
  await producer.disconnect();
}

const rows = (page: Page) => page.getByRole("table", { name: "Messages" }).getByRole("row");

/** Reading begins and ends anywhere, in any partitions and topics, page after page, and its address says all of it. */
export async function readsFromAnywhere({ page, stage }: Walk): Promise<void> {
  const topic = "reading.orders";
  const values = Array.from({ length: 150 }, (_, i) => `{"order":${i},"id":9007199254740993}`);
  const startMs = await seed(stage.bootstrap, topic, values, 3);
  await commitAt(stage.bootstrap, "reading.billing", { topic, partition: 1, offset: "4" });
  await append(stage.bootstrap, "reading.beside", [{ value: '{"beside":true}' }]);
  await page.goto(`/${stage.cluster}/topics/${topic}/messages?limit=50`);
  await expect(page.getByText("50 messages", { exact: true })).toBeVisible();
  const newest = await rows(page).nth(1).textContent();
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(page).toHaveURL(/edge=.*turn=next/);
  await expect(rows(page).nth(1)).not.toHaveText(newest ?? "");
  const older = await rows(page).nth(1).textContent();
  await page.keyboard.press("]");
  await expect(page.getByRole("button", { name: "Next page" })).toBeDisabled();
  await page.keyboard.press("[");
  await expect(rows(page).nth(1)).toHaveText(older ?? "");
  await page.keyboard.press("[");
  await expect(rows(page).nth(1)).toHaveText(newest ?? "");

  await page.keyboard.press("Enter");
  await page.keyboard.press("j");
  await expect(rows(page).nth(2)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("k");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("complementary", { name: "Message" })).toHaveCount(0);

  await page.getByRole("button", { name: /^From/ }).click();
  await page.getByRole("menuitemradio", { name: "Offset by partition" }).click();
  const offsets = page.getByRole("textbox", { name: "Offsets to read from, by partition" });
  await offsets.fill("1:2");
  await offsets.press("Enter");
  await expect(page).toHaveURL(/offsets=1:2/);
  await expect(page.getByRole("button", { name: "Open partition 1 offset 2", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: /Open partition [02]/ })).toHaveCount(0);
  await readsFromTimesAndGroups(page, startMs);

  await page.goto(`/${stage.cluster}/topics/${topic}/messages?limit=50&from=offsets&offsets=1:2`);
  await page.getByRole("button", { name: "More of what is read" }).click();
  await page.getByRole("button", { name: /^To/ }).click();
  await page.getByRole("menuitemradio", { name: "Offset" }).click();
  const last = page.getByRole("textbox", { name: "Last offset to read" });
  await last.fill("3");
  await last.press("Enter");
  await expect(page.getByText("2 messages", { exact: true })).toBeVisible();
  const merge = page.getByRole("textbox", { name: "More topics to merge in" });
  await page.getByRole("button", { name: /^From/ }).click();
  await page.getByRole("menuitemradio", { name: "Oldest" }).click();
  await merge.fill("reading.beside");
  await merge.press("Enter");
  await expect(page.getByRole("table", { name: "Messages" })).toContainText("beside:true");
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByRole("table", { name: "Messages" })).toContainText("beside:true");
  await page.getByRole("row", { name: /beside:true/ }).click();
  await expect(page).toHaveURL(/at=reading\.beside:p0@0/);
  await expect(page.getByRole("complementary", { name: "Message" })).toContainText("reading.beside");
}

/** From a time, one offset of all partitions, and where a group stands. */
async function readsFromTimesAndGroups(page: Page, startMs: number): Promise<void> {
  await choosePlace(page, "Time");
  const time = page.getByRole("textbox", { name: /^Time to read from/ });
  await time.fill(formatInstant(startMs + 140, "utc"));
  await time.press("Enter");
  await expect(page.getByText("10 messages", { exact: true })).toBeVisible();
  await expect(rows(page).nth(1)).toContainText("order:140");

  await choosePlace(page, "Offset");
  const offset = page.getByRole("textbox", { name: "Offset to read from" });
  await offset.fill("5");
  await offset.press("Enter");
  await expect(page).toHaveURL(/offset=5/);
  await expect(page.getByRole("button", { name: "Open partition 1 offset 5", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: /Open partition \d offset [0-4]$/ })).toHaveCount(0);

  await choosePlace(page, "Consumer group");
  const group = page.getByRole("combobox", { name: /^Consumer group whose offsets/ });
  await group.fill("reading.billing");
  await group.press("Enter");
  await expect(page).toHaveURL(/from=group.*group=reading\.billing/);
  await expect(page.getByRole("button", { name: "Open partition 1 offset 4", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: /Open partition (?:[02] |1 offset [0-3]$)/ })).toHaveCount(0);
}

async function choosePlace(page: Page, place: string): Promise<void> {
  await page.getByRole("button", { name: /^From/ }).click();
  await page.getByRole("menuitemradio", { name: place, exact: true }).click();
}

/** A record is told whole: what read it and what could not, its headers, its batch, its bytes; a field becomes a column. */
export async function tellsRecordsWhole({ page, stage }: Walk): Promise<void> {
  const topic = "reading.whole";
  await append(stage.bootstrap, topic, [
    {
      key: Buffer.from([0, 0, 0, 42]),
      value: Buffer.from("82a26964cf0020000000000001a46e616d65a3616461", "hex"),
      headers: { trace: ["one", "two"], raw: Buffer.from([0, 255]) },
    },
  ]);
  await page.goto(`/${stage.cluster}/topics/${topic}/messages?at=p0@0`);
  const detail = page.getByRole("complementary", { name: "Message" });
  const value = detail.getByRole("region", { name: "Value" });
  await expect(value).toContainText("9007199254740993");
  await expect(detail).toContainText("MessagePack");
  await detail.getByRole("button", { name: /decoders tried before/ }).click();
  await expect(detail).toContainText("does not begin with { or [");
  await value.getByText('"name"').hover();
  await value.getByRole("button", { name: "Show /name as a column" }).click();
  await expect(page.getByRole("columnheader", { name: "name" })).toBeVisible();
  await expect(rows(page).nth(1)).toContainText("ada");

  await detail.getByRole("tab", { name: "Headers 3" }).click();
  await expect(detail).toContainText("one");
  await expect(detail).toContainText("two");
  await detail.getByRole("tab", { name: "Raw bytes" }).click();
  await expect(detail.getByRole("row", { name: /offset delta.*offset 0/ })).toBeVisible();
  await detail.getByText("Batch header").click();
  await expect(detail.getByRole("row", { name: /magic 2/ })).toBeVisible();
  await expectAccessible(page);
  await detail.getByRole("tab", { name: "Key" }).click();
  await expect(detail.getByRole("region", { name: "Key" })).toContainText("42");

  await page.goto(`/${stage.cluster}/topics/${topic}/messages`);
  await expect(page.getByRole("columnheader", { name: "name" })).toBeVisible();
  await page.keyboard.press("o");
  await page.getByRole("button", { name: /^Value as/ }).click();
  await page.getByRole("menuitemradio", { name: "Hex" }).click();
  await expect(rows(page).nth(1)).toContainText("0x82a26964");
  await page.getByRole("button", { name: /^Times in/ }).click();
  await page.getByRole("menuitemradio", { name: "Local" }).click();
  await expect(page.getByRole("columnheader", { name: "Time (local)" })).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the records from here on" }).click();
  await page.getByRole("menuitem", { name: /^Save as CSV/ }).click();
  expect((await download).suggestedFilename()).toBe(`${topic}.csv`);
}

/** A key has its history with what changed, and the topic is a table of the newest of each key, live. */
export async function followsKeys({ page, stage }: Walk): Promise<void> {
  const topic = "reading.keys";
  await append(
    stage.bootstrap,
    topic,
    [
      { key: "a", value: '{"state":"new","n":1}' },
      { key: "b", value: '{"state":"new"}' },
      { key: "a", value: '{"state":"paid","n":1}' },
    ],
    { "cleanup.policy": "compact" },
  );
  await page.goto(`/${stage.cluster}/topics/${topic}/messages?at=p0@2`);
  const detail = page.getByRole("complementary", { name: "Message" });
  await detail.getByRole("tab", { name: "History" }).click();
  await expect(detail).toContainText("2 versions in partition 0");
  await expect(detail.getByRole("deletion")).toHaveText('"new"');
  await expect(detail.getByRole("insertion")).toHaveText('"paid"');
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("t");
  const table = page.getByRole("table", { name: "Newest by key" });
  await expect(table.getByRole("row")).toHaveCount(3);
  await expect(page.getByText("2 keys", { exact: true })).toBeVisible();
  await append(stage.bootstrap, topic, [
    { key: "b", value: null },
    { key: "c", value: "3" },
  ]);
  await expect(table.getByRole("row")).toHaveCount(4);
  await expect(table.getByRole("row", { name: /tombstone/ })).toContainText("b");
  await expectAccessible(page);
}
