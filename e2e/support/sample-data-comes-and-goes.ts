import { expect, type Page } from "@playwright/test";
import { expectAccessible, type Stage } from "./journey.ts";

/** A group is judged over some sweeps of ten seconds each. */
const judged = { timeout: 60_000 };

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
  await expect(page.getByRole("heading", { name: "No topics in this cluster yet" })).toBeVisible(judged);
  await loadSampleData(page, cluster);

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
  await expect(linesOf(page, "Lag by group").first()).toBeVisible(judged);

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
  await expect(page.getByRole("heading", { name: "No topics in this cluster yet" })).toBeVisible(judged);
  await expect(attention).toContainText("Nothing.", judged);
}
