import { expect, seed, test } from "./support/journey.ts";

test("the page keeps its last data with the stale banner while the platform restarts, and goes on by itself", async ({
  page,
  stage,
}) => {
  await seed(stage.bootstrap, "restart.orders", ['{"n":1}']);
  await page.goto("/local/topics");
  await expect(page.getByRole("link", { name: "restart.orders" })).toBeVisible();

  const { processId } = await stage.odradek.status();
  process.kill(processId, "SIGSTOP");
  await expect(page.getByText("The cluster does not answer.")).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole("link", { name: "restart.orders" })).toBeVisible();

  process.kill(processId, "SIGKILL");
  await expect(page.getByText(/^Connected/)).toBeVisible({ timeout: 40_000 });
  await seed(stage.bootstrap, "restart.payments", ['{"n":2}']);
  await expect(page.getByRole("link", { name: "restart.payments" })).toBeVisible({ timeout: 30_000 });
});
