import { expect, expectAccessible, produce, seed, startReader, test } from "./support/journey.ts";

const values = (count: number) => Array.from({ length: count }, (_, index) => `{"order":${index}}`);

test("who writes and who reads is drawn, told in a table, and leads to the topic", async ({ page, stage }) => {
  const topic = "topology.orders";
  const groupId = "topology.billing";
  await seed(stage.bootstrap, topic, values(10));
  const reader = await startReader(stage.bootstrap, { groupId, topic, clientId: "billing-1" });
  try {
    await produce(stage.bootstrap, topic, values(20));
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await page.goto("/local/topology");
    const drawing = page.getByRole("img", { name: /flows?: the table has the same in words/ });
    await expect(drawing.getByText(groupId)).toBeVisible();
    await expect(drawing.getByText(/^producer \d+$/).first()).toBeVisible();
    // How large what fits is goes by what else this cluster has.
    const zoom = async () => Number.parseInt(await page.getByText(/^\d+%$/).innerText());
    const fitted = await zoom();
    await page.getByRole("button", { name: "Zoom in" }).click();
    await expect.poll(zoom).toBeGreaterThan(fitted);
    await page.getByRole("button", { name: "Fit to the page" }).click();
    await expectAccessible(page);

    await page.getByRole("radio", { name: "Table" }).click();
    await expect(page).toHaveURL(/\?as=table$/);
    const flows = page.getByRole("table", { name: "Flows" });
    await expect(flows.getByRole("row", { name: /topology\.orders.*topology\.billing/ })).toContainText("OffsetFetch");
    await expect(flows.getByRole("row", { name: /producer \d+.*topology\.orders/ }).first()).toContainText(
      "DescribeProducers",
    );
    await expectAccessible(page);

    await page.getByRole("radio", { name: "Drawing" }).click();
    await drawing.getByText(topic, { exact: true }).click();
    await expect(page).toHaveURL(/\/local\/topics\/topology\.orders\/messages$/);
  } finally {
    await reader.stop();
  }
});

test("a person who wants less motion sees the whole drawing", async ({ page, stage }) => {
  const topic = "topology.payments";
  await seed(stage.bootstrap, topic, values(1));
  const reader = await startReader(stage.bootstrap, { groupId: "topology.payers", topic, clientId: "payer-1" });
  try {
    await page.goto("/local/topology");
    const drawing = page.getByRole("img", { name: /flows?: the table has the same in words/ });
    await expect(drawing.getByText("topology.payers")).toBeVisible();
    await expect.poll(() => drawing.evaluate(nodesCutOff)).toEqual([]);
  } finally {
    await reader.stop();
  }
});

function nodesCutOff(drawing: Element): string[] {
  const room = drawing.querySelector("svg")?.getBoundingClientRect();
  return [...drawing.querySelectorAll(".node")]
    .filter((node) => {
      const { left, right, top, bottom } = node.getBoundingClientRect();
      return !room || left < room.left || right > room.right || top < room.top || bottom > room.bottom;
    })
    .map(({ textContent }) => textContent);
}
