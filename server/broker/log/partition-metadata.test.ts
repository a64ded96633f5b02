import { expect, test } from "vitest";
import { Simulation } from "../../environment/simulated/simulation.ts";
import { CheckpointError } from "./checkpoint-file.ts";
import { readPartitionMetadata, writePartitionMetadata } from "./partition-metadata.ts";

const ID = "4L6g3nShT-eMCtK--X86sw";
const TEXT = `version: 0\ntopic_id: ${ID}`;

function disk(content?: string) {
  const { disk: made } = new Simulation("partition-metadata").machine("node-1").start("broker").environment;
  made.makeDirectory("/data/orders-0");
  if (content !== undefined) made.writeFileAtomic("/data/orders-0/partition.metadata", Buffer.from(content));
  return made;
}

test("the topic id comes back as it was written", () => {
  const empty = disk();
  expect(readPartitionMetadata(empty, "/data/orders-0")).toBeUndefined();
  writePartitionMetadata(empty, "/data/orders-0", ID);
  expect(readPartitionMetadata(empty, "/data/orders-0")).toBe(ID);
  expect(readPartitionMetadata(disk(`${TEXT}\n`), "/data/orders-0")).toBe(ID);
});

test("a file that the machine's death cut anywhere tells nothing", () => {
  for (let length = 0; length < TEXT.length; length++) {
    const written = TEXT.slice(0, length);
    expect(readPartitionMetadata(disk(written), "/data/orders-0")).toBeUndefined();
    expect(readPartitionMetadata(disk(written.padEnd(TEXT.length, "\0")), "/data/orders-0")).toBeUndefined();
  }
});

test.each(["version: 1\ntopic_id: 4L6g3nShT-eMCtK--X86sw", "version: 0\ntopic_id: not+a+uuid++++++++++++++", "hello"])(
  "%j is refused",
  (content) => {
    expect(() => readPartitionMetadata(disk(content), "/data/orders-0")).toThrow(CheckpointError);
  },
);
