import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commitFirst, expect, expectAccessible, test } from "./support/journey.ts";
import { append } from "./support/read-messages.ts";

const orders = `
  export const name = "Acme orders";
  export function decode(bytes, { headers }) {
    if (bytes[0] !== 0xac) throw new Error("does not begin with 0xac");
    const source = headers.find(({ key }) => key === "source")?.value?.toString() ?? null;
    return { id: bytes.readBigUInt64BE(1), state: bytes.subarray(9).toString(), source };
  }
  export const guess = (bytes, { topic, isKey }) => !isKey && topic.startsWith("acme.") && bytes[0] === 0xac;
`;
const stateOnly = `
  export const name = "State only";
  export const decode = (bytes) => ({ only: bytes.subarray(9).toString() });
`;
const endless = `export const name = "Endless"; export function decode() { for (;;); }`;

const order = (id: bigint, state: string) => {
  const head = Buffer.alloc(9, 0xac);
  head.writeBigUInt64BE(id, 1);
  return { value: Buffer.concat([head, Buffer.from(state)]), headers: { source: "shop" } };
};

test("a decoder of the operator's own is taken, chosen, searched by, and told when it fails or does not end", async ({
  page,
  stage,
}) => {
  const topic = "acme.orders";
  await append(stage.bootstrap, topic, [
    order(9007199254740993n, "paid"),
    order(2n, "new"),
    { value: Buffer.from([1, 2, 0]) },
  ]);
  const folder = join(stage.odradek.dataDirectory, "decoders");
  await mkdir(folder);
  await writeFile(join(folder, "orders.mjs"), orders);
  await page.goto(`/local/topics/${topic}/messages`);
  const list = page.getByRole("table", { name: "Messages" });
  const readUntil = (text: string) =>
    expect(async () => {
      await page.getByRole("button", { name: "Read again" }).click();
      await expect(list).toContainText(text, { timeout: 1_000 });
    }).toPass();
  await readUntil("id:9007199254740993");
  await expect(list).toContainText("source:shop");

  await list.getByRole("row", { name: /paid/ }).click();
  const detail = page.getByRole("complementary", { name: "Message" });
  await expect(detail).toContainText("Acme orders");
  await expect(detail.getByRole("region", { name: "Value" })).toContainText("9007199254740993");

  const search = page.getByRole("combobox", { name: "Search the messages" });
  await search.fill("value.id == 9007199254740993");
  await search.press("Enter");
  await expect(page.getByRole("region", { name: "Search progress" })).toContainText("1 match");
  await expect(list).toContainText("state:paid");

  await commitFirst(stage.bootstrap, "acme.billing", topic);
  await page.goto("/local/groups/acme.billing");
  await page.getByRole("button", { name: "Reset offsets…" }).click();
  await page.getByRole("radio", { name: "Shift by" }).click();
  await page.getByRole("textbox", { name: "Records to shift by" }).fill("1");
  await expect(page.getByRole("table", { name: "What becomes of each partition" })).toContainText("state:new");

  await writeFile(join(folder, "state.mjs"), stateOnly);
  await page.goto(`/local/topics/${topic}/messages?decode=own:State only`);
  await readUntil("only:paid");
  await search.fill('value.only == "paid"');
  await search.press("Enter");
  await expect(page.getByRole("region", { name: "Search progress" })).toContainText("1 match");
  await expect(list).toContainText("only:paid");

  await page.goto(`/local/topics/${topic}/messages?at=p0@2&decode=own:Acme orders`);
  const tried = detail.getByRole("button", { name: /decoders? tried before/ });
  await tried.click();
  await expect(detail).toContainText("does not begin with 0xac");
  await expect(page.getByRole("button", { name: "Value as Acme orders" })).toBeVisible();

  await writeFile(join(folder, "endless.mjs"), endless);
  await writeFile(join(folder, "broken.mjs"), "export const name = ;");
  await expect(page.getByRole("status", { name: "Decoders that cannot be used" })).toContainText("broken.mjs");
  await page.getByRole("button", { name: /^Value as/ }).click();
  await page.getByRole("menuitemradio", { name: "Endless" }).click();
  await expect(page.getByRole("status", { name: "Decoders that cannot be used" })).toContainText("endless.mjs");
  // What was tried is folded again when the record is read anew.
  await expect(async () => {
    if ((await tried.getAttribute("aria-expanded")) === "false") await tried.click();
    await expect(detail).toContainText("its code was ended", { timeout: 5_000 });
  }).toPass();
  await expectAccessible(page);
  // What a topic has kept is in use, and shown, when it is opened again.
  await page.goto(`/local/topics/${topic}/messages`);
  await expect(page.getByRole("button", { name: "Value as Endless" })).toBeVisible();
  await rm(join(folder, "endless.mjs"));
});
