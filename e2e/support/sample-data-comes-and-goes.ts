import { expect, type Locator, type Page } from "@playwright/test";
import { expectAccessible, type Stage } from "./journey.ts";

/** A group is judged over some sweeps of ten seconds each. */
const judged = { timeout: 300_000 };

async function loadSampleData(page: Page, cluster: string): Promise<void> {
  await page.goto(`/${cluster}/overview`);
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

/** Sample data is loaded into an empty cluster, drawn, still there after a reload, shown to fall behind, and removed again. Takes some minutes: it waits for sweeps. */
export async function sampleDataComesAndGoes({ page, stage }: { page: Page; stage: Stage }): Promise<void> {
  const { cluster } = stage;
  await page.goto("/");
  await expect(page).toHaveURL(new RegExp(`/${cluster}/overview$`));
  await expect(page.getByRole("heading", { name: "No topics in this cluster yet" })).toBeVisible();
  await loadSampleData(page, cluster);

  await expect(page.getByRole("region", { name: "Sample data" })).toContainText("is being written and read");
  const traffic = page.getByRole("figure", { name: "Traffic" });
  await expect(traffic.getByRole("listitem").filter({ hasText: "Written" })).toContainText(/[1-9][\d.]*\/s/);
  await expect(page.getByRole("figure", { name: "Messages in by topic" })).toContainText("page-views");

  await page.reload();
  await expect(linesOf(page, "Traffic")).toHaveCount(2);
  await expect(traffic.getByRole("listitem").filter({ hasText: "Written" })).toContainText(/[1-9][\d.]*\/s/);
  // A line of one point is a dot: two sweeps make a line.
  await expect(linesOf(page, "Consumer lag").first()).toBeVisible();

  await oneInstantForAllCharts(page);

  const attention = page.getByRole("region", { name: /^Needs attention/ });
  const late = attention.getByRole("link", { name: /page-view-analytics falls behind by .+ messages a second/ });
  await expect(late).toBeVisible(judged);
  await expect(late).toHaveAttribute("href", `/${cluster}/groups/page-view-analytics`);

  await page.goto(`/${cluster}/topics`);
  const row = page.getByRole("table", { name: "Topics" }).getByRole("row", { name: /page-views/ });
  await expect(row).toContainText("/s");
  await expect(row.getByRole("img", { name: "Lag, last hour", exact: true })).toBeVisible();

  await page.getByRole("link", { name: "page-views" }).click();
  await page.getByRole("link", { name: "Consumers" }).click();
  const partitions = page.getByRole("table", { name: "Lag of page-view-analytics by partition" });
  await expect(partitions.getByRole("row")).toHaveCount(7);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Metrics" }).click();
  await expect(linesOf(page, "Lag by group").first()).toBeVisible();

  await page.goto(`/${cluster}/jobs`);
  const job = page.getByRole("table", { name: "Jobs" }).getByRole("row", { name: /Sample data/ });
  await expect(job).toContainText("Running");
  await expect(job).toContainText(/[\dkM] records/);

  await page.goto(`/${cluster}/overview`);
  await page.getByRole("button", { name: "Remove sample data…" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove the sample data?" });
  await expect(dialog).toContainText(
    "Removes the topics orders, payments, page-views, customers and the groups order-fulfilment, page-view-analytics.",
  );
  await dialog.getByRole("button", { name: "Remove sample data" }).click();
  await expect(page.getByRole("heading", { name: "No topics in this cluster yet" })).toBeVisible();
  await expect(attention).toContainText("Nothing.");
}

/** A point at half the height of something, at a share of its width. */
async function placeIn(locator: Locator, share: number): Promise<{ readonly x: number; readonly y: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error("it is drawn");
  return { x: box.width * share, y: box.height / 2 };
}

/** The cross-hair stands on one instant in every chart, and what is dragged over in one is looked at in all. */
async function oneInstantForAllCharts(page: Page): Promise<void> {
  const traffic = page.getByRole("figure", { name: "Traffic" }).locator(".recharts-surface").first();
  const instant = /\d\d:\d\d:\d\d (UTC|local time)/;
  const pointTo = async (share: number) => traffic.hover({ position: await placeIn(traffic, share) });
  // Findings that come above move the charts away from below a pointer that stands still.
  await expect(async () => {
    await pointTo(0.25);
    await pointTo(0.3);
    await expect(page.getByRole("figure", { name: "Traffic" })).toContainText(instant, { timeout: 2_000 });
    await expect(page.getByRole("figure", { name: "Consumer lag" })).toContainText(instant, { timeout: 2_000 });
  }).toPass();
  await page.mouse.down();
  await pointTo(0.5);
  await pointTo(0.7);
  await page.mouse.up();
  await expect(page).toHaveURL(/start=\d+&end=\d+/);
  await expect(page.getByRole("button", { name: /\d\d:\d\d – \d\d:\d\d/ })).toBeVisible();
  await page.getByRole("button", { name: "Back to: last hour" }).click();
  await expect(page).not.toHaveURL(/start=/);
}
