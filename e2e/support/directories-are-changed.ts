import type { Page } from "@playwright/test";
import { Kafka, logLevel } from "kafkajs";
import { expect, expectAccessible, type Stage } from "./journey.ts";

type Place = { readonly page: Page; readonly stage: Stage };

/** A replica goes to another log directory of its broker under a rate, is watched, and given up. The broker has two. */
export async function directoryMoveIsGivenUp({ page, stage: { cluster, bootstrap } }: Place): Promise<void> {
  const topic = "directories.orders";
  const kafka = new Kafka({ clientId: "seed", brokers: bootstrap.split(","), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const replicaAssignment = [{ partition: 0, replicas: [1] }];
  await admin.createTopics({ topics: [{ topic, replicaAssignment }], waitForLeaders: true });
  await admin.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  // Kafka takes a megabyte before it looks at the rate.
  for (const key of ["a", "b", "c", "d"])
    await producer.send({ topic, messages: [{ key, value: "x".repeat(900_000) }] });
  await producer.disconnect();

  await setRate({ page, cluster }, "0.001", "Set the throttle");
  await page.goto(`/${cluster}/brokers/1/replicas`);
  await page.getByRole("checkbox", { name: `Choose ${topic}-0` }).click();
  const home = await page.getByRole("row", { name: new RegExp(`${topic}-0`) }).innerText();
  await page.getByRole("button", { name: "Move to directory…" }).click();
  const entries = page.getByRole("menuitem");
  await expect(entries).toHaveCount(2);
  const names = await entries.allInnerTexts();
  await entries.nth(names.findIndex((name) => !home.includes(name.split("/").at(-1) ?? ""))).click();
  await page.getByRole("dialog", { name: "Move 1 replica of broker 1?" }).getByRole("button", { name: "Move" }).click();
  await page.getByRole("link", { name: "Watch" }).click();
  const row = page.getByRole("table", { name: "Moves between log directories" }).getByRole("row", { name: topic });
  await expect(row).toContainText("%");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Take back on broker 1…" }).click();
  const back = page.getByRole("dialog", { name: "Take back 1 move between directories of broker 1?" });
  await expect(back).toContainText("1 copy under way is given up: what was copied is deleted.");
  await back.getByRole("button", { name: "Take back" }).click();
  await expect(page.getByRole("heading", { name: "No partition is being moved" })).toBeVisible();
  await setRate({ page, cluster }, "", "Set the throttle");
}

async function setRate({ page, cluster }: { page: Page; cluster: string }, rate: string, verb: string): Promise<void> {
  await page.goto(`/${cluster}/brokers`);
  await page.getByRole("button", { name: "More for all brokers" }).click();
  await page.getByRole("menuitem", { name: "Replication throttle…" }).click();
  await page.getByRole("textbox", { name: "Broker 1 moves on its disks" }).fill(rate);
  await page.getByRole("button", { name: "Review…" }).click();
  await page
    .getByRole("dialog", { name: `${verb}?` })
    .getByRole("button", { name: verb })
    .click();
  await expect(page.getByRole("dialog")).toBeHidden();
}
