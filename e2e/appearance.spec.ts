import { commitFirst, expect, expectAccessible, seed, test } from "./support/journey.ts";

const widths = [1440, 1280, 1024] as const;
const themes = ["light", "dark"] as const;

const pages = [
  { name: "overview", path: "/local/overview", shows: "Traffic" },
  { name: "topics", path: "/local/topics", shows: "look.orders" },
  { name: "topics-nothing-found", path: "/local/topics?q=no-such-topic", shows: "no-such-topic" },
  { name: "messages", path: "/local/topics/look.orders/messages", shows: "key-1" },
  { name: "messages-empty", path: "/local/topics/look.empty/messages", shows: "look.empty" },
  { name: "record", path: "/local/topics/look.orders/messages?at=p0@0", shows: "Partition 0 at 0" },
  { name: "partitions", path: "/local/topics/look.orders/partitions", shows: "Leader" },
  { name: "consumers", path: "/local/topics/look.orders/consumers", shows: "look.readers" },
  { name: "consumers-none", path: "/local/topics/look.empty/consumers", shows: "No group reads this topic" },
  { name: "configuration", path: "/local/topics/look.orders/configuration", shows: "cleanup.policy" },
  { name: "metrics", path: "/local/topics/look.orders/metrics", shows: "Read by groups" },
  { name: "documentation", path: "/local/topics/look.orders/documentation", shows: "documentation" },
  { name: "access", path: "/local/topics/look.orders/access", shows: "Access" },
  { name: "create-topic", path: "/local/topics?create=true", shows: "Replication factor" },
  { name: "groups", path: "/local/groups", shows: "look.readers" },
  { name: "groups-nothing-found", path: "/local/groups?q=no-such-group", shows: "no-such-group" },
  { name: "group", path: "/local/groups/look.readers", shows: "Lag in messages" },
  { name: "group-members", path: "/local/groups/look.readers/members", shows: "This group has no members" },
  { name: "brokers", path: "/local/brokers", shows: "Leaders by broker" },
  { name: "broker", path: "/local/brokers/1", shows: "Size on disk" },
  { name: "broker-topics", path: "/local/brokers/1/topics", shows: "look.orders" },
  { name: "broker-replicas", path: "/local/brokers/1/replicas", shows: "look.orders" },
  { name: "broker-connections", path: "/local/brokers/1/connections", shows: "Client id" },
  { name: "quorum", path: "/local/brokers/quorum", shows: "metadata.version" },
  { name: "reassign", path: "/local/brokers/reassign?goal=drain", shows: "Drain" },
  { name: "moves", path: "/local/brokers/moves", shows: "No partition is being moved" },
  { name: "quotas", path: "/local/quotas", shows: "Quotas" },
  { name: "transactions", path: "/local/transactions", shows: "This cluster tells no transactions" },
  { name: "broker-configuration", path: "/local/brokers/1/configuration?show=changed", shows: "log.dirs" },
  { name: "topology", path: "/local/topology", shows: "Producer, group or job" },
  { name: "topology-table", path: "/local/topology?as=table", shows: "OffsetFetch" },
  { name: "jobs", path: "/local/jobs", shows: "No jobs" },
  { name: "journal", path: "/local/journal?entry=1", shows: "As a command" },
  { name: "alerts", path: "/local/alerts", shows: "No alerts" },
  { name: "alert-rules", path: "/local/alerts/rules", shows: "Add the usual six" },
  { name: "alert-targets", path: "/local/alerts/targets", shows: "No targets" },
  { name: "settings", path: "/local/settings", shows: "Bootstrap servers" },
  { name: "not-found", path: "/local/topics/no-such-topic/messages", shows: "no-such-topic" },
] as const;

test.beforeAll(async ({ stage, browser }) => {
  await seed(
    stage.bootstrap,
    "look.orders",
    Array.from({ length: 40 }, (_, index) =>
      JSON.stringify({ orderId: 88_010_000 + index, state: "captured", amount: index * 13.5 }),
    ),
    1,
  );
  await seed(stage.bootstrap, "look.empty", []);
  await commitFirst(stage.bootstrap, "look.readers", "look.orders");
  // A change for the journal.
  const page = await browser.newPage({ baseURL: stage.consoleUrl });
  await page.goto("/local/topics?create=true");
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("look.journal");
  await page.getByRole("dialog").getByRole("button", { name: "Create topic" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.close();
});

for (const { name, path, shows } of pages) {
  test(`${name} has nothing for axe to find in either theme, and fits at three widths`, async ({ page }, info) => {
    await page.emulateMedia({ colorScheme: themes[0] });
    await page.goto(path);
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      await expect(page.locator("html")).toHaveClass(new RegExp(`\\b${theme}\\b`));
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await expect(page.getByText(shows).first()).toBeVisible();
        // Charts take their new width when their observer has fired.
        await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await page.screenshot({ path: info.outputPath(`${name}-${theme}-${width}.png`) });
      }
      await expectAccessible(page);
    }
  });
}
