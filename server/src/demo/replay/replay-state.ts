import { Id } from '@app/shared';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const Counts = z.object({
  sent: z.number(),
  accepted: z.number(),
  /** By error code. */
  rejected: z.record(z.string(), z.number()),
  /** Assignments by the flags that the server put on them. */
  flags: z.record(z.string(), z.number()),
});
type Counts = z.infer<typeof Counts>;

const Kept = z.object({
  fingerprint: z.string(),
  /** Who administers the own instance, and the token that the recording is sent with. */
  account: z.object({ name: z.string(), password: z.string() }).nullable(),
  token: z.string().nullable(),
  root: Id.nullable(),
  /** By call sign. */
  teams: z.record(z.string(), Id),
  /** By call. */
  incidents: z.record(z.string(), Id),
  /** Every task before this one is answered. */
  next: z.number().int(),
  /** Tasks after `next` that are answered too. */
  ahead: z.array(z.number().int()),
  counts: Counts,
});
export type Kept = z.infer<typeof Kept>;

const EMPTY: Omit<Kept, 'fingerprint'> = {
  account: null,
  token: null,
  root: null,
  teams: {},
  incidents: {},
  next: 0,
  ahead: [],
  counts: { sent: 0, accepted: 0, rejected: {}, flags: {} },
};

/** How far a replay is, kept in a file that only its owner reads, so that the next run goes on where this one stopped. */
export class ReplayState {
  #saving: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: string,
    readonly kept: Kept,
  ) {}

  /** @throws Error when the file tells of another recording */
  static async open(file: string, fingerprint: string): Promise<ReplayState> {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) return new ReplayState(file, structuredClone({ fingerprint, ...EMPTY }));
    const kept = Kept.parse(JSON.parse(text));
    if (kept.fingerprint !== fingerprint)
      throw new Error(
        `${dirname(file)} holds the replay of another recording or mapping: give another --data-dir, or remove it`,
      );
    return new ReplayState(file, kept);
  }

  isDone(task: number): boolean {
    return task < this.kept.next || this.kept.ahead.includes(task);
  }

  /** Marks a task as answered. */
  finish(task: number): void {
    const { kept } = this;
    kept.ahead.push(task);
    for (let at = kept.ahead.indexOf(kept.next); at >= 0; at = kept.ahead.indexOf(kept.next)) {
      kept.ahead.splice(at, 1);
      kept.next += 1;
    }
  }

  /** Writes the file whole, then puts it in the place of the old one: a kill leaves one or the other. */
  save(): Promise<void> {
    this.#saving = this.#saving.then(async () => {
      await mkdir(dirname(this.file), { recursive: true });
      await writeFile(`${this.file}.new`, JSON.stringify(this.kept), { mode: 0o600 });
      await rename(`${this.file}.new`, this.file);
    });
    return this.#saving;
  }
}
