import type { BrowserContext, Page } from "@playwright/test";
import { copied, expect, type Stage } from "./journey.ts";

/** The journey of the first path: a topic is made, ten messages are produced and seen live, one is opened and shared, the topic is deleted. */
export async function messageGoesTheWholeWay({
  page,
  context,
  stage,
}: {
  page: Page;
  context: BrowserContext;
  stage: Stage;
}): Promise<void> {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const topic = "journey.orders";
  await page.goto(`/${stage.cluster}/topics`);
  await createTopic(page, topic);
  await expect(page.getByRole("heading", { name: topic })).toBeVisible();

  await page.getByRole("button", { name: "Follow" }).first().click();
  await page.getByRole("button", { name: "Produce", exact: true }).click();
  const panel = page.getByRole("complementary", { name: "Produce" });
  for (let number = 1; number <= 10; number += 1) {
    await panel.getByRole("textbox", { name: "Key" }).fill(`order-${number}`);
    await panel.getByRole("textbox", { name: "Value" }).fill(`{"number":${number},"total":12345678901234567890.10}`);
    await panel.getByRole("button", { name: /^Produce/ }).click();
    await expect(
      page.getByRole("table", { name: "Messages" }).getByRole("row", { name: new RegExp(`order-${number}\\b`) }),
    ).toBeVisible();
  }
  await panel.getByRole("button", { name: "Close the produce panel" }).click();

  await page.getByRole("row", { name: /order-7\b/ }).click();
  const detail = page.getByRole("complementary", { name: "Message" });
  await expect(detail.getByRole("region", { name: "Value" })).toContainText("12345678901234567890.10");
  await detail.getByRole("button", { name: "Copy a link to this message" }).click();
  const link = await copied(page, /^http/);

  const other = await context.newPage();
  await other.goto(link);
  await expect(
    other.getByRole("complementary", { name: "Message" }).getByRole("region", { name: "Value" }),
  ).toContainText('"number": 7');
  await other.close();

  await page.goto(`/${stage.cluster}/topics/${topic}/messages`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete topic…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("10");
  await expect(dialog.getByRole("button", { name: "Delete topic" })).toBeDisabled();
  await dialog.getByRole("textbox").fill(topic);
  await dialog.getByRole("button", { name: "Delete topic" }).click();
  await expect(page).toHaveURL(new RegExp(`/${stage.cluster}/topics$`));
  await expect(page.getByRole("link", { name: topic })).toHaveCount(0);
}

async function createTopic(page: Page, topic: string): Promise<void> {
  await page.getByRole("button", { name: "Create topic" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill(topic);
  await dialog.getByRole("textbox", { name: "Partitions" }).fill("3");
  await dialog.getByRole("button", { name: "Create topic" }).click();
  await expect(dialog).toBeHidden();
}
