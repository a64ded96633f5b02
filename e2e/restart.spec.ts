import { until } from "../server/testing/until.ts";
import { expect, seed, test } from "./support/journey.ts";
import { killConsole } from "./support/kill-console.ts";
import { append } from "./support/read-messages.ts";

test("the page keeps its last data with the stale banner while the platform restarts, and goes on by itself", async ({
  page,
  stage,
}) => {
  await seed(stage.bootstrap, "restart.orders", ['{"n":1}']);
  await page.goto("/local/topics");
  await expect(page.getByRole("link", { name: "restart.orders" })).toBeVisible();

  const { processId } = await stage.odradek.status();
  process.kill(processId, "SIGSTOP");
  await expect(page.getByText("The cluster does not answer.")).toBeVisible();
  await expect(page.getByRole("link", { name: "restart.orders" })).toBeVisible();

  process.kill(processId, "SIGKILL");
  await expect(page.getByText(/^Connected/)).toBeVisible();
  // The first broker to come answers; a topic of three replicas wants all of them.
  await until(async () => {
    const now = await stage.odradek.status().catch(() => undefined);
    return now !== undefined && now.processId !== processId && now.roles.every(({ state }) => state === "running");
  });
  await seed(stage.bootstrap, "restart.payments", ['{"n":2}']);
  await expect(page.getByRole("link", { name: "restart.payments" })).toBeVisible();
});

test("a search and a count that are under way when the console is killed go on, and count each record once", async ({
  page,
  stage,
}) => {
  const topic = "restart.killed";
  const rounds = 20;
  const each = 4_000;
  for (let round = 0; round < rounds; round += 1) {
    const messages = Array.from({ length: each }, (_, n) => ({ key: `k${n}`, value: `{"n":${n},"round":${round}}` }));
    await append(stage.bootstrap, topic, messages);
  }
  await page.goto(`/local/topics/${topic}/statistics`);
  await page.getByRole("button", { name: "Count this topic" }).click();
  await expect(page.getByRole("link", { name: /^Job \d+/ })).toBeVisible();
  const address = `/local/topics/${topic}/messages`;
  await page.goto(address);
  const field = page.getByRole("combobox", { name: "Search the messages" });
  await field.fill("value.n == 7");
  await field.press("Enter");
  await expect(page).toHaveURL(/search=\d+/);
  const link = page.url();
  await killConsole(stage);
  await until(() =>
    fetch(link).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  await page.goto(link);
  const progress = page.getByRole("region", { name: "Search progress" });
  await expect(progress).toContainText(`${rounds} matches in all`);
  await expect(page.getByRole("table", { name: "Messages" })).toHaveAttribute("aria-rowcount", String(rounds + 1));
  await page.goto(`/local/topics/${topic}/statistics`);
  const records = rounds * each;
  await expect(
    page.getByRole("status").filter({ hasText: `All ${records.toLocaleString("en")} offsets` }),
  ).toBeVisible();
  await expect(page.getByRole("table", { name: "Partitions" })).toContainText(records.toLocaleString("en"));
});
