import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { commitFirst, expect, expectAccessible, seed, test } from "./support/journey.ts";

test("a rule finds a group that is late, tells a webhook, and shows what fired with its chart", async ({
  page,
  stage,
}) => {
  const heard: { event: string; text: string }[] = [];
  const hook = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      heard.push(JSON.parse(body));
      response.end();
    });
  });
  await new Promise<void>((resolve) => {
    hook.listen(0, "127.0.0.1", resolve);
  });
  const { port } = hook.address() as AddressInfo;
  await seed(
    stage.bootstrap,
    "alert.orders",
    Array.from({ length: 40 }, (_, index) => `{"order":${index}}`),
  );
  await commitFirst(stage.bootstrap, "alert.billing", "alert.orders");

  await page.goto("/local/alerts");
  await expect(page.getByRole("heading", { name: "No alerts" })).toBeVisible();
  await page.getByRole("link", { name: /^Targets/ }).click();
  await page.getByRole("button", { name: "Add a target" }).click();
  const target = page.getByRole("dialog", { name: "Add a target" });
  await target.getByRole("textbox", { name: "Name" }).fill("On call");
  await target.getByRole("textbox", { name: "Address" }).fill("nowhere");
  await target.getByRole("button", { name: "Save the target" }).click();
  await expect(target.getByRole("alert")).toContainText("http://");
  await target.getByRole("textbox", { name: "Address" }).fill(`http://127.0.0.1:${port}/hook`);
  await target.getByRole("button", { name: "Save the target" }).click();
  await expect(target).toBeHidden();
  await page.getByRole("button", { name: "Send a test to On call" }).click();
  await expect(page.getByText("On call took the test")).toBeVisible();
  expect(heard[0]?.event).toBe("test");
  await expectAccessible(page);

  await page.getByRole("link", { name: /^Rules/ }).click();
  await page.getByRole("button", { name: "Add a rule" }).click();
  const rule = page.getByRole("dialog", { name: "Add a rule" });
  await rule.getByRole("textbox", { name: "Groups" }).fill("alert.*");
  await rule.getByRole("textbox", { name: "Fires above" }).fill("20");
  await rule.getByRole("textbox", { name: "Ends at or below" }).fill("10");
  await rule.getByRole("button", { name: /When it lasts/ }).click();
  await page.getByRole("menuitemradio", { name: "At once" }).click();
  await rule.getByRole("checkbox", { name: "On call" }).check();
  await expectAccessible(page);
  await rule.getByRole("button", { name: "Save the rule" }).click();
  await expect(rule).toBeHidden();

  await page
    .getByRole("link", { name: /^Alerts/ })
    .last()
    .click();
  const list = page.getByRole("table", { name: "Alerts" });
  const row = list.getByRole("row", { name: /alert\.billing lags by 40 messages/ });
  await expect(row).toContainText("On call");
  expect(heard.at(-1)).toMatchObject({ event: "fired" });
  await row.getByRole("cell").nth(1).click();
  const panel = page.getByRole("complementary", { name: "Alert" });
  await expect(panel).toContainText("On call, fired: sent");
  await expect(panel.getByRole("figure", { name: "Lag in messages" })).toContainText("alert.billing");
  await expectAccessible(page);

  await page.getByRole("link", { name: /^Rules/ }).click();
  await page.getByRole("button", { name: "Actions for Lag of a group" }).click();
  await page.getByRole("menuitem", { name: "Silence for 1 h" }).click();
  await expect(page.getByRole("table", { name: "Rules" })).toContainText("Silenced until");

  const scrape = await page.request.get("/metrics");
  expect(scrape.headers()["content-type"]).toContain("text/plain");
  expect(await scrape.text()).toContain(
    'kafka_consumergroup_lag_sum{cluster="local",consumergroup="alert.billing",topic="alert.orders"} 40',
  );
  hook.close();
});
