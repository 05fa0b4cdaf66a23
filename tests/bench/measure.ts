/** How something grows: one line per way of doing it, drawn into `.bench/row-<name>.svg`. */
export interface Plot {
  /** The row of the goals that it belongs to, and which of its plots it is, as in `1-screens`. */
  readonly name: string;
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly {
    readonly name: string;
    readonly points: readonly (readonly [x: number, y: number])[];
  }[];
}

/** One line of the table that `npm run bench` prints. */
export interface BenchRow {
  readonly name: string;
  readonly goal: string;
  readonly measured: string;
  /** Null: this form of the bench does not say. */
  readonly holds: boolean | null;
  readonly plots?: readonly Plot[];
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
export const p95 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? NaN;
export const p99 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? NaN;

/** CPU seconds of this process, user and system, while `work` runs. */
export async function cpuOf(work: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/**
 * Measures several ways in turns, so that what else the machine does falls on all alike; the first turn only warms
 * up, and each way is told so. Answers every way's values in the order of the ways.
 */
export async function inTurns(
  repeats: number,
  ways: readonly ((isWarmUp: boolean) => Promise<number> | number)[],
): Promise<number[][]> {
  const values: number[][] = ways.map(() => []);
  for (let turn = 0; turn <= repeats; turn++)
    for (const [i, way] of ways.entries()) {
      const value = await way(turn === 0);
      if (turn > 0) values[i]?.push(value);
    }
  return values;
}
