import type { Recorded, RecordedStep, Recording } from './recorded.js';
import { UNIT_STEPS } from './recorded.js';

/** One request that the replay will send. */
export interface Task {
  readonly call: string;
  readonly step: RecordedStep;
  /** When it happened, ms since 1970. */
  readonly at: number;
  readonly unit: string | null;
  /** The same for the same row of the same file, so that nothing is told twice. */
  readonly externalId: string;
  /** Concluded from the rows, not told by one. */
  readonly derived: boolean;
  readonly row: Recorded | null;
}

/** Calls that stay open, because a unit of theirs was never cleared. */
export interface Plan {
  readonly tasks: readonly Task[];
  readonly leftOpen: readonly string[];
  /** Unit responses whose times go backwards from one step to the next. */
  readonly outOfOrder: number;
}

/**
 * The requests for a recording, in the order of its rows. Behind the last row of a call whose units were all cleared
 * come completion and closing, unless the recording tells them itself; they are marked as derived.
 */
export function planOf({ rows }: Pick<Recording, 'rows'>): Plan {
  const lastRow = new Map(rows.map((row, index) => [row.call, index]));
  const calls = new Map<string, Call>();
  const tasks: Task[] = [];
  for (const [index, row] of rows.entries()) {
    const call = calls.get(row.call) ?? new Call();
    calls.set(row.call, call);
    call.hear(row);
    const externalId = row.step === 'report' ? row.call : nameOf(row);
    tasks.push({
      call: row.call,
      step: row.step,
      at: row.at,
      unit: row.unit,
      externalId,
      derived: false,
      row,
    });
    if (lastRow.get(row.call) === index && call.isDone) tasks.push(...conclusion(row.call, call));
  }
  return {
    tasks,
    leftOpen: [...calls].filter(([, call]) => !call.isDone).map(([name]) => name),
    outOfOrder: [...calls.values()].reduce((sum, call) => sum + call.outOfOrder, 0),
  };
}

const nameOf = ({ call, unit, step }: Recorded): string =>
  [call, unit, step].filter((part) => part !== null).join('/');

function conclusion(call: string, { latestAt, steps }: Call): Task[] {
  return (['complete', 'close'] as const)
    .filter((step) => !steps.has(step))
    .map((step) => ({
      call,
      step,
      at: latestAt,
      unit: null,
      externalId: `${call}/${step}`,
      derived: true,
      row: null,
    }));
}

const ORDER: readonly RecordedStep[] = [
  'dispatch',
  'acknowledge',
  'depart',
  'arrive',
  'transport',
  'deliver',
  'clear',
];

/** What has been heard of one call. */
class Call {
  latestAt = 0;
  readonly steps = new Set<RecordedStep>();
  readonly #sent = new Set<string>();
  readonly #cleared = new Set<string>();
  readonly #heard = new Map<string, number>();
  readonly #disordered = new Set<string>();

  hear({ step, unit, at }: Recorded): void {
    this.latestAt = Math.max(this.latestAt, at);
    if (unit === null || !UNIT_STEPS.has(step)) {
      this.steps.add(step);
      return;
    }
    const rank = ORDER.indexOf(step);
    if (rank < (this.#heard.get(unit) ?? -1)) this.#disordered.add(unit);
    this.#heard.set(unit, Math.max(rank, this.#heard.get(unit) ?? -1));
    this.#sent.add(unit);
    if (step === 'clear') this.#cleared.add(unit);
  }

  get outOfOrder(): number {
    return this.#disordered.size;
  }

  /** At least one unit came, and all of them were cleared. */
  get isDone(): boolean {
    return this.#sent.size > 0 && this.#cleared.size === this.#sent.size;
  }
}
