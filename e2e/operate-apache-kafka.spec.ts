import { startApacheKafka } from "../server/testing/apache-kafka.ts";
import type { ApacheKafka } from "../server/testing/apache-kafka.ts";
import { apacheKafkaIsMissing, expect, expectAccessible, testOnApacheKafka } from "./support/journey.ts";
import { consoleDiesInMoves } from "./support/console-dies-in-moves.ts";
import { directoryMoveIsGivenUp } from "./support/directories-are-changed.ts";
import { brokerIsDrained, brokerSettingIsChanged } from "./support/replicas-are-moved.ts";

const missing = apacheKafkaIsMissing();

/** Three brokers in three racks. */
const test = testOnApacheKafka.extend<object, { kafka: ApacheKafka }>({
  kafka: [
    async ({}, provide) => {
      const kafka = await startApacheKafka({ brokers: 3, racks: ["a", "b", "c"], directories: 2 });
      await provide(kafka);
      await kafka.stop();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

test.skip(missing !== undefined, missing);

test("a broker of Apache Kafka is drained, watched, and filled again from the journal", async ({ page, stage }) => {
  await brokerIsDrained({ page, stage });
});

test("the throttle of moves in Apache Kafka goes at their end though the console was killed in the middle of them", async ({
  page,
  stage,
}) => {
  await consoleDiesInMoves({ page, stage });
});

test("a replica goes to another log directory under a rate, is watched, and given up", async ({ page, stage }) => {
  await directoryMoveIsGivenUp({ page, stage });
});

test("a broker's setting is changed while it runs, and told beside the others'", async ({ page, stage }) => {
  await brokerSettingIsChanged({ page, stage });
});

test("a quota is set, changed and removed", async ({ page, stage }) => {
  await page.goto(`/${stage.cluster}/quotas`);
  await expect(page.getByRole("heading", { name: "Nobody has a quota" })).toBeVisible();
  await page.getByRole("button", { name: "Set a quota" }).click();
  await page.getByRole("textbox", { name: "User" }).fill("alice");
  await page.getByRole("textbox", { name: "Produce" }).fill("5");
  await page.getByRole("button", { name: "Review…" }).click();
  const review = page.getByRole("dialog", { name: "Change quotas?" });
  await expect(review).toContainText("delayed");
  await review.getByRole("button", { name: "Change quotas" }).click();
  const row = page.getByRole("table", { name: "Quotas" }).getByRole("row", { name: /alice/ });
  await expect(row).toContainText("5.00 MB/s");
  await expectAccessible(page);
  await row.getByRole("button", { name: /^Remove quotas of/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", { name: "Nobody has a quota" })).toBeVisible();
  await page.goto(`/${stage.cluster}/transactions`);
  await expect(page.getByRole("heading", { name: "Nobody has written in a transaction" })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/${stage.cluster}/brokers/1/connections`);
  await expect(page.getByText("Apache Kafka has no API that tells a broker’s connections")).toBeVisible();
  await expect(page.getByRole("heading", { name: "No member of a group must be connected" })).toBeVisible();
  await expectAccessible(page);
});
