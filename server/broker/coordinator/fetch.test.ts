import { expect, test } from "vitest";
import { ZERO_UUID } from "../../wire/uuid.ts";
import { GroupScript } from "./testing/group-script.ts";
import { buildBatch } from "../../wire/record-batch-builder.ts";
import { buildEndTransactionMarker } from "../../wire/control-record.ts";
import { encodeGroupRecord } from "./group-record-codec.ts";

const TOPIC_ID = "AAAAAAAAAAAAAAAAAAAAAQ";
const OTHER_TOPIC_ID = "AAAAAAAAAAAAAAAAAAAAAg";

test("what is not committed is no error, in a group that does not exist too", () => {
  const script = new GroupScript();
  script.commit({ "t-0": 5 });
  for (const groupId of ["g", "unknown"]) {
    const { topics } = script.fetch({ t: [1], u: [0] }, { groupId }).value;
    expect(topics.flatMap((topic) => topic.partitions)).toEqual([
      { partition: 1, committed: undefined, errorCode: 0 },
      { partition: 0, committed: undefined, errorCode: 0 },
    ]);
  }
});

test("all offsets of a group come when no topics are named", () => {
  const script = new GroupScript();
  script.commit({ "t-0": 5, "t-1": 6, "u-0": 7 });
  expect(script.committed()).toEqual({ "t-0": 5, "t-1": 6, "u-0": 7 });
  expect(script.committed("unknown")).toEqual({});
});

test("an offset with another topic's id does not count, one without an id does", () => {
  const script = new GroupScript();
  const offset = { topic: "t", offset: 1, leaderEpoch: -1, metadata: "" };
  script.commit(
    {},
    {
      offsets: [
        { ...offset, partition: 0, topicId: TOPIC_ID },
        { ...offset, partition: 1, topicId: ZERO_UUID },
      ],
    },
  );
  const offsetsFor = (topicId: string) =>
    script.fetch({ t: [0, 1] }, { topicId }).value.topics[0]?.partitions.map((each) => each.committed?.offset);
  expect(offsetsFor(TOPIC_ID)).toEqual([1, 1]);
  expect(offsetsFor(OTHER_TOPIC_ID)).toEqual([undefined, 1]);
  expect(offsetsFor(ZERO_UUID)).toEqual([1, 1]);
});

/** A log in which producer 9 has begun to commit offset 8 for t-0 in a transaction, over a plain commit of 5. */
function withOpenTransaction(): GroupScript {
  const script = new GroupScript();
  script.commit({ "t-0": 5 });
  const value = {
    offset: 8,
    leaderEpoch: -1,
    metadata: "",
    commitTimestampMs: 1,
    expireTimestampMs: undefined,
    topicId: ZERO_UUID,
  };
  const record = encodeGroupRecord({ type: "offset-commit", groupId: "g", topic: "t", partition: 0, value });
  script.log.append(
    buildBatch([{ timestampMs: 1, ...record }], {
      producerId: 9,
      producerEpoch: 0,
      baseSequence: 0,
      isTransactional: true,
    }),
  );
  script.failOver();
  return script;
}

test("an offset with an open transaction is the earlier one, or unstable for who requires stable ones (KIP-447)", () => {
  const script = withOpenTransaction();
  expect(script.committed()).toEqual({ "t-0": 5 });
  expect(script.fetch({ t: [0] }, { requireStable: true }).value.topics[0]?.partitions).toEqual([
    { partition: 0, committed: undefined, errorCode: 88 },
  ]);
});

test.each([
  { type: "commit", expected: 8 },
  { type: "abort", expected: 5 },
] as const)("the marker of an $type makes it $expected", ({ type, expected }) => {
  const script = withOpenTransaction();
  const marker = { type, producerId: 9, producerEpoch: 0, coordinatorEpoch: 0, timestampMs: 1 };
  script.log.append(buildEndTransactionMarker(marker));
  script.failOver();
  expect(script.committed()).toEqual({ "t-0": expected });
  expect(script.fetch({ t: [0] }, { requireStable: true }).value.topics[0]?.partitions[0]?.errorCode).toBe(0);
});

test("a plain commit after the transaction's outlives its marker", () => {
  const script = withOpenTransaction();
  script.commit({ "t-0": 9 });
  script.coordinator.onTransactionEnd(0, 9, true);
  expect(script.committed()).toEqual({ "t-0": 9 });
});

test("the sweep leaves offsets with an open transaction alone, and the group", () => {
  const script = withOpenTransaction();
  script.coordinator.start();
  script.pass(8 * 24 * 3_600_000);
  expect(script.committed()).toEqual({ "t-0": 5 });
});
