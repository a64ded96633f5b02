import { basename } from "node:path";
import type { OwnDecoders } from "../../../lib/contracts/decoding.ts";
import type { FileToLoad, SetAside } from "./own/load-own-decoders.ts";
import { findOwnFiles, type OwnFile } from "./own/own-files.ts";
import { endlessFile, OWN_CODE_SECONDS_MAX, ownWatch, runningFile } from "./own/own-guard.ts";
import type { DecodingCommand, DecodingData, DecodingMessage } from "./thread/decoding-messages.ts";
import { decodingTasks, type TaskInput, type TaskName, type TaskOutput } from "./thread/decoding-tasks.ts";

/** How often the directory is looked at while records are read: a file that is put there is in use at the next read. */
const LOOK_PAUSE_MS = 1_000;
const WATCH_PAUSE_MS = 250;
/** Code that took its thread down is tried again after this, unless its file is changed before. */
const ASIDE_MS = 30_000;

/** A thread as its owner sees it. */
type Thread = { post(command: DecodingCommand): void; close(): void };

/** Starts a thread; `onGone` may be called more than once when it ends. Undefined where there are no threads. */
export type OpenDecodingThread = (
  data: DecodingData,
  events: { readonly onMessage: (message: DecodingMessage) => void; readonly onGone: (reason: string) => void },
) => Thread | undefined;

type Answer = { readonly output: unknown };

type Waiting = { readonly resolve: (answer: Answer | undefined) => void; readonly reject: (error: Error) => void };

/** A thread with what it was started with and what it owes; nobody waits for one that is gone. */
type Running = {
  readonly thread: Thread;
  readonly files: readonly FileToLoad[];
  readonly watch: SharedArrayBuffer;
  readonly waiting: Map<number, Waiting>;
  told: DecoderFacts | undefined;
  readonly whenTold: (() => void)[];
};

type DecoderFacts = Pick<OwnDecoders, "decoders" | "failures">;
type Aside = SetAside & { readonly version: string; readonly untilMs: number };

/**
 * Decodes records for pages. Where the operator has decoders of their own all of it is done in a thread that has loaded them: one that takes a
 * thread down, or does not end, is set aside for a while, and what was asked is done without it.
 */
export class DecodingThread {
  private readonly live = new Set<Running>();
  private readonly aside = new Map<string, Aside>();
  private readonly names = new Map<string, SetAside["name"]>();
  private files: readonly OwnFile[] = [];
  private current: Running | undefined;
  private looked: { readonly atMs: number; readonly done: Promise<void> } | undefined;
  private watchdog: NodeJS.Timeout | undefined;
  private lastId = 0;

  constructor(
    private readonly directory: string,
    private readonly open: OpenDecodingThread,
    /** What takes long is done in the thread also where the operator has no decoders. */
    private readonly isAlwaysApart = false,
  ) {}

  /** Does a task. Rejects with what is a bug only. */
  async run<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>> {
    await this.look();
    // Each thread that goes takes a file with it, or went by itself.
    for (let attempts = this.files.length + 2; attempts > 0; attempts -= 1) {
      const running = this.thread();
      if (running === undefined) break;
      const answer = await this.ask(running, name, input);
      // A thread gives the output of the task that was asked.
      if (answer) return answer.output as TaskOutput<Name>;
    }
    // The task and its input are of one name.
    return decodingTasks[name](input as never) as TaskOutput<Name>;
  }

  /** The operator's decoders, and which files are none. */
  async list(): Promise<OwnDecoders> {
    await this.look();
    for (let attempts = this.files.length + 2; attempts > 0; attempts -= 1) {
      const running = this.thread();
      if (running === undefined) break;
      const told = await this.toldBy(running);
      if (told) return { directory: this.directory, ...told };
    }
    return { directory: this.directory, decoders: [], failures: [] };
  }

  /** The files whose decoders work, for threads that search. */
  async goodFiles(): Promise<OwnFile[]> {
    const { decoders } = await this.list();
    const bad = new Set(this.filesToLoad().flatMap(({ path, aside }) => (aside ? [path] : [])));
    return this.files.filter(({ path }) => !bad.has(path) && decoders.some(({ file }) => file === basename(path)));
  }

