import type { Page } from "@playwright/test";
import { startOdradek } from "../server/testing/odradek.ts";
import { expect, expectAccessible, type Stage, test as onBundled } from "./support/journey.ts";

/** A cluster of its own: others leave topics behind, and these journeys begin with none. */
const test = onBundled.extend<object, { stage: Stage }>({
  stage: [
    async ({}, provide) => {
      const odradek = await startOdradek({ isConsoleOn: true });
      await provide({ consoleUrl: odradek.consoleUrl, bootstrap: odradek.bootstrap, cluster: "local", odradek });
      await odradek.dispose();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

/** A group is judged over some sweeps of ten seconds each. */
const judged = { timeout: 60_000 };

async function loadSampleData(page: Page): Promise<void> {
  await page.goto("/local/overview");
  await page.getByRole("button", { name: "Load sample data…" }).click();
  const dialog = page.getByRole("dialog", { name: "Load sample data?" });
  await expect(dialog).toContainText("Makes the topics orders, payments, page-views, customers.");
  await dialog.getByRole("button", { name: "Load sample data" }).click();
  await expect(dialog).toBeHidden();
}

/** The lines that a chart draws. */
function linesOf(page: Page, chart: string) {
  return page.getByRole("figure", { name: chart }).locator("path.recharts-curve");
}

test("sample data is loaded, drawn, still there after a reload, shown to fall behind, and removed again", async ({
  page,
}) => {
  test.setTimeout(240_000);
  await page.goto("/");
  await expect(page).toHaveURL(/\/local\/overview$/);
  await expect(page.getByRole("heading", { name: "No topics in this cluster yet" })).toBeVisible();
  await loadSampleData(page);

  await expect(page.getByRole("region", { name: "Sample data" })).toContainText("is being written and read");
  const traffic = page.getByRole("figure", { name: "Traffic" });
  await expect(traffic.getByRole("listitem").filter({ hasText: "Written" })).toContainText(/[1-9][\d.]*\/s/, judged);
  await expect(page.getByRole("figure", { name: "Messages in by topic" })).toContainText("page-views", judged);

  await page.reload();
  await expect(linesOf(page, "Traffic")).toHaveCount(2);
  await expect(traffic.getByRole("listitem").filter({ hasText: "Written" })).toContainText(/[1-9][\d.]*\/s/);
  // A line of one point is a dot: two sweeps make a line.
  await expect(linesOf(page, "Consumer lag").first()).toBeVisible(judged);

  const attention = page.getByRole("region", { name: /^Needs attention/ });
  const late = attention.getByRole("link", { name: /page-view-analytics falls behind by .+ messages a second/ });
  await expect(late).toBeVisible({ timeout: 120_000 });
  await expect(late).toHaveAttribute("href", "/local/groups/page-view-analytics");

  await page.goto("/local/topics");
  const row = page.getByRole("table", { name: "Topics" }).getByRole("row", { name: /page-views/ });
  await expect(row).toContainText("/s");
  await expect(row.getByRole("img", { name: "Lag, last hour", exact: true })).toBeVisible();

  await page.getByRole("link", { name: "page-views" }).click();
  await page.getByRole("link", { name: "Consumers" }).click();
  const partitions = page.getByRole("table", { name: "Lag of page-view-analytics by partition" });
  await expect(partitions.getByRole("row")).toHaveCount(7);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Metrics" }).click();
  await expect(linesOf(page, "Lag by group").first()).toBeVisible(judged);

  await page.goto("/local/overview");
  await page.getByRole("button", { name: "Remove sample data…" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove the sample data?" });
  await expect(dialog).toContainText(
    "Removes the topics orders, payments, page-views, customers and the groups order-fulfilment, page-view-analytics.",
  );
  await dialog.getByRole("button", { name: "Remove sample data" }).click();
  await expect(page.getByRole("heading", { name: "No topics in this cluster yet" })).toBeVisible(judged);
  await expect(attention).toContainText("Nothing.", judged);
});

test("the range is chosen in the address, among those that the history can fill", async ({ page }) => {
  await page.goto("/local/overview");
  await page.getByRole("button", { name: "Last hour" }).click();
  const menu = page.getByRole("menu", { name: "Time shown" });
  await expect(menu.getByRole("menuitemradio")).toHaveText(["Last 15 min", "Last hour"]);
  await menu.getByRole("menuitemradio", { name: "Last 15 min" }).click();
  await expect(page).toHaveURL(/range=15m/);
  await page.goto("/local/overview?range=30d");
  await expect(page.getByRole("button", { name: "Last 30 d" })).toBeVisible();
});

test("what is chosen in the settings holds on every page and after a reload", async ({ page }) => {
  await page.goto("/local/settings");
  await expect(page.getByText("run by this console")).toBeVisible();
  await page.getByRole("radiogroup", { name: "Theme" }).getByRole("radio", { name: "Dark" }).click();
  await page.getByRole("radiogroup", { name: "Times" }).getByRole("radio", { name: "Local time" }).click();
  await page.getByRole("radiogroup", { name: "Density" }).getByRole("radio", { name: "Compact" }).click();
  await page.goto("/local/topics?internal=true");
  await expect(page.locator("html")).toHaveClass(/dark/);
  await expect(page.getByRole("button", { name: "Show times in UTC" })).toBeVisible();
  await page.reload();
  await expect(page.locator("html")).toHaveClass(/dark/);
});

test("G and a letter go to a place", async ({ page }) => {
  await page.goto("/local/overview");
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press(",");
  await expect(page).toHaveURL(/\/local\/settings$/);
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await expect(page).toHaveURL(/\/local\/overview$/);
});
