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
  { name: "settings", path: "/local/settings", shows: "Bootstrap servers" },
  { name: "not-found", path: "/local/topics/no-such-topic/messages", shows: "no-such-topic" },
] as const;

test.beforeAll(async ({ stage }) => {
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
});

for (const theme of themes) {
  for (const { name, path, shows } of pages) {
    test(`${name} has nothing for axe to find in the ${theme} theme, and fits at three widths`, async ({
      page,
    }, info) => {
      await page.emulateMedia({ colorScheme: theme });
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(path);
        await expect(page.getByText(shows).first()).toBeVisible();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await page.screenshot({ path: info.outputPath(`${name}-${theme}-${width}.png`) });
      }
      await expectAccessible(page);
    });
  }
}
