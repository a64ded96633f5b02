import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as z from "zod/mini";
import { openStore } from "../store/store.ts";
import { jobKind } from "./job-kind.ts";
import { JobRunner } from "./job-runner.ts";

let directory = "";
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), "odradek-jobs-"))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const here = (name: string) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)));

/** A process that runs a job which counts for ever, and says each number after it was kept. */
const program = `
import * as z from "zod/mini";
import { openStore } from ${here("../store/store.ts")};
import { jobKind } from ${here("./job-kind.ts")};
import { JobRunner } from ${here("./job-runner.ts")};
const kind = jobKind({
  kind: "count", input: z.object({}), checkpoint: z.object({ reached: z.number() }), unit: "numbers", cancelMeans: null,
  async run({ checkpoint }, run) {
    for (let reached = checkpoint?.reached ?? 0; ; ) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      reached += 1;
      run.checkpoint({ reached }, { done: reached, total: null, unit: "numbers", note: null }, { isDurable: true });
      console.log(reached);
    }
  },
});
const { store } = openStore(process.argv[1], Date.now());
const runner = new JobRunner(store, { kinds: [kind], onChange() {}, onBug: console.error, toProblem: () => undefined });
runner.start();
runner.add({ kind: "count", cluster: "local", title: "Count", detail: "", actor: "mira", input: {} });
`;

test("a job goes on from its last checkpoint after the console was killed", async () => {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program, directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    said = Number(line);
    if (said >= 20) break;
  }
  child.kill("SIGKILL");
  await once(child, "exit");

  const resumed: number[] = [];
  const kind = jobKind({
    kind: "count",
    input: z.object({}),
    checkpoint: z.object({ reached: z.number() }),
    unit: "numbers",
    cancelMeans: null,
    run: ({ checkpoint }) => Promise.resolve(void resumed.push(checkpoint?.reached ?? 0)),
  });
  const { store, problem } = openStore(directory, Date.now());
  expect(problem).toBeNull();
  const runner = new JobRunner(store, {
    kinds: [kind],
    onChange: () => undefined,
    onBug: (error) => expect.fail(String(error)),
    toProblem: () => undefined,
  });
  expect(runner.list("local")).toMatchObject([{ id: 1, state: "running" }]);
  runner.start();
  await runner.settled(1);
  expect(resumed.length).toBe(1);
  expect(resumed[0]).toBeGreaterThanOrEqual(said);
  expect(runner.find("local", 1)).toMatchObject({ state: "completed" });
  expect(runner.find("local", 1)?.log.map(({ text }) => text)).toEqual([
    "Goes on after the console was started again.",
  ]);
  await runner.stop();
  store.close();
});
