import { describe, expect, test } from "vitest";
import { allocateProducerIds } from "./allocate-producer-ids.ts";
import { assignReplicasToDirs } from "./assign-replicas-to-dirs.ts";
import { directoryOf, World } from "./testing/world.ts";
import { unregisterBroker } from "./unregister-broker.ts";
import { updateFeatures } from "./update-features.ts";

describe("producer ids", () => {
  test("come in blocks of 1000 that nobody gets again", () => {
    const world = new World().brokers(1, 2);
    const ask = (brokerId: number) =>
      world.take(allocateProducerIds(world.view, { brokerId, brokerEpoch: world.broker(brokerId).epoch }));
    expect([ask(1), ask(2), ask(1)]).toEqual(
      [0, 1000, 2000].map((producerIdStart) => ({ errorCode: 0, producerIdStart, producerIdLen: 1000 })),
    );
    expect(world.image.nextProducerId).toBe(3000);
  });

  test("are not given to a broker that is unknown or of an old registration", () => {
    const world = new World().brokers(1);
    expect(allocateProducerIds(world.view, { brokerId: 9, brokerEpoch: 0 }).response).toEqual({ errorCode: 102 });
    expect(allocateProducerIds(world.view, { brokerId: 1, brokerEpoch: 0 }).response).toEqual({ errorCode: 77 });
  });
});

describe("a broker that is gone for good", () => {
  test("is forgotten, and what it led has another leader", () => {
    const world = new World().brokers(1, 2);
    world.topic("t", [[1, 2]]);
    expect(world.take(unregisterBroker(world.view, 1))).toEqual({ errorCode: 0, errorMessage: null });
    expect([...world.image.brokers.keys()]).toEqual([2]);
    expect(world.partition("t")).toMatchObject({ leader: 2, isr: [2] });
  });

  test("must have been there", () => {
    expect(unregisterBroker(new World().view, 9).response).toMatchObject({ errorCode: 102 });
  });
});

describe("feature levels", () => {
  type Update = Parameters<typeof updateFeatures>[1]["featureUpdates"][number];
  const world = new World().brokers(1);
  const ask = (update: Partial<Update>, validateOnly = false) => {
    const whole = { feature: "group.version", maxVersionLevel: 1, allowDowngrade: false, upgradeType: 1, ...update };
    return updateFeatures(world.view, { featureUpdates: [whole], validateOnly });
  };

  test.each([
    [{ feature: "nope" }, "Invalid update version 1 for feature nope. Controller does not support this feature."],
    [
      { maxVersionLevel: 9 },
      "Invalid update version 9 for feature group.version. Local controller 100 only supports versions 0-1",
    ],
    [
      { feature: "metadata.version", maxVersionLevel: 20, upgradeType: 3 },
      "Invalid update version 20 for feature metadata.version. Can't downgrade the metadata version.",
    ],
    [
      { maxVersionLevel: 0 },
      "Invalid update version 0 for feature group.version. Can't downgrade the version of this feature without setting the upgrade type to either safe or unsafe downgrade.",
    ],
  ])("are refused: %j", (update, errorMessage) => {
    expect(ask(update)).toMatchObject({ records: [], response: { errorCode: 95, errorMessage } });
  });

  test("that are named twice are refused", () => {
    const update = { feature: "group.version", maxVersionLevel: 1, allowDowngrade: false, upgradeType: 1 };
    expect(
      updateFeatures(world.view, { featureUpdates: [update, update], validateOnly: false }).response,
    ).toMatchObject({ errorCode: 42 });
  });

  test("go down only when asked so, and up again; a validation writes nothing", () => {
    expect(ask({ maxVersionLevel: 0, upgradeType: 2 }, true)).toMatchObject({
      records: [],
      response: { errorCode: 0 },
    });
    world.take(ask({ maxVersionLevel: 0, upgradeType: 2 }));
    expect(world.image.features.has("group.version")).toBe(false);
    world.take(ask({}));
    expect(world.image.features.get("group.version")).toBe(1);
  });
});

test("a broker tells in which of its directories a replica is", () => {
  const world = new World().brokers(1, 2);
  world.topic("t", [[1, 2]]);
  const topicId = world.image.topicsByName.get("t")?.id ?? "";
  const ask = (brokerId: number, change: { readonly topicId?: string; readonly partitionIndex?: number } = {}) =>
    assignReplicasToDirs(world.view, {
      brokerId,
      brokerEpoch: world.image.brokers.get(brokerId)?.epoch ?? 0,
      directories: [
        {
          id: directoryOf(77),
          topics: [
            { topicId: change.topicId ?? topicId, partitions: [{ partitionIndex: change.partitionIndex ?? 0 }] },
          ],
        },
      ],
    });
  const codeOf = (decision: ReturnType<typeof ask>) =>
    decision.response.directories?.[0]?.topics?.[0]?.partitions?.[0]?.errorCode;
  world.brokers(3);
  expect(codeOf(ask(1, { topicId: "nobodynobodynobodynobA" }))).toBe(100);
  expect(codeOf(ask(1, { partitionIndex: 4 }))).toBe(3);
  expect(codeOf(ask(3))).toBe(6);
  expect(ask(9).response).toEqual({ errorCode: 102 });
  expect(codeOf({ ...ask(2), ...{ response: world.take(ask(2)) } })).toBe(0);
  expect(world.partition("t").directories).toEqual([directoryOf(1), directoryOf(77)]);
  expect(world.partition("t").leaderEpoch).toBe(0);
});
