import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { makePortable } from "./portable.mjs";

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

test("a portable console asks for packages by their own names and knows no path of the machine that built it", () => {
  const root = mkdtempSync(join(tmpdir(), "portable-"));
  const console = join(root, ".next");
  mkdirSync(join(console, "node_modules/@node-rs"), { recursive: true });
  symlinkSync("../../node_modules/kafkajs", join(console, "node_modules/kafkajs-9b9b7d82b6ed4e58"));
  symlinkSync("../../../node_modules/@node-rs/crc32", join(console, "node_modules/@node-rs/crc32-0f064a9392db8124"));
  const chunk = join(console, "server/chunks/ssr/one.js");
  write(
    chunk,
    `e.x("kafkajs-9b9b7d82b6ed4e58",()=>require("kafkajs-9b9b7d82b6ed4e58"));e.y("@node-rs/crc32-0f064a9392db8124")`,
  );
  for (const end of ["json", "js"])
    write(join(console, `required-server-files.${end}`), `{"root":"${root}","app":"${root}/app"}`);

  makePortable(`${root}/`);

  expect(readFileSync(chunk, "utf8")).toBe(`e.x("kafkajs",()=>require("kafkajs"));e.y("@node-rs/crc32")`);
  expect(readFileSync(join(console, "required-server-files.json"), "utf8")).toBe(`{"root":".","app":"./app"}`);
});
