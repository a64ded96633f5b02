import { startOdradek } from "../server/testing/odradek.ts";
import { expect, expectAccessible, type Stage, test as onBundled } from "./support/journey.ts";

/** A cluster of its own: sample data wants its names free. */
const test = onBundled.extend<object, { stage: Stage }>({
  stage: [
    async ({}, provide) => {
      const odradek = await startOdradek({ isConsoleOn: true });
      await provide({ consoleUrl: odradek.consoleUrl, bootstrap: odradek.bootstrap, cluster: "local", odradek });
      await odradek.dispose();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

test("a job is paused, goes on, and is stopped after it was said what goes with it", async ({ page }) => {
  await page.goto("/local/jobs");
  await expect(page.getByRole("heading", { name: "No jobs" })).toBeVisible();

  await page.goto("/local/overview");
  await page.getByRole("button", { name: "Load sample data…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Load sample data" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();

  await page.goto("/local/jobs");
  const list = page.getByRole("table", { name: "Jobs" });
  const row = list.getByRole("row", { name: /Sample data/ });
  await expect(row).toContainText("Running");
  await expect(list.getByRole("row", { name: /^Under way/ })).toBeVisible();
  await row.getByRole("button", { name: "Pause: Sample data" }).click();
  await expect(row).toContainText("Paused");
  await row.getByRole("button", { name: "Go on: Sample data" }).click();
  await expect(row).toContainText("Running");
  await expect(row).toContainText(/\d+ records/);

  await row.getByRole("button", { name: "Sample data", exact: true }).click();
  const panel = page.getByRole("complementary", { name: "Job" });
  await expect(panel.getByRole("list")).not.toBeEmpty();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);

  await row.getByRole("button", { name: "Stop: Sample data" }).click();
  const dialog = page.getByRole("dialog", { name: "Stop Sample data?" });
  await expect(dialog).toContainText("Removes the topics orders, payments, page-views, customers");
  await dialog.getByRole("button", { name: "Stop the job" }).click();
  await expect(row).toContainText("Stopped");
  await expect(list.getByRole("row", { name: /^Ended/ })).toBeVisible();
  await row.getByRole("button", { name: "Remove from the list: Sample data" }).click();
  await expect(page.getByRole("heading", { name: "No jobs" })).toBeVisible();

  await page.goto("/local/journal");
  const changes = page.getByRole("table", { name: "Changes" });
  for (const title of ["Load sample data", "Pause job 1", "Resume job 1", "Stop job 1"])
    await expect(changes.getByRole("button", { name: title })).toBeVisible();
});
