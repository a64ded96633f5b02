// Takes the pictures of docs/ from the built product with its sample data: npx tsx e2e/tour/take-pictures.ts [picture…]
// It uses the default ports, because the pictures show them; --flag=--port=3100 and the like choose others. Run it again
// whenever a page has changed.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pass } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "@playwright/test";
import sharp from "sharp";
import { startOdradek } from "../../server/testing/odradek.ts";
import { pictures } from "./pictures.ts";

/** So that the charts of the last quarter of an hour have something to show. */
const SAMPLE_DATA_RUNS_MS = 4 * 60_000;

const WIDTH = 1280;

/** After the page is there: charts are drawn from what the next requests bring. */
const SETTLES_MS = 2_500;

const folder = fileURLToPath(new URL("../../docs/images/", import.meta.url));
const themes = ["light", "dark"] as const;

async function loadSampleData(page: Page): Promise<void> {
  await page.goto("/local/overview");
  await page
    .getByRole("button", { name: /Load sample data/ })
    .first()
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Load sample data" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

/** A change of one's own beside the sample data, for the journal. */
async function createTopic(page: Page): Promise<void> {
  await page.goto("/local/topics");
  await page.getByRole("button", { name: "Create topic" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("refunds");
  await dialog.getByRole("button", { name: "Create topic" }).click();
  await dialog.waitFor({ state: "hidden" });
}

async function takeAll(
  browser: Browser,
  baseURL: string,
  theme: (typeof themes)[number],
  names: readonly string[],
): Promise<void> {
  const context = await browser.newContext({
    baseURL,
    colorScheme: theme,
    locale: "en-GB",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  for (const { name, path, height, prepare } of pictures) {
    if (names.length > 0 && !names.includes(name)) continue;
    await page.setViewportSize({ width: WIDTH, height });
    await page.goto(path, { waitUntil: "load" });
    await prepare(page);
    await pass(SETTLES_MS);
    const picture = await page.screenshot({ animations: "disabled", caret: "hide" });
    const file = `${name}${theme === "dark" ? "-dark" : ""}.png`;
    const { size } = await sharp(picture).png({ palette: true, effort: 10 }).toFile(join(folder, file));
    console.log(`${file} ${Math.ceil(size / 1024)} KB`);
  }
  await context.close();
}

const { values, positionals: names } = parseArgs({
  options: { flag: { type: "string", multiple: true, default: [] } },
  allowPositionals: true,
});
const odradek = await startOdradek({ flags: ["--brokers", "3", ...values.flag], isConsoleOn: true });
const browser = await chromium.launch({
  executablePath: process.env.ODRADEK_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  await mkdir(folder, { recursive: true });
  const page = await browser.newPage({ baseURL: odradek.consoleUrl });
  await loadSampleData(page);
  await createTopic(page);
  console.log(`Letting the sample data run for ${SAMPLE_DATA_RUNS_MS / 60_000} minutes …`);
  await pass(SAMPLE_DATA_RUNS_MS);
  for (const theme of themes) await takeAll(browser, odradek.consoleUrl, theme, names);
} finally {
  await browser.close();
  await odradek.dispose();
}
