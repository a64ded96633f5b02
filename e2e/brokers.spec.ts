import { startOdradek } from "../server/testing/odradek.ts";
import {
  expect,
  expectAccessible,
  produce,
  seed,
  type Stage,
  startReader,
  test as onBundled,
} from "./support/journey.ts";

/** A cluster of its own: a stopped broker is everybody's. */
const test = onBundled.extend<object, { stage: Stage }>({
  stage: [
    async ({}, provide) => {
      const odradek = await startOdradek({ isConsoleOn: true, extraFlags: ["--brokers", "3"] });
      await provide({ consoleUrl: odradek.consoleUrl, bootstrap: odradek.bootstrap, cluster: "local", odradek });
      await odradek.dispose();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

const values = (count: number) => Array.from({ length: count }, (_, index) => `{"order":${index}}`);

test("a broker is stopped as its plan said, its leaders move, and it is started again", async ({ page, stage }) => {
  const topic = "brokers.orders";
  await seed(stage.bootstrap, topic, values(30), 6);
  await page.goto("/local/brokers");
  const table = page.getByRole("table", { name: "Brokers", exact: true });
  await expect(table.getByRole("row")).toHaveCount(4);
  await expect(page.getByRole("list", { name: "Brokers at a glance" }).getByRole("listitem")).toHaveCount(3);
  await expectAccessible(page);

  const second = table.getByRole("row", { name: /Actions for broker 2|Running 2/ });
  await page.getByRole("button", { name: "Actions for broker 2" }).click();
  await page.getByRole("menuitem", { name: "Stop…" }).click();
  const stop = page.getByRole("dialog", { name: "Stop broker 2?" });
  await expect(stop.getByRole("list", { name: "What it does" })).toContainText(/leaders? would move to other brokers/);
  await stop.getByRole("button", { name: "Stop broker 2" }).click();
  await expect(stop).toBeHidden();
  await expect(second).toContainText("Stopped");
  await expect(page.getByText("Broker 2 was stopped, and can be started.")).toBeVisible();

  await produce(stage.bootstrap, topic, values(30));
  await page.goto(`/local/topics/${topic}/partitions`);
  const partitions = page.getByRole("table", { name: "Partitions" });
  await expect(partitions.getByRole("row")).toHaveCount(7);
  const leaders = partitions.getByRole("row").locator("[role=cell]:nth-child(2)");
  await expect.poll(async () => (await leaders.allInnerTexts()).map((text) => text.trim()[0])).not.toContain("2");
  await expect(page.getByText("6 under-replicated")).toBeVisible();

  await page.goto("/local/overview");
  const attention = page.getByRole("region", { name: /^Needs attention/ });
  await expect(attention.getByRole("link", { name: /Broker 2 has left the cluster/ })).toBeVisible();
  await expectAccessible(page);
  await attention.getByRole("button", { name: "Start broker 2…" }).first().click();
  const start = page.getByRole("dialog", { name: "Start broker 2?" });
  await start.getByRole("button", { name: "Start broker 2" }).click();
  await expect(start).toBeHidden();
  await page.goto("/local/brokers/2");
  await expect(page.getByRole("button", { name: "Stop…" })).toBeVisible();
  await page.goto(`/local/topics/${topic}/partitions`);
  await expect(page.getByText(/under-replicated/).last()).toBeHidden();

  await page.goto("/local/jobs");
  const jobs = page.getByRole("table", { name: "Jobs" });
  await expect(jobs.getByRole("row", { name: /Stop broker 2/ })).toContainText("Done");
  await expect(jobs.getByRole("row", { name: /Start broker 2/ })).toContainText("Done");
  await page.goto("/local/journal");
  await expect(page.getByRole("button", { name: "Stop broker 2" })).toBeVisible();
});

test("a broker's page shows its directories, its topics, who is connected, and its configuration beside the others'", async ({
  page,
  stage,
}) => {
  await seed(stage.bootstrap, "brokers.seen", values(10), 3);
  await page.goto("/local/brokers/1");
  await expect(page.getByRole("table", { name: "Log directories" }).getByRole("row")).toHaveCount(2);
  const tabs = page.getByRole("navigation", { name: "Broker", exact: true });
  await tabs.getByRole("link", { name: /^Topics/ }).click();
  const topics = page.getByRole("table", { name: "Topics" });
  await expect(topics.getByRole("row", { name: /brokers\.seen/ })).toBeVisible();
  await tabs.getByRole("link", { name: "Configuration" }).click();
  await expect(page.getByRole("heading", { name: "As the other brokers" })).toBeVisible();
  await page.getByRole("radio", { name: "All" }).click();
  await page.getByRole("textbox", { name: "Filter settings" }).fill("num.io.threads");
  await expect(
    page.getByRole("table", { name: "Settings" }).getByRole("row", { name: /num\.io\.threads/ }),
  ).toBeVisible();

  const reader = await startReader(stage.bootstrap, {
    groupId: "brokers.readers",
    topic: "brokers.seen",
    clientId: "brokers-reader",
  });
  await tabs.getByRole("link", { name: "Connections" }).click();
  const connections = page.getByRole("table", { name: "Connections" });
  const ofReader = connections.getByRole("row", { name: /brokers-reader/ });
  await expect(ofReader.first()).toContainText("127.0.0.1:");
  await expect(connections.getByRole("row", { name: /broker-2-fetcher.*odradek/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("radio", { name: "EXTERNAL" }).click();
  await expect(connections.getByRole("row", { name: /broker-2-fetcher/ })).toHaveCount(0);
  await page.getByRole("textbox", { name: "Filter connections" }).fill("brokers-reader");
  await expect(page).toHaveURL(/listener=EXTERNAL.*q=brokers-reader|q=brokers-reader.*listener=EXTERNAL/);
  await expect(ofReader.first()).toBeVisible();
  await reader.stop();
  await expect(page.getByText("No connection matches")).toBeVisible();
  await page.goto("/local/brokers/77");
  await expect(page.getByRole("heading", { name: "There is no broker 77" })).toBeVisible();
});

test("a broker is added, and another one drained and taken out, as the plan said", async ({ page, stage }) => {
  const topic = "brokers.leaving";
  await seed(stage.bootstrap, topic, values(30), 3);
  await page.goto("/local/brokers");
  const table = page.getByRole("table", { name: "Brokers", exact: true });
  await page.getByRole("button", { name: "Actions for broker 2" }).click();
  await page.getByRole("menuitem", { name: "Drain and remove…" }).click();
  const refused = page.getByRole("dialog", { name: "Drain and remove broker 2?" });
  await expect(refused).toContainText("a replica on every other broker already: there is nowhere to go.");
  await expect(refused).toContainText("Add a broker first");
  await refused.getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("button", { name: "More for all brokers" }).click();
  await page.getByRole("menuitem", { name: "Add broker…" }).click();
  const add = page.getByRole("dialog", { name: "Add a broker?" });
  await expect(add.getByRole("list", { name: "What it does" })).toContainText("Broker 4 joins");
  await expectAccessible(page);
  await add.getByRole("button", { name: "Add broker" }).click();
  await expect(page).toHaveURL(/\/jobs\?/);
  const jobs = page.getByRole("table", { name: "Jobs" });
  await expect(jobs.getByRole("row", { name: /Add a broker/ })).toContainText("Done");
  await page.goto("/local/brokers");
  await expect(table.getByRole("row", { name: /Actions for broker 4/ })).toContainText("Running");

  await page.getByRole("button", { name: "Actions for broker 2" }).click();
  await page.getByRole("menuitem", { name: "Drain and remove…" }).click();
  const remove = page.getByRole("dialog", { name: "Drain and remove broker 2?" });
  await expect(remove.getByRole("list", { name: "What it does" })).toContainText("copied to the other brokers first");
  await expect(remove).toContainText("An id is not given twice");
  await remove.getByRole("button", { name: "Remove broker 2" }).click();
  await expect(jobs.getByRole("row", { name: /Remove broker 2/ })).toContainText("Done");
  await page.goto("/local/brokers");
  await expect(table.getByRole("row", { name: /Actions for broker 2/ })).toHaveCount(0);
  await expect(table.getByRole("row")).toHaveCount(4);
  await page.goto(`/local/topics/${topic}/partitions?by=broker`);
  const byBroker = page.getByRole("table", { name: "Partitions by broker" });
  await expect(byBroker.getByRole("row").nth(3)).toContainText(/^4.*[012]/);
  await expect(byBroker.getByRole("row")).toHaveCount(4);
  await expect(page.getByText(/under-replicated/)).toHaveCount(0);
  await page.goto("/local/journal");
  await page.getByRole("button", { name: "Drain and remove broker 2" }).click();
  await expect(page.getByRole("complementary", { name: "Change" })).toContainText("odradek brokers remove 2 --drain");
});
