import type { BrowserContext, Page } from "@playwright/test";
import { copied, expect, expectAccessible, type Stage } from "./journey.ts";

/** A topic is created, stands in the journal with its command and the way back, and is taken back from there. */
export async function changeIsTakenBack({
  page,
  context,
  stage,
}: {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly stage: Stage;
}): Promise<void> {
  const { cluster } = stage;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const topic = "journal.orders";
  await page.goto(`/${cluster}/topics?create=true`);
  const create = page.getByRole("dialog");
  await create.getByRole("textbox", { name: "Name" }).fill(topic);
  await create.getByRole("textbox", { name: "Partitions" }).fill("3");
  await create.getByRole("button", { name: "Create topic" }).click();
  await expect(create).toBeHidden();

  await page.goto(`/${cluster}/journal`);
  const list = page.getByRole("table", { name: "Changes" });
  await expect(list.getByRole("row", { name: /^(Today|Yesterday),/ })).toBeVisible();
  await list.getByRole("button", { name: `Create topic ${topic}` }).click();
  await expect(page).toHaveURL(/\?entry=\d+$/);
  const detail = page.getByRole("complementary", { name: "Change" });
  await expect(detail).toContainText("local user");
  await expect(detail).toContainText(/kafka-topics\.sh --bootstrap-server \S+ --create --topic journal\.orders/);
  await expect(detail).toContainText(/kafka-topics\.sh --bootstrap-server \S+ --delete --topic 'journal\\\.orders'/);
  await detail.getByRole("button", { name: "Copy the command", exact: true }).click();
  await copied(page, /--create --topic journal\.orders/);
  await expectAccessible(page);

  await detail.getByRole("button", { name: "Revert…" }).click();
  const revert = page.getByRole("dialog", { name: "Take this change back?" });
  await expect(revert).toContainText("It has no messages.");
  await revert.getByRole("button", { name: "Revert" }).click();
  await expect(revert).toBeHidden();
  await expect(detail).toContainText("done, then taken back by entry");
  await expect(detail.getByRole("button", { name: "Revert…" })).toHaveCount(0);

  await list.getByRole("button", { name: `Delete topic ${topic}` }).click();
  await expect(detail).toContainText("Takes back");
  await expect(detail).toContainText("Cannot be taken back. Its messages are gone.");
  await page.goto(`/${cluster}/topics`);
  await expect(
    page
      .getByRole("table", { name: "Topics" })
      .or(page.getByRole("heading", { level: 2 }))
      .first(),
  ).toBeVisible();
  await expect(page.getByRole("link", { name: topic })).toHaveCount(0);
}
