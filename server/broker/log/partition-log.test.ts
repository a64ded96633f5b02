import { describe, expect, test } from "vitest";
import { batchOf, contentOf, openTestLog, produce } from "./testing/test-log.ts";

describe("appending as leader", () => {
  test("offsets and epoch are written into the batch and the end moves", () => {
    const log = openTestLog();
    expect(produce(log, batchOf(["a", "b"]), { leaderEpoch: 3 })).toEqual({
      baseOffset: 0,
      lastOffset: 1,
      logAppendTimeMs: -1,
      duplicate: false,
    });
    expect(produce(log, batchOf(["c"]), { leaderEpoch: 3 }).baseOffset).toBe(2);
    expect(contentOf(log)).toEqual(["0:a", "1:b", "2:c"]);
    expect(log.leaderEpochs.entries).toEqual([{ epoch: 3, startOffset: 0 }]);
    expect(log.logEndOffset).toBe(3);
  });

  test("a closed log opens again with the same content", async () => {
    const log = openTestLog({ segmentBytes: 300 });
    for (let index = 0; index < 20; index++)
      produce(log, batchOf([`v${index}`], { producerId: 7, producerEpoch: 0, baseSequence: index }));
    const content = contentOf(log);
    await log.close();
    const again = openTestLog({}, { directory: log.directory, recoveryPoint: 20, cleanShutdown: true });
    expect(contentOf(again)).toEqual(content);
    expect(again.segmentCount).toBe(log.segmentCount);
    expect(again.producerStates.toSnapshot()).toEqual(log.producerStates.toSnapshot());
    again.closeFiles();
    const recovered = openTestLog({}, { directory: log.directory, recoveryPoint: 0, cleanShutdown: false });
    expect(contentOf(recovered)).toEqual(content);
    expect(recovered.producerStates.toSnapshot()).toEqual(log.producerStates.toSnapshot());
  });
});
