import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../../testing/until.ts";
import { DecodingThread, type OpenDecodingThread } from "./decoding-thread.ts";

/** The thread as it is built, so that what takes it down is seen. */
describe("own decoders in their thread", () => {
  let directory = "";
  let threadFile = "";
  const opened: DecodingThread[] = [];
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "decoders-"));
    threadFile = join(directory, "thread.mjs.js");
    const entryPoints = [join(import.meta.dirname, "thread/main.ts")];
    await build({ entryPoints, outfile: threadFile, bundle: true, format: "esm", platform: "node", logLevel: "error" });
  });
  afterAll(async () => {
    for (const one of opened) one.close();
    await rm(directory, { recursive: true, force: true });
  });

  const open: OpenDecodingThread = (workerData, { onMessage, onGone }) => {
    const worker = new Worker(threadFile, { workerData, resourceLimits: { maxOldGenerationSizeMb: 64 } });
    worker.on("message", onMessage);
    worker.on("error", (error) => onGone(error.message));
    worker.on("exit", () => onGone("its thread ended"));
    return { post: (command) => worker.postMessage(command), close: () => void worker.terminate() };
  };
  const decoding = () => {
    const thread = new DecodingThread(directory, open);
    opened.push(thread);
    return thread;
  };
  const put = (name: string, code: string) => writeFile(join(directory, `${name}.mjs`), code);
  const clear = async (...names: string[]) => {
    for (const name of names) await rm(join(directory, `${name}.mjs`));
  };
  const read = async (thread: DecodingThread, text: string, choice: `own:${string}`) => {
    const payload = { bytes: Buffer.from(text), isCut: false, topic: "t", part: "value", key: null } as const;
    const [decoded] = await thread.run("decodings", [{ payload, choice }]);
    return decoded;
  };

  test("are used as soon as their file is there, and again when it is changed", async () => {
    const thread = decoding();
    expect(await read(thread, "a|b", "own:split")).toMatchObject({ decoder: "utf8" });
    await put("split", 'export const name = "split"; export const decode = (bytes) => bytes.toString().split("|");');
    await until(async () => (await read(thread, "a|b", "own:split"))?.decoder === "own:split");
    expect(await read(thread, "a|b", "own:split")).toMatchObject({ form: "json", text: '["a","b"]' });
    await put("split", 'export const name = "split"; export const decode = (bytes) => bytes.length;');
    await until(async () => (await read(thread, "a|b", "own:split"))?.text === "3");
    expect(await thread.list()).toMatchObject({
      decoders: [{ decoder: "own:split", file: "split.mjs", hasGuess: false }],
    });
    await clear("split");
    await until(async () => (await thread.list()).decoders.length === 0);
  });

  test("that cannot be loaded are told with their reason, and leave the others alone", async () => {
    await put("broken", "export const name = ;");
    await put("missing", 'import "./nowhere.mjs"; export const name = "missing"; export const decode = () => 1;');
    await put("nameless", "export const decode = () => 1;");
    await put("one", 'export const name = "twice"; export const decode = () => 1;');
    await put("two", 'export const name = "twice"; export const decode = () => 2;');
    const { decoders, failures } = await decoding().list();
    expect(decoders).toEqual([{ decoder: "own:twice", file: "one.mjs", hasGuess: false }]);
    expect(failures.map(({ file }) => file)).toEqual(["broken.mjs", "missing.mjs", "nameless.mjs", "two.mjs"]);
    expect(failures.at(-1)?.reason).toBe("another file exports the same name");
    await clear("broken", "missing", "nameless", "one", "two");
  });

  test("that do not end, or take all memory, are ended and set aside; what was asked is answered", async () => {
    await put(
      "bad",
      `export const name = "bad";
       export function decode(bytes) {
         if (bytes.toString() === "loop") for (;;);
         if (bytes.toString() === "grow") for (const all = []; ;) all.push(new Array(1000).fill({}));
         return "fine";
       }`,
    );
    await put("good", 'export const name = "good"; export const decode = () => "good";');
    const thread = decoding();
    expect(await read(thread, "x", "own:bad")).toMatchObject({ decoder: "own:bad", text: "fine" });
    const [looped, beside] = await Promise.all([read(thread, "loop", "own:bad"), read(thread, "x", "own:good")]);
    expect(looped?.decoder).toBe("utf8");
    expect(looped?.failed[0]?.reason).toMatch(/^its code was ended \(it did not end within 5 s\)/);
    expect(beside).toMatchObject({ decoder: "own:good" });
    expect((await thread.list()).failures).toMatchObject([{ file: "bad.mjs" }]);
    expect(await thread.goodFiles()).toMatchObject([{ path: join(directory, "good.mjs") }]);

    // A file that is touched is another version: it is tried again.
    await utimes(join(directory, "bad.mjs"), new Date(), new Date(Date.now() + 10_000));
    await until(async () => (await read(thread, "x", "own:bad"))?.decoder === "own:bad");
    const grown = await read(thread, "grow", "own:bad");
    expect(grown?.failed[0]?.reason).toMatch(/^its code was ended/);
    await clear("bad", "good");
  });

  test("that do not end while they are loaded are ended too", async () => {
    await put("endless", 'for (;;); export const name = "endless"; export const decode = () => 1;');
    await put("good", 'export const name = "good"; export const decode = () => "good";');
    const thread = decoding();
    expect(await read(thread, "x", "own:good")).toMatchObject({ decoder: "own:good" });
    expect((await thread.list()).failures).toMatchObject([{ file: "endless.mjs" }]);
    await clear("endless", "good");
  });
});
