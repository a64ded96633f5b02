import { startOdradek } from "../server/testing/odradek.ts";
import { expect, expectAccessible, type Stage, test as onBundled } from "./support/journey.ts";
import { brokerIsAwayAtTheEnd } from "./support/broker-is-away.ts";
import { consoleDiesInMoves } from "./support/console-dies-in-moves.ts";
import { brokerIsDrained, movesAreWrittenByHand, replicationFactorIsChanged } from "./support/replicas-are-moved.ts";

/** Three brokers of its own: their replicas are moved. */
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

test("a broker of the bundled cluster is drained, watched, and filled again from the journal", async ({
  page,
  stage,
}) => {
  await brokerIsDrained({ page, stage });
});

test("the throttle of moves goes at their end though the console was killed in the middle of them", async ({
  page,
  stage,
}) => {
  await consoleDiesInMoves({ page, stage });
});

test("moves that are cancelled while a broker is away wait for it on their page, and its throttle goes when it is back", async ({
  page,
  stage,
}) => {
  await brokerIsAwayAtTheEnd({ page, stage });
});

test("replicas of the bundled cluster are moved as written by hand and in a file", async ({ page, stage }) => {
  await movesAreWrittenByHand({ page, stage });
});

test("a topic of the bundled cluster gets more copies from its own menu, and the journal takes them back", async ({
  page,
  stage,
}) => {
  await replicationFactorIsChanged({ page, stage });
});

test("the quorum is shown with its members and features, and what cannot be done is grey with the reason", async ({
  page,
}) => {
  await page.goto("/local/brokers/quorum");
  await expect(page.getByRole("table", { name: "Quorum" }).getByRole("row", { name: /controller/ })).toBeVisible();
  await expect(page.getByRole("table", { name: "Features" })).toContainText("metadata.version");
  await expectAccessible(page);
  await page.goto("/local/brokers/1/replicas");
  await expect(page.getByText("there is no other to move to")).toBeVisible();
});
