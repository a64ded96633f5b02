import { chromium, type Page } from "@playwright/test";
import { median } from "./measure.ts";

/** Milliseconds of what a person waits for in a list. */
export type Drawn = {
  /** From the first byte of the page to its first row. */
  readonly cold: number;
  readonly warm: number;
  /** From a key or click to the frame with the new rows; the slowest of all. */
  readonly filter: number;
  readonly sort: number;
  /** The longest time in which the page answered nothing. */
  readonly longestTask: number;
};

/** Notes in the page when its first row is drawn, and each long task. Has no function with a name: what compiles this file wraps those in a helper that the page has not. */
function watch(): void {
  const notes = { firstRowMs: 0, longestTaskMs: 0 };
  Object.assign(globalThis, { notes });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) notes.longestTaskMs = Math.max(notes.longestTaskMs, duration);
  }).observe({ type: "longtask", buffered: true });
  new MutationObserver((_changes, observer) => {
    if (document.querySelector("[role=row][data-index]") === null) return;
    observer.disconnect();
    requestAnimationFrame(() => (notes.firstRowMs = performance.now()));
  }).observe(document, { childList: true, subtree: true });
}

async function firstRow(page: Page, url: string): Promise<number> {
  await page.goto(url);
  await page.waitForFunction(() => (globalThis as unknown as { notes: { firstRowMs: number } }).notes.firstRowMs > 0);
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation");
    const startMs = navigation instanceof PerformanceNavigationTiming ? navigation.responseStart : 0;
    const { notes } = globalThis as unknown as { notes: { firstRowMs: number } };
    return notes.firstRowMs - startMs;
  });
}

/** Does something to the page, and waits for the frame after it. */
function timedFrame(page: Page, act: string): Promise<number> {
  return page.evaluate(
    `new Promise((done) => { const startMs = performance.now(); ${act}; requestAnimationFrame(() => setTimeout(() => done(performance.now() - startMs))); })`,
  );
}

const typed = (text: string) =>
  `const box = document.querySelector('input[type=search], input[aria-label^="Filter"]'); Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(box, ${JSON.stringify(text)}); box.dispatchEvent(new Event("input", { bubbles: true }))`;
const clicked = (label: string) =>
  `[...document.querySelectorAll("[role=columnheader] button, [role=row] button")].find((button) => button.textContent.startsWith(${JSON.stringify(label)})).click()`;

/** What is done to a list: texts that are typed into its filter, and heads that are clicked; `whole` is what its footer says when all is there. */
export type DrawnList = {
  readonly whole: RegExp;
  readonly filters: readonly string[];
  readonly sorts: readonly string[];
};

/** Measures a list in Chromium: cold is the first look of this console. */
export async function measureDrawn(url: string, runs: number, list: DrawnList): Promise<Drawn> {
  const browser = await chromium.launch({
    executablePath: process.env.ODRADEK_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(watch);
  const cold = await firstRow(page, url);
  const warm: number[] = [];
  for (let run = 0; run < runs; run += 1) warm.push(await firstRow(page, url));
  await page.getByText(list.whole).waitFor();
  const filters: number[] = [];
  for (const text of list.filters) filters.push(await timedFrame(page, typed(text)));
  const sorts: number[] = [];
  for (const label of list.sorts) sorts.push(await timedFrame(page, clicked(label)));
  const longestTask = await page.evaluate(
    () => (globalThis as unknown as { notes: { longestTaskMs: number } }).notes.longestTaskMs,
  );
  await browser.close();
  return { cold, warm: median(warm), filter: Math.max(...filters), sort: Math.max(...sorts), longestTask };
}