  /** Ends the threads; what was asked of them is not answered any more. */
  close(): void {
    clearInterval(this.watchdog);
    for (const { thread } of this.live) thread.close();
    this.live.clear();
    this.current = undefined;
  }

  /** Looks which files there are, when nobody did lately. */
  private look(): Promise<void> {
    const nowMs = performance.now();
    if (this.looked === undefined || nowMs - this.looked.atMs > LOOK_PAUSE_MS) {
      const done = findOwnFiles(this.directory).then((files) => {
        this.files = files;
      });
      this.looked = { atMs: nowMs, done };
    }
    return this.looked.done;
  }

  private filesToLoad(): FileToLoad[] {
    const nowMs = performance.now();
    return this.files.map((file) => {
      const aside = this.aside.get(file.path);
      const isAside = aside !== undefined && aside.version === file.version && aside.untilMs > nowMs;
      return { ...file, aside: isAside ? { reason: aside.reason, name: aside.name } : null };
    });
  }

  /** The thread that has loaded the files as they are now; undefined without any. */
  private thread(): Running | undefined {
    const files = this.filesToLoad();
    if (this.current && JSON.stringify(this.current.files) === JSON.stringify(files)) return this.current;
    const before = this.current;
    this.current = files.length === 0 && !this.isAlwaysApart ? undefined : this.start(files);
    if (before?.waiting.size === 0) this.retire(before);
    return this.current;
  }

  private start(files: readonly FileToLoad[]): Running | undefined {
    const watch = ownWatch();
    const thread = this.open(
      { files, watch },
      { onMessage: (message) => this.take(running, message), onGone: (reason) => this.gone(running, reason) },
    );
    if (thread === undefined) return undefined;
    const running: Running = { thread, files, watch, waiting: new Map(), told: undefined, whenTold: [] };
    this.live.add(running);
    this.watchdog ??= setInterval(() => this.endEndless(), WATCH_PAUSE_MS).unref();
    return running;
  }

  private ask(running: Running, name: TaskName, input: unknown): Promise<Answer | undefined> {
    return new Promise((resolve, reject) => {
      this.lastId += 1;
      running.waiting.set(this.lastId, { resolve, reject });
      running.thread.post({ id: this.lastId, name, input });
    });
  }

  private async toldBy(running: Running): Promise<DecoderFacts | undefined> {
    if (running.told === undefined && this.live.has(running))
      await new Promise<void>((resolve) => {
        running.whenTold.push(resolve);
      });
    return running.told;
  }

  private take(running: Running, message: DecodingMessage): void {
    if (message.type === "loaded") {
      running.told = message.told;
      for (const { file, decoder } of message.told.decoders) this.names.set(file, decoder);
      for (const tell of running.whenTold.splice(0)) tell();
      return;
    }
    const waiting = running.waiting.get(message.id);
    running.waiting.delete(message.id);
    if (message.type === "done") waiting?.resolve({ output: message.output });
    else waiting?.reject(new Error(message.detail));
    if (running !== this.current && running.waiting.size === 0) this.retire(running);
  }

  private retire(running: Running): void {
    this.live.delete(running);
    running.thread.close();
    for (const tell of running.whenTold.splice(0)) tell();
  }

  private endEndless(): void {
    for (const running of this.live) {
      if (endlessFile(running.watch) === undefined) continue;
      running.thread.close();
      this.gone(running, `it did not end within ${OWN_CODE_SECONDS_MAX} s`);
    }
  }

  /** Whoever waits asks again, of a thread without the file whose code ran. */
  private gone(running: Running, reason: string): void {
    if (!this.live.delete(running)) return;
    if (this.current === running) this.current = undefined;
    const file = running.files[runningFile(running.watch) ?? -1];
    if (file) {
      this.aside.set(file.path, {
        name: this.names.get(basename(file.path)) ?? null,
        reason: `its code was ended (${reason}), and is left out for ${ASIDE_MS / 1_000} s or until the file changes`,
        version: file.version,
        untilMs: performance.now() + ASIDE_MS,
      });
    }
    for (const tell of running.whenTold.splice(0)) tell();
    for (const { resolve } of running.waiting.values()) resolve(undefined);
  }
}
