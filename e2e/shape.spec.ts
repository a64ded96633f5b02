import { readFileSync } from "node:fs";
import { formatInstant } from "../lib/instant.ts";
import { expect, expectAccessible, test } from "./support/journey.ts";
import { append } from "./support/read-messages.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Within what topics retain. */
const startMs = Math.floor(Date.now() / hourMs) * hourMs - 10 * hourMs;

test("the shape of a topic is learnt, held against another time, and saved as a schema", async ({ page, stage }) => {
  const topic = "shape.orders";
  const values = Array.from({ length: 300 }, (_, n) => ({
    value: n < 150 ? `{"id":${n},"state":"new"}` : `{"id":"${n}","state":"paid","total":{"amount":${n}.50}}`,
    timestamp: String(startMs + n * minuteMs),
  }));
  await append(stage.bootstrap, topic, values);
  await page.goto(`/local/topics/${topic}/shape?sample=100`);
  const fields = page.getByRole("table", { name: "Fields" });
  await expect(fields.getByRole("row", { name: /total\.amount.*number/ })).toBeVisible();
  const drift = page.getByRole("region", { name: "Drift" });
  await page.getByRole("button", { name: /^Compare with/ }).click();
  await page.getByRole("menuitemradio", { name: "Oldest" }).click();
  await expect(drift).toContainText("id was integer, is string");
  await expect(drift).toContainText("total new: object");
  await expectAccessible(page);

  await page.getByRole("button", { name: /^Compare with/ }).click();
  await page.getByRole("menuitemradio", { name: "Time" }).click();
  const other = page.getByRole("textbox", { name: /^Time to compare with/ });
  await other.fill(formatInstant(startMs + 160 * minuteMs, "utc"));
  await other.press("Enter");
  await expect(drift).toContainText("The fields are the same in both samples.");
  await page
    .getByRole("button", { name: /^Sample/ })
    .first()
    .click();
  await page.getByRole("menuitemradio", { name: "Time" }).click();
  const own = page.getByRole("textbox", { name: /^Time of the sample/ });
  await own.fill(formatInstant(startMs + 10 * minuteMs, "utc"));
  await own.press("Enter");
  // The sample is the earlier one now: what came since is new all the same.
  await expect(drift).toContainText("total new: object");
  await page.reload();
  await expect(drift).toContainText("id was integer, is string");

  await page
    .getByRole("button", { name: /^Sample/ })
    .first()
    .click();
  await page.getByRole("menuitemradio", { name: "Newest" }).click();
  await expect(fields.getByRole("row", { name: /total\.amount/ })).toBeVisible();
  const saved = async (format: string) => {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as" }).click();
    await page.getByRole("menuitem", { name: format }).click();
    return readFileSync(await (await download).path(), "utf8");
  };
  expect(JSON.parse(await saved("JSON Schema"))).toMatchObject({ properties: { id: { type: "string" } } });
  expect(JSON.parse(await saved("Avro"))).toMatchObject({ type: "record" });
  expect(await saved("TypeScript")).toMatch(/amount\??: number/);
});

test("a topic is counted in a thread of its own, and told in figures and charts", async ({ page, stage }) => {
  const topic = "counted.orders";
  const messages = Array.from({ length: 300 }, (_, n) => ({
    key: `key-${n % 30}`,
    value: n % 100 === 0 ? null : "x".repeat(100),
    timestamp: String(startMs + n * minuteMs),
  }));
  await append(stage.bootstrap, topic, messages, {}, 3);
  await page.goto(`/local/topics/${topic}/statistics`);
  await page.getByRole("button", { name: "Count this topic" }).click();
  await expect(page.getByRole("status").filter({ hasText: /All \d+ offsets were read/ })).toBeVisible();
  await expect(page.getByRole("figure", { name: "Messages by hour" }).locator("path.recharts-curve")).toHaveCount(1);
  await expect(page.getByRole("table", { name: "Sizes" }).getByRole("row", { name: /Values.*100 B/ })).toBeVisible();
  await expect(page.getByRole("table", { name: "Partitions" }).getByRole("row")).toHaveCount(4);
  await expect(page.getByRole("table", { name: "Compression" }).getByRole("row", { name: /none/ })).toBeVisible();
  await expectAccessible(page);
  await page.goto("/local/jobs");
  const job = page.getByRole("table", { name: "Jobs" }).getByRole("row", { name: /Statistics of counted\.orders/ });
  await expect(job).toContainText("Done");
});
