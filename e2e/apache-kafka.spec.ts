import {
  apacheKafkaIsMissing,
  expect,
  expectAccessible,
  produce,
  seed,
  startReader,
  testOnApacheKafka as test,
} from "./support/journey.ts";
import { changeIsTakenBack } from "./support/change-is-taken-back.ts";
import { messageGoesTheWholeWay } from "./support/message-goes-the-whole-way.ts";
import { passesCompactedHoles, readsEveryCodec, tellsTransactions } from "./support/read-hard-topics.ts";
import { followsKeys, readsFromAnywhere, tellsRecordsWhole } from "./support/read-messages.ts";
import { searchFinds } from "./support/search-finds.ts";
import { offsetsAreReset } from "./support/offsets-are-reset.ts";
import { sampleDataComesAndGoes } from "./support/sample-data-comes-and-goes.ts";

const missing = apacheKafkaIsMissing();
test.skip(missing !== undefined, missing);

test("a message goes the whole way on Apache Kafka", async ({ page, context, stage }) => {
  await messageGoesTheWholeWay({ page, context, stage });
});

test("a change on Apache Kafka is written down with its command, and taken back from the journal", async ({
  page,
  context,
  stage,
}) => {
  await changeIsTakenBack({ page, context, stage });
});

// Sample data wants an empty cluster: the journeys before it leave nothing behind.
test("sample data comes and goes on Apache Kafka", async ({ page, stage }) => {
  await sampleDataComesAndGoes({ page, stage });
});

test("offsets of a group on Apache Kafka are reset by a plan, and taken back", async ({ page, stage }) => {
  await offsetsAreReset(page, stage);
});

test("groups, brokers and topology are told by Apache Kafka itself, and no broker can be stopped from here", async ({
  page,
  stage,
}) => {
  const topic = "told.orders";
  const groupId = "told.billing";
  await seed(
    stage.bootstrap,
    topic,
    Array.from({ length: 30 }, (_, index) => `{"order":${index}}`),
  );
  const reader = await startReader(stage.bootstrap, { groupId, topic, clientId: "billing-1" });
  try {
    await produce(stage.bootstrap, topic, ['{"order":30}', '{"order":31}']);
    await page.goto("/cluster/groups");
    const group = page.getByRole("table", { name: "Consumer groups" }).getByRole("row", { name: /told\.billing/ });
    await expect(group).toContainText("Stable");
    await page.goto(`/cluster/groups/${groupId}`);
    const partitions = page.getByRole("table", { name: "Lag by partition" });
    await expect(partitions.getByRole("row", { name: /told\.orders.*billing-1/ })).toHaveCount(3);
    await page.goto(`/cluster/groups/${groupId}/members`);
    await expect(page.getByRole("table", { name: "Members" })).toContainText("0, 1, 2");

    await page.goto("/cluster/brokers");
    const broker = page.getByRole("table", { name: "Brokers", exact: true }).getByRole("row").nth(1);
    await expect(broker).toContainText("controller");
    await page.getByRole("button", { name: /^Actions for broker/ }).click();
    await expect(page.getByRole("menuitem", { name: "Configuration" })).toBeVisible();
    for (const entry of [/^Stop…/, /^Drain and remove…/]) {
      const item = page.getByRole("menuitem", { name: entry });
      await expect(item).toBeDisabled();
      await expect(item).toContainText("This console does not run the brokers of this cluster.");
    }
    await page.getByRole("menuitem", { name: "Configuration" }).click();
    await page.getByRole("radio", { name: "All" }).click();
    await expect(page.getByRole("table", { name: "Settings" })).toContainText("num.io.threads");

    await page.goto("/cluster/topology?as=table");
    const flows = page.getByRole("table", { name: "Flows" });
    await expect(flows.getByRole("row", { name: /told\.orders.*told\.billing/ })).toBeVisible();
    await expect(flows.getByRole("row", { name: /producer \d+.*told\.orders/ }).first()).toBeVisible();
    await expectAccessible(page);
  } finally {
    await reader.stop();
  }
});

test("a search is written, narrowed, saved and opened by its link on Apache Kafka", async ({ page, stage }) => {
  await searchFinds({ page, stage });
});

test("Apache Kafka is read from and to any place, page after page, with all of it in the address", async ({
  page,
  stage,
}) => {
  await readsFromAnywhere({ page, stage });
});

test("a record on Apache Kafka is told whole: decoders, headers, batch, bytes and columns", async ({ page, stage }) => {
  await tellsRecordsWhole({ page, stage });
});

test("the history of a key on Apache Kafka is told, and the newest of each key live", async ({ page, stage }) => {
  await followsKeys({ page, stage });
});

test("what Kafka's own producer compressed is read, searched and told with its ratio, whatever the codec", async ({
  page,
  stage,
}) => {
  await readsEveryCodec({ page, stage });
});

test("transactions on Apache Kafka are told with how they came out, and markers when asked", async ({
  page,
  stage,
}) => {
  await tellsTransactions({ page, stage });
});

test("what compaction left on Apache Kafka is read and searched, and its holes are passed", async ({ page, stage }) => {
  await passesCompactedHoles({ page, stage });
});
