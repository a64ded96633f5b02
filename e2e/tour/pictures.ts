import type { Page } from "@playwright/test";

/** A picture of docs/: where it is taken, what must be there first, and how much of the page it shows. */
export type Picture = {
  /** Its file in docs/images, without theme and ending. */
  readonly name: string;
  readonly path: string;
  readonly height: number;
  readonly prepare: (page: Page) => Promise<void>;
};

/** What the tour shows, on the bundled cluster with its sample data. */
export const pictures: readonly Picture[] = [
  { name: "overview", path: "/local/overview?range=15m", height: 860, prepare: chartsDrawn },
  { name: "topics", path: "/local/topics", height: 460, prepare: shows("page-views") },
  { name: "messages", path: "/local/topics/orders/messages", height: 800, prepare: openRecord },
  { name: "search", path: "/local/topics/orders/messages", height: 720, prepare: searchOrders },
  { name: "shape", path: "/local/topics/orders/shape", height: 640, prepare: shows("shipTo.city") },
  { name: "produce", path: "/local/topics/orders/messages", height: 800, prepare: writeMessage },
  { name: "partitions", path: "/local/topics/page-views/partitions", height: 520, prepare: shows("Leader") },
  { name: "group", path: "/local/groups/page-view-analytics?range=15m", height: 760, prepare: chartsDrawn },
  { name: "reset", path: "/local/groups/page-view-analytics", height: 760, prepare: planReset },
  { name: "alerts", path: "/local/alerts/rules", height: 540, prepare: addRules },
  { name: "brokers", path: "/local/brokers?range=15m", height: 660, prepare: chartsDrawn },
  {
    name: "reassign",
    path: "/local/brokers/reassign?goal=replication-factor&factor=2&topics=orders,page-views,payments",
    height: 760,
    prepare: movesPlanned,
  },
  { name: "topology", path: "/local/topology", height: 720, prepare: shows("page-view-analytics") },
  { name: "delete-topic", path: "/local/topics/page-views/messages", height: 720, prepare: askToDelete },
  { name: "journal", path: "/local/journal", height: 460, prepare: openJournalEntry },
];

function shows(text: string): Picture["prepare"] {
  return (page) => page.getByText(text).first().waitFor();
}

async function chartsDrawn(page: Page): Promise<void> {
  await page.locator(".recharts-surface").first().waitFor();
}

async function openRecord(page: Page): Promise<void> {
  await page.getByRole("table", { name: "Messages" }).getByRole("row", { name: /ord-/ }).nth(3).click();
  await page.getByRole("complementary", { name: "Message" }).getByRole("region", { name: "Value" }).waitFor();
}

async function searchOrders(page: Page): Promise<void> {
  await page
    .getByRole("combobox", { name: "Search the messages" })
    .fill('value.total > 500 && value.shipTo.city == "Lyon"');
  await page.keyboard.press("Enter");
  await page
    .getByRole("region", { name: "Search progress" })
    .getByText(/matches? (in all|· the newest)/)
    .waitFor();
}

async function writeMessage(page: Page): Promise<void> {
  await page.getByRole("table", { name: "Messages" }).getByRole("row", { name: /ord-/ }).first().waitFor();
  await page.getByRole("button", { name: "Produce", exact: true }).click();
  const panel = page.getByRole("complementary", { name: "Produce" });
  await panel.getByRole("textbox", { name: "Key" }).fill("ord-9000001");
  const order = { orderId: "ord-9000001", customerId: "cus-0042", total: "89.90", currency: "EUR" };
  await panel.getByRole("textbox", { name: "Value" }).fill(JSON.stringify(order, null, 2));
}

async function askToDelete(page: Page): Promise<void> {
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete topic…" }).click();
  await page.getByRole("dialog").getByText("page-view-analytics").first().waitFor();
}

async function planReset(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Reset offsets…" }).first().click();
  const dialog = page.getByRole("dialog", { name: /^Reset offsets of/ });
  await dialog.getByRole("radio", { name: "Shift by" }).click();
  await dialog.getByRole("textbox", { name: "Records to shift by" }).fill("-100");
  await dialog.getByRole("table", { name: "What becomes of each partition" }).waitFor();
}

/** The rules are there already when the second theme is taken. */
async function addRules(page: Page): Promise<void> {
  const add = page.getByRole("button", { name: "Add the usual six" });
  const rule = page.getByRole("table", { name: "Rules" });
  await add.or(rule).first().waitFor();
  if (await add.isVisible()) await add.click();
  await rule.waitFor();
}

function movesPlanned(page: Page): Promise<void> {
  return page.getByRole("button", { name: /^Start \d+ moves/ }).waitFor();
}

async function openJournalEntry(page: Page): Promise<void> {
  await page
    .getByRole("row", { name: /refunds/ })
    .first()
    .click();
}
