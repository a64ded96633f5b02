/** Runs a task again and again with pauses, one run at a time, while it is on. */
export class Repeating {
  private timer: NodeJS.Timeout | undefined;
  private isOn = false;
  private isRunning = false;
  private isWanted = false;

  /** `work` answers after how many milliseconds it wants to run again; it never rejects. */
  constructor(private readonly work: () => Promise<number>) {}

  start(): void {
    if (this.isOn) return;
    this.isOn = true;
    this.now();
  }

  stop(): void {
    this.isOn = false;
    clearTimeout(this.timer);
  }

  /** Runs at once instead of at the end of the pause; a run that is under way is followed by another. */
  now(): void {
    if (!this.isOn) return;
    if (this.isRunning) {
      this.isWanted = true;
      return;
    }
    clearTimeout(this.timer);
    void this.run();
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    this.isWanted = false;
    const pauseMs = await this.work();
    this.isRunning = false;
    if (!this.isOn) return;
    this.timer = setTimeout(() => void this.run(), this.isWanted ? 0 : pauseMs);
    this.timer.unref();
  }
}
