import { commitAt, expect, expectAccessible, produce, seed, test } from "./support/journey.ts";
import { append } from "./support/read-messages.ts";
import { searchFinds } from "./support/search-finds.ts";

test("a search is written, narrowed, saved and opened by its link", async ({ page, stage }) => {
  await searchFinds({ page, stage });
});

test("an expression that fails on every record says so, and a search that is gone can be begun anew", async ({
  page,
  stage,
}) => {
  const topic = "searched.failing";
  await seed(stage.bootstrap, topic, ['{"amount":1}', '{"amount":2}', '{"amount":3}']);
  await page.goto(`/local/topics/${topic}/messages`);
  const field = page.getByRole("combobox", { name: "Search the messages" });
  await field.fill("value.amout > 1");
  await field.press("Enter");
  const progress = page.getByRole("region", { name: "Search progress" });
  await expect(progress).toContainText("The expression failed on 3 of 3 records");
  await expect(page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/local/topics/${topic}/messages?q=refund&search=99999`);
  await expect(page.getByText("This search was removed")).toBeVisible();
  await page.getByRole("button", { name: "Search again" }).click();
  await expect(progress).toContainText("0 matches in all");
});

test("a value is followed through topics, and its hops are drawn with the time between them", async ({
  page,
  stage,
}) => {
  const topics = ["hops.placed", "hops.paid", "hops.shipped"];
  for (const topic of topics) {
    await seed(stage.bootstrap, topic, ['{"order":"ord-1"}'], 1);
    await produce(stage.bootstrap, topic, ['{"order":"ord-7734"}']);
  }
  await page.goto(`/local/topics/hops.placed/messages?at=p0@1`);
  const detail = page.getByRole("complementary", { name: "Message" });
  await detail.getByRole("tab", { name: "Fields" }).click();
  await detail.getByRole("button", { name: "Search by value.order" }).click();
  await page.getByRole("menuitem", { name: "Follow it through topics…" }).click();
  const dialog = page.getByRole("dialog", { name: "Follow through topics" });
  await dialog.getByRole("textbox", { name: "Filter topics" }).fill("hops.");
  await dialog.getByRole("button", { name: "Look in 3 topics" }).click();
  const way = page.getByRole("region", { name: "Way through topics" });
  await expect(way.getByRole("button", { name: /^Hop/ })).toHaveCount(3);
  for (const [index, topic] of topics.entries())
    await expect(way.getByRole("list", { name: "Hops" }).getByRole("listitem").nth(index)).toContainText(topic);
  await expect(way).toContainText("from the first to the last");
  await expectAccessible(page);
});

test("a search keeps to its budget and to what is committed, and values and headers of a message lead to others", async ({
  page,
  stage,
}) => {
  const topic = "searched.bounds";
  const values = Array.from({ length: 60 }, (_, n) => `{"n":${n},"ref":"ref-${n}"}`);
  await seed(stage.bootstrap, topic, values, 1);
  await seed(stage.bootstrap, "searched.others", ['{"of":"ref-59"}', '{"of":"ref-1"}'], 1);
  await page.goto(`/local/topics/${topic}/messages?budget=10`);
  const field = page.getByRole("combobox", { name: "Search the messages" });
  const progress = page.getByRole("region", { name: "Search progress" });
  await field.fill("value.n >= 0");
  await field.press("Enter");
  await expect(progress).toContainText("ended by its scan budget");
  await expect(page).toHaveURL(/budget=10/);
  await progress.getByRole("button", { name: "Read all" }).click();
  await expect(progress).toContainText("60 matches in all");
  await expect(page).not.toHaveURL(/budget=/);
  await page.getByRole("button", { name: /^Search sees/ }).click();
  await page.getByRole("menuitemradio", { name: "Committed only" }).click();
  await expect(page).toHaveURL(/isolation=committed/);
  await expect(progress).toContainText("60 matches in all");
  await page.getByRole("button", { name: /^Search reads/ }).click();
  await page.getByRole("menuitemradio", { name: "At most 100,000 messages" }).click();
  await expect(page).toHaveURL(/budget=100000/);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Open partition 0 offset 59", exact: true }).click();
  const detail = page.getByRole("complementary", { name: "Message" });
  await detail.getByRole("tab", { name: "Headers 1" }).click();
  await detail.getByRole("button", { name: 'Search by headers["source"]' }).click();
  await page.getByRole("menuitem", { name: "Only messages with it" }).click();
  await expect(field).toHaveValue('value.n >= 0 && headers["source"] == "seed"');
  await expect(progress).toContainText("60 matches in all");
  await detail.getByRole("tab", { name: "Key" }).click();
  await expect(detail.getByRole("button", { name: "Search by key" })).toHaveText("key-4");

  await detail.getByRole("tab", { name: "Value" }).click();
  await detail.getByRole("button", { name: "Search by value.ref" }).click();
  await page.getByRole("menuitem", { name: "Search other topics for it…" }).click();
  const dialog = page.getByRole("dialog", { name: "Search other topics" });
  await expect(dialog.getByRole("checkbox", { name: topic })).not.toBeChecked();
  await dialog.getByRole("textbox", { name: "Filter topics" }).fill("searched.others");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Look in 1 topic" }).click();
  await expect(progress).toContainText("1 match in all");
  await expect(page.getByRole("table", { name: "Messages" })).toContainText("ref-59");
});

test("the time strip says where groups stand, and drawing over it chooses what is read and searched", async ({
  page,
  stage,
}) => {
  const topic = "searched.strip";
  const hourMs = 3_600_000;
  // Within what is retained.
  const startMs = (Math.floor(Date.now() / hourMs) - 25) * hourMs;
  await append(
    stage.bootstrap,
    topic,
    Array.from({ length: 24 }, (_, n) => ({ value: `{"hour":${n}}`, timestamp: String(startMs + n * hourMs) })),
  );
  await commitAt(stage.bootstrap, "strip.reader", { topic, partition: 0, offset: "12" });
  // Groups are known after a sweep.
  await page.goto("/local/groups");
  const groups = page.getByRole("table", { name: "Consumer groups" });
  await expect(groups.getByRole("row", { name: /strip\.reader.*searched\.strip/ })).toBeVisible();
  await page.goto(`/local/topics/${topic}/messages`);
  const strip = page.getByRole("img", { name: /24 records from/ });
  await expect(strip).toContainText("Group strip.reader stands at ");
  const box = await strip.boundingBox();
  if (box === null) throw new Error("the strip has no place");
  const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const;
  await page.mouse.move(...at(0.5));
  await page.mouse.down();
  await page.mouse.move(...at(0.6));
  await page.mouse.move(...at(0.75));
  await page.mouse.up();
  await expect(page).toHaveURL(/from=time.*time=\d+.*until=\d+/);
  const list = page.getByRole("table", { name: "Messages" });
  await expect(list).toContainText("hour:14");
  await expect(list).not.toContainText("hour:3");
  await expect(list).not.toContainText("hour:20");
  const shown = Number(await list.getAttribute("aria-rowcount")) - 1;
  const field = page.getByRole("combobox", { name: "Search the messages" });
  await field.fill("value.hour >= 0");
  await field.press("Enter");
  await expect(page.getByRole("region", { name: "Search progress" })).toContainText(`${shown} matches in all`);
});
