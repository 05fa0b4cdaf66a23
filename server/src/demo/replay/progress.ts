/** Shows how far a long piece of work is: a bar that moves on a terminal, one line per tenth elsewhere. */
export class Progress {
  readonly #isTerminal = process.stdout.isTTY;
  readonly #startedAt = performance.now();
  readonly #from: number;
  #shownAt = 0;
  #tenth = -1;

  constructor(
    private readonly name: string,
    private readonly all: number,
    done = 0,
  ) {
    this.#from = done;
  }

  /** `remark` is what the work is at just now. */
  show(done: number, remark = ''): void {
    const now = performance.now();
    const tenth = Math.floor((done * 10) / Math.max(1, this.all));
    const isDue = this.#isTerminal ? now - this.#shownAt > 100 || done === this.all : tenth > this.#tenth;
    if (!isDue) return;
    [this.#shownAt, this.#tenth] = [now, tenth];
    const perSecond = ((done - this.#from) * 1000) / Math.max(1, now - this.#startedAt);
    const figures = `${done.toLocaleString('en')}/${this.all.toLocaleString('en')}  ${perSecond.toFixed(0)}/s  ${remark}`;
    const percent = `${String(Math.floor((done * 100) / Math.max(1, this.all))).padStart(3)} %`;
    if (!this.#isTerminal) {
      process.stdout.write(`  ${this.name} ${percent}  ${figures}\n`);
      return;
    }
    const filled = Math.round((done * 24) / Math.max(1, this.all));
    process.stdout.write(
      `\r\x1b[K  ${this.name} [${'#'.repeat(filled)}${'·'.repeat(24 - filled)}] ${percent}  ${figures}`,
    );
    if (done === this.all) process.stdout.write('\n');
  }

  /** Leaves the line of a bar that did not come to its end. */
  leave(): void {
    if (this.#isTerminal) process.stdout.write('\n');
  }
}
