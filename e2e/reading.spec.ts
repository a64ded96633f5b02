import { deleteTopic, expect, expectAccessible, test } from "./support/journey.ts";
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

test("turning back shows the very page that was left, though all timestamps are one", async ({ page, stage }) => {
  const topic = "reading.ties";
  const timestamp = String(Date.now());
  const tied = Array.from({ length: 150 }, (_, n) => ({ value: `v${n}`, partition: n % 3, timestamp }));
  await append(stage.bootstrap, topic, tied, {}, 3);
  await page.goto(`/local/topics/${topic}/messages?limit=50`);
  const list = page.getByRole("table", { name: "Messages" });
  // Of what is drawn beyond the window, how much is the list's own matter.
  const inSight = async () => (await list.getByRole("row").allTextContents()).slice(0, 20);
  const next = page.getByRole("button", { name: "Next page" });
  const pages: string[][] = [];
  for (const places of [1, 2, 3]) {
    await expect(page).toHaveURL(places === 1 ? /limit=50$/ : /turn=next/);
    if (places > 1) await expect(list.getByRole("row").nth(1)).not.toHaveText(pages[places - 2]?.[1] ?? "");
    await expect(list).toHaveAttribute("aria-rowcount", "51");
    pages.push(await inSight());
    if (places < 3) await next.click();
  }
  await page.reload();
  await expect(list).toHaveAttribute("aria-rowcount", "51");
  for (const before of [1, 0]) {
    await page.getByRole("button", { name: "Previous page" }).click();
    await expect(list.getByRole("row").nth(1)).toHaveText(pages[before]?.[1] ?? "");
    expect(await inSight()).toEqual(pages[before]);
  }
});

test("follows two topics as one: live, held still and caught up, each partition in its order", async ({
  page,
  stage,
}) => {
  const [orders, refunds] = ["reading.live-orders", "reading.live-refunds"];
  const write = (topic: string, from: number, to: number) =>
    append(
      stage.bootstrap,
      topic,
      Array.from({ length: to - from }, (_, i) => ({ value: `${topic} ${from + i}`, partition: (from + i) % 2 })),
      {},
      2,
    );
  await Promise.all([write(orders, 0, 2), write(refunds, 0, 2)]);
  await page.goto(`/local/topics/${orders}/messages?topics=${refunds}`);
  const list = page.getByRole("table", { name: "Messages" });
  await expect(list).toHaveAttribute("aria-rowcount", "5");
  await expect(page.getByRole("textbox", { name: "More topics to merge in" })).toHaveValue(refunds);
  await page.getByRole("button", { name: "Follow" }).click();
  const status = page.getByRole("status").filter({ hasText: "following" });
  await expect(status).toBeVisible();
  await Promise.all([write(orders, 2, 6), write(refunds, 2, 6)]);
  await expect(status).toHaveText(" · following · 8 arrived");
  await expect(list).toHaveAttribute("aria-rowcount", "13");

  await page.keyboard.press(" ");
  await Promise.all([write(orders, 6, 10), write(refunds, 6, 10)]);
  const show = page.getByRole("button", { name: "Show 8 new" });
  await expect(show).toBeVisible();
  await expect(list).toHaveAttribute("aria-rowcount", "13");
  await expect(list.getByRole("row", { name: `${refunds} 9` })).toHaveCount(0);
  await expectAccessible(page);
  await show.click();
  await expect(list).toHaveAttribute("aria-rowcount", "21");
  const texts = await list.getByRole("row").allTextContents();
  for (const topic of [orders, refunds]) {
    for (const partition of [0, 1]) {
      const numbers = texts.flatMap((text) => text.match(new RegExp(`${topic} (\\d+)$`))?.[1] ?? []).map(Number);
      expect(numbers.filter((number) => number % 2 === partition)).toEqual([8, 6, 4, 2, 0].map((n) => n + partition));
    }
  }

  await page.reload();
  await expect(page.getByRole("status").filter({ hasText: "following" })).toBeVisible();
  await write(refunds, 10, 12);
  await expect(list.getByRole("row", { name: `${refunds} 11` })).toBeVisible();
  await list.getByRole("row", { name: `${refunds} 11` }).click();
  await expect(page).toHaveURL(new RegExp(`at=${refunds}:p1@5`));
  await expect(page.getByRole("complementary", { name: "Message" })).toContainText(`${refunds} 11`);

  await deleteTopic(stage.bootstrap, refunds);
  await expect(page.getByText(`${refunds} cannot be followed.`)).toBeVisible();
  await write(orders, 10, 12);
  await expect(list.getByRole("row", { name: `${orders} 11` })).toBeVisible();
});
