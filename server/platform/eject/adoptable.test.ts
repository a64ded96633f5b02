import { describe, expect, test } from "vitest";
import { World } from "../../broker/controller/testing/world.ts";
import { configKey, type MutableImage } from "../../broker/controller/image.ts";
import { checkAdoptable } from "./adoptable.ts";
import type { StoppedDirectory } from "./stopped-directory.ts";

function directoryOf(nodeId: number, path = `/kafka/${nodeId}`): StoppedDirectory {
  return {
    path,
    clusterId: "4L6g3nShT-eMCtK--X86sw",
    nodeId,
    directoryId: `directory${nodeId}`.padEnd(22, "A"),
    cleanShutdownEpoch: 1,
    hasMetadataLog: true,
    partitions: new Map(),
    others: [],
    highWatermarks: new Map(),
  };
}

function refusalFor(
  ids: readonly number[],
  change: (image: MutableImage) => void = () => undefined,
): string | undefined {
  const world = new World().brokers(...ids);
  world.topic("orders", [[ids[0] ?? 0]]);
  change(world.image);
  const directories = ids.map((id) => directoryOf(id));
  try {
    checkAdoptable({ image: world.image, given: directories, brokers: directories, problems: [] });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("a cluster can be adopted", () => {
  test("with the brokers 1 to 3", () => expect(refusalFor([1, 2, 3])).toBeUndefined());

  test.each([
    { what: "a gap in the brokers' ids", ids: [1, 3], change: () => undefined, says: /ids 1, 3/ },
    { what: "a broker 0", ids: [0, 1], change: () => undefined, says: /ids 0, 1/ },
    {
      what: "tiered storage",
      ids: [1],
      change: (image: MutableImage) =>
        image.configs.set(configKey({ type: 2, name: "orders" }), new Map([["remote.storage.enable", "true"]])),
      says: /orders has tiered storage/,
    },
    {
      what: "a later metadata.version",
      ids: [1],
      change: (image: MutableImage) => image.features.set("metadata.version", 30),
      says: /metadata.version is finalised at level 30.*29/,
    },
    {
      what: "a feature of a later Kafka",
      ids: [1],
      change: (image: MutableImage) => image.features.set("mirror.version", 1),
      says: /mirror.version is finalised at level 1, which is not known here/,
    },
  ])("but not with $what", ({ ids, change, says }) => expect(refusalFor(ids, change)).toMatch(says));

  test("but not with several log directories of a broker", () => {
    const { image } = new World().brokers(1);
    const brokers = [directoryOf(1, "/one"), directoryOf(1, "/two")];
    expect(() => checkAdoptable({ image, given: brokers, brokers, problems: [] })).toThrow(/Broker 1 has several/);
  });
});
