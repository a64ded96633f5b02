import { startOdradek } from "../server/testing/odradek.ts";
import { expect, type Stage, test as onBundled } from "./support/journey.ts";
import { sampleDataComesAndGoes } from "./support/sample-data-comes-and-goes.ts";

/** A cluster of its own: others leave topics behind, and these journeys begin with none. */
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

test("sample data is loaded, drawn, still there after a reload, shown to fall behind, and removed again", async ({
  page,
  stage,
}) => {
  await sampleDataComesAndGoes({ page, stage });
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
