import type { Page } from "@playwright/test";
import { expect, expectAccessible, produce, seed, type Stage } from "./journey.ts";

/** Writes a search with the help of the console, narrows it by a value, saves it, and opens its result set by the link. */
export async function searchFinds({ page, stage }: { page: Page; stage: Stage }): Promise<void> {
  const topic = "searched.orders";
  const values = Array.from({ length: 300 }, (_, n) =>
    JSON.stringify({
      amount: n,
      state: n % 3 === 0 ? "failed" : "captured",
      customer: { country: n % 2 === 0 ? "FR" : "DE" },
    }),
  );
  // Only an idempotent producer writes each once, also to a topic whose leaders have just come.
  await seed(stage.bootstrap, topic, []);
  await produce(stage.bootstrap, topic, values);
  await page.goto(`/${stage.cluster}/topics/${topic}/messages`);
  const field = page.getByRole("combobox", { name: "Search the messages" });
  const strip = page.getByRole("img", { name: /300 records from/ });
  await expect(strip).toBeVisible();

  await page.keyboard.press("/");
  await expect(field).toBeFocused();
  await page.keyboard.type("value.amount > 2 &&");
  await expect(page.getByText("The expression ends here, and something is missing.")).toBeVisible();
  await page.keyboard.type(" value.cu");
  await expect(page.getByRole("option", { name: /value\.customer\.country/ })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await expect(field).toHaveValue("value.amount > 2 && value.customer.country");
  await page.keyboard.type(' == "FR"');
  // The first search of a console starts its threads.
  await expect(page.getByText(/Holds for \d+ of the newest \d+ records/)).toBeVisible();
  await page.keyboard.press("Enter");

  const progress = page.getByRole("region", { name: "Search progress" });
  await expect(progress).toContainText("100 matches · the newest 100");
  await page.getByRole("button", { name: "Find all" }).click();
  await expect(progress).toContainText("148 matches in all");
  await expect(progress).toContainText("100%");
  const list = page.getByRole("table", { name: "Messages" });
  await expect(list).toHaveAttribute("aria-rowcount", "149");
  await expectAccessible(page);

  await list.getByRole("button", { name: /^Open/ }).first().click();
  const detail = page.getByRole("complementary", { name: "Message" });
  await detail.getByRole("region", { name: "Value" }).getByRole("button", { name: "Search by value.state" }).click();
  await page.getByRole("menuitem", { name: "Only messages without it" }).click();
  await expect(field).toHaveValue(/ && value\.state != "/);
  // French ones above 2 that failed: each sixth.
  await expect(progress).toContainText("49 matches in all");

  await page.getByRole("button", { name: "Saved searches" }).click();
  await page.getByRole("menuitem", { name: "Save this search…" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("French orders");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();

  const link = page.url();
  await page.getByRole("button", { name: "Clear the search" }).click();
  await expect(progress).toHaveCount(0);
  await page.goto(link);
  await expect(progress).toContainText("100%");
  await expect(field).toHaveValue(/ && value\.state != "/);

  await page.goto(`/${stage.cluster}/jobs`);
  await expect(
    page
      .getByRole("table", { name: "Jobs" })
      .getByRole("row", { name: /Search searched\.orders/ })
      .first(),
  ).toContainText("Done");
}
