import type { Page } from "@playwright/test";
import { drainSlowly } from "./slow-drain.ts";
import { expect, expectAccessible, type Stage } from "./journey.ts";

/** Moves are cancelled while the broker that they went to is stopped: their page waits for it, and it loses the throttle when it is started. */
export async function brokerIsAwayAtTheEnd(place: { readonly page: Page; readonly stage: Stage }): Promise<void> {
  const { page, stage } = place;
  await drainSlowly(place, { topic: "away.moves", batches: 3 });
  const run = page.url();
  const row = page.getByRole("table", { name: "Moves under way" }).getByRole("row", { name: "away.moves" });
  const to = (await row.locator("[role=cell]:nth-child(2)").innerText()).trim().at(-1) ?? "";

  await control(page, stage, `Stop broker ${to}`);
  await page.goto(run);
  await expect(page.getByText(`broker ${to} is away: nothing is copied`)).toBeVisible();
  await page.getByRole("button", { name: "Cancel…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop the job" }).click();
  await expect(page.getByText(`The throttle waits for broker ${to} to come back.`)).toBeVisible();
  await page.getByRole("button", { name: "Give up…" }).click();
  const giveUp = page.getByRole("dialog", { name: `Stop waiting for broker ${to}?` });
  await expect(giveUp).toContainText("The rate stays on the broker until somebody removes it.");
  await giveUp.getByRole("button", { name: "Cancel" }).click();
  await expectAccessible(page);

  await control(page, stage, `Start broker ${to}`);
  await page.goto(run);
  await expect(page.getByText(`Broker ${to} is back: its throttle was removed.`)).toBeVisible();
  await expect(page.getByText(/^The throttle waits for/)).toBeHidden();
}

/** "Stop broker 2", in the menu of its row. */
async function control(page: Page, { cluster }: Stage, what: string): Promise<void> {
  const [verb = "", , id = ""] = what.split(" ");
  await page.goto(`/${cluster}/brokers`);
  await page.getByRole("button", { name: `Actions for broker ${id}` }).click();
  await page.getByRole("menuitem", { name: `${verb}…` }).click();
  const dialog = page.getByRole("dialog", { name: `${what}?` });
  await dialog.getByRole("button", { name: what }).click();
  await expect(dialog).toBeHidden();
}
