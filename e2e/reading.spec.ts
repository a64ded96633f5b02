import { expect, test } from "./support/journey.ts";
import { append, followsKeys, readsFromAnywhere, tellsRecordsWhole } from "./support/read-messages.ts";

test("reads from and to any place, page after page, with all of it in the address", async ({ page, stage }) => {
  await readsFromAnywhere({ page, stage });
});

test("tells a record whole: decoders, headers, batch, bytes and columns", async ({ page, stage }) => {
  await tellsRecordsWhole({ page, stage });
});

test("tells the history of a key, and the newest of each key live", async ({ page, stage }) => {
  await followsKeys({ page, stage });
});

test("JSON of ten megabytes is cut, loaded when asked for, and shown from its beginning", async ({ page, stage }) => {
  const topic = "reading.large";
  const value = `{"first":9007199254740993,"items":[${Array.from({ length: 400_000 }, (_, i) => `{"item":${i + 1_000_000}}`).join(",")}]}`;
  await append(stage.bootstrap, topic, [{ key: "large", value }], { "max.message.bytes": "12000000" });
  await page.goto(`/local/topics/${topic}/messages?at=p0@0`);
  const detail = page.getByRole("complementary", { name: "Message" });
  await expect(detail).toContainText(/The first 2\d\d/);
  await detail.getByRole("button", { name: "Load all of it" }).click();
  await expect(detail.getByRole("button", { name: "Load all of it" })).toHaveCount(0);
  const region = detail.getByRole("region", { name: "Value" });
  await expect(region).toContainText("9007199254740993");
  await region.getByRole("button", { name: "Show more lines" }).click();
  await expect(region).toContainText("1003000");
});
