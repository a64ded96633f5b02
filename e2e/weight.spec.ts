import { expect, test } from "./support/journey.ts";

/** Compressed JavaScript of the first load of a list page, in bytes. */
const LIST_PAGE_BYTES_MAX = 250 * 1024;

const lists = [
  { path: "/local/topics", shows: "Create topic" },
  { path: "/local/groups", shows: "Copy as CLI command" },
  { path: "/local/jobs", shows: "Copy a link to this view" },
  { path: "/local/journal", shows: "Copy a link to this view" },
] as const;

for (const { path, shows } of lists) {
  test(`the first load of ${path} is at most 250 KB of compressed JavaScript`, async ({ page, context }) => {
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    const scripts = new Set<string>();
    let bytes = 0;
    session.on("Network.responseReceived", ({ requestId, type, response }) => {
      if (type === "Script" || /\.js(\?|$)/.test(response.url)) scripts.add(requestId);
    });
    // As it came, compressed, without the headers of the responses: a page of many small scripts has some kilobytes of those.
    session.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength;
    });
    await page.goto(path, { waitUntil: "load" });
    await expect(page.getByRole("button", { name: shows }).first()).toBeVisible();
    expect(scripts.size).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThanOrEqual(LIST_PAGE_BYTES_MAX);
  });
}
