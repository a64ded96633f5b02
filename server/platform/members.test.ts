import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Members } from "./members.ts";

let data = "";
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "members-"));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const offsets = (members: Members, ids: readonly number[]) => ids.map((id) => members.placeOf(id).portOffset);

test("brokers are counted from 1, and one that leaves gives neither its id nor its ports to another", () => {
  const members = Members.read(data, 3);
  expect(members.ids).toEqual([1, 2, 3]);
  members.add(members.nextId);
  members.remove(2);
  members.remove(4);
  const again = Members.read(data, 3);
  expect(again.ids).toEqual([1, 3]);
  expect(again.nextId).toBe(5);
  expect(offsets(again, [1, 3, 5])).toEqual([0, 2, 4]);
});

test("adopted brokers keep their ids, whatever --brokers says, and have the ports in order", () => {
  Members.adopt(data, [7, 0, 98]);
  const members = Members.read(data, 3);
  expect(members.ids).toEqual([0, 7, 98]);
  expect(offsets(members, [0, 7, 98])).toEqual([0, 1, 2]);
  members.add(members.nextId);
  expect(members.nextId, "100 is the controller").toBe(101);
  members.remove(7);
  const again = Members.read(data, 1);
  expect(again.ids).toEqual([0, 98, 99]);
  expect(offsets(again, [98, 99, 101])).toEqual([2, 3, 5]);
});

test("a broker has its first log directory, and the further ones that are there, by their numbers", () => {
  const path = (name: string) => join(data, name);
  for (const name of ["broker-1-10", "broker-1-2", "broker-11", "broker-1-1", "broker-1-x"]) mkdirSync(path(name));
  symlinkSync(path("unplugged"), path("broker-1-3"));
  const { logDirs } = Members.read(data, 1).placeOf(1);
  expect(logDirs).toEqual(["broker-1", "broker-1-2", "broker-1-3", "broker-1-10"].map(path));
  expect(Members.read(path("not there yet"), 1).placeOf(2).logDirs).toEqual([path("not there yet/broker-2")]);
});

test("a file that is damaged is refused, and says how it should be", () => {
  writeFileSync(join(data, "brokers.json"), `{"added":[4]}`);
  expect(() => Members.read(data, 3)).toThrow(/brokers\.json does not say .*"removed":\[\]/);
});
