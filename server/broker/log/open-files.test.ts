import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { realDisk } from "../../environment/real/disk.ts";
import { OpenFiles, overwriteFile } from "./open-files.ts";
import { batchOf, contentOf, openTestLog, produce, temporaryDirectory } from "./testing/test-log.ts";

describe("many files over few descriptors", () => {
  test("are opened again when they are used, oldest closed first", () => {
    const directory = temporaryDirectory();
    const files = new OpenFiles(realDisk, 4);
    const handles = Array.from({ length: 10 }, (_, index) => files.file(join(directory, String(index))));
    for (let round = 0; round < 3; round++) {
      for (const [index, handle] of handles.entries()) {
        realDisk.write(files.use(handle), round, Buffer.from(String(index)));
        expect(files.openCount).toBeLessThanOrEqual(4);
      }
    }
    for (const name of readdirSync(directory)) {
      expect(Buffer.from(realDisk.readFile(join(directory, name)) ?? []).toString()).toBe(name.repeat(3));
    }
  });

  test("may be closed while they are synced", async () => {
    const directory = temporaryDirectory();
    const files = new OpenFiles(realDisk, 2);
    const handles = Array.from({ length: 6 }, (_, index) => files.file(join(directory, String(index))));
    const syncs = handles.map((handle) => {
      realDisk.write(files.use(handle), 0, Buffer.from("x"));
      return files.sync(handle);
    });
    await expect(Promise.all(syncs)).resolves.toHaveLength(6);
  });

  test("serve logs of more segments than there are descriptors", async () => {
    const files = new OpenFiles(realDisk, 2);
    const logs = Array.from({ length: 3 }, () => openTestLog({ segmentBytes: 200 }, { files }));
    for (let index = 0; index < 12; index++) for (const log of logs) produce(log, batchOf([`v${index}`]));
    for (const log of logs) {
      expect(contentOf(log)).toHaveLength(12);
      await log.close();
    }
    expect(files.openCount).toBe(0);
  });
});

test("overwriting leaves nothing of a longer content", () => {
  const path = join(temporaryDirectory(), "file");
  overwriteFile(realDisk, path, Buffer.from("a long content"));
  overwriteFile(realDisk, path, Buffer.from("short"));
  overwriteFile(realDisk, path, Buffer.from("er"), 5);
  expect(Buffer.from(realDisk.readFile(path) ?? []).toString()).toBe("shorter");
});
