import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CentreTree } from '../../server/src/access/centre-tree.js';
import { type Draft, Journal } from '../../server/src/journal/journal.js';
import { Database } from '../../server/src/platform/database.js';
import { type BenchRow, inTurns, median, p99, type Plot } from './measure.js';
import { JournalBaselines } from './journal-baselines.js';
import { resumeRow } from './journal-resume.js';
import { openServer } from './open-server.js';

const WRITERS = 16;
const FEWER_WRITERS = [1, 4];
const AUDIENCES = [1, 4, 16];
const PAUSE_MS = 1_000;
const WARM_UP_MS = 300;

type Way = 'bare' | 'same' | 'ours';

interface Pace {
  readonly rate: number;
  readonly p99Ms: number;
}

/** Row 6 of the goals: `Journal.append` against a bare counter row, on one pool and one PostgreSQL with fsync. */
export async function benchJournal(databaseUrl: string, isQuick: boolean): Promise<BenchRow[]> {
  const app = await openServer(databaseUrl, { DATABASE_POOL: '20' });
  try {
    const baselines = await JournalBaselines.open(app.get(Database));
    const bench = new JournalBench(baselines, app.get(Journal), app.get(CentreTree));
    const ms = isQuick ? 600 : 3_000;
    const [rate, ...rest] = await bench.pace(isQuick ? 3 : 5, ms);
    const plots = isQuick ? [] : [await bench.byWriters(ms / 2), await bench.byScopes(ms / 2)];
    return [
      ...(rate ? [{ ...rate, plots }] : []),
      ...rest,
      await bench.pausedWriter(isQuick ? 1 : 5),
      await resumeRow(databaseUrl, bench.root),
    ];
  } finally {
    await app.close();
  }
}

class JournalBench {
  readonly root: string;
  readonly #audience: readonly string[];
  readonly #scopes: readonly string[];

  constructor(
    private readonly baselines: JournalBaselines,
    private readonly journal: Journal,
    tree: CentreTree,
  ) {
    this.root = tree.root()?.id ?? '';
    this.#scopes = tree.all().map(({ id }) => id);
    // The deepest line there is: an incident is told to its community, town, district and city.
    this.#audience = tree
      .all()
      .map(({ id }) => tree.lineage(id))
      .reduce((a, b) => (b.length > a.length ? b : a), []);
  }

  async pace(repeats: number, ms: number): Promise<BenchRow[]> {
    const late: Record<Way, number[]> = { bare: [], same: [], ours: [] };
    const rate = (kind: Way, write: () => Promise<unknown>) => async (isWarmUp: boolean) => {
      const pace = await this.#writers(isWarmUp ? WARM_UP_MS : ms, write);
      if (!isWarmUp) late[kind].push(pace.p99Ms);
      return pace.rate;
    };
    const [bare = [], same = [], ours = []] = await inTurns(repeats, [
      rate('bare', () => this.baselines.bare(this.#draft())),
      rate('same', () => this.baselines.same(this.#draft())),
      rate('ours', () => this.#append()),
    ]);
    const p99Of = (kind: Way) => median(late[kind]);
    const [faster, later] = [median(ours) / median(bare), p99Of('ours') / p99Of('bare')];
    const { many, span } = await this.baselines.numbers();
    const whole = (values: number[]) => Math.round(median(values));
    return [
      {
        name: `6a journal, ${WRITERS} writers: rate against a bare counter row`,
        goal: '≥ 0.8',
        measured: `${faster.toFixed(2)} (${whole(ours)} against ${whole(bare)} commands/s; ${whole(same)} with the journal's rows, numbered first)`,
        holds: faster >= 0.8,
      },
      {
        name: `6b journal, ${WRITERS} writers: p99 against a bare counter row`,
        goal: '≤ 1.3',
        measured: `${later.toFixed(2)} (${p99Of('ours').toFixed(1)} against ${p99Of('bare').toFixed(1)} ms; ${p99Of('same').toFixed(1)} with the journal's rows)`,
        holds: later <= 1.3,
      },
      {
        name: '6c numbers without a gap',
        goal: 'all',
        measured: `${many} entries on ${span} numbers`,
        holds: many === span,
      },
    ];
  }

  async byWriters(ms: number): Promise<Plot> {
    const ours: [number, number][] = [];
    const bare: [number, number][] = [];
    for (const writers of [...FEWER_WRITERS, WRITERS]) {
      const [append = [], counter = []] = await inTurns(1, [
        async () => (await this.#writers(ms, () => this.#append(), writers)).rate,
        async () => (await this.#writers(ms, () => this.baselines.bare(this.#draft()), writers)).rate,
      ]);
      ours.push([writers, median(append)]);
      bare.push([writers, median(counter)]);
    }
    const series = [
      { name: 'ours', points: ours },
      { name: 'bare counter row', points: bare },
    ];
    return { name: '6-writers', title: 'The journal, by writers', x: 'writers', y: 'commands/s', series };
  }

  async byScopes(ms: number): Promise<Plot> {
    const ours: [number, number][] = [];
    for (const scopes of AUDIENCES) {
      const audience = this.#scopes.slice(0, scopes);
      const [append = []] = await inTurns(1, [
        async () => (await this.#writers(ms, () => this.#append(audience))).rate,
      ]);
      ours.push([scopes, median(append)]);
    }
    const series = [{ name: 'ours', points: ours }];
    const title = `The journal, ${WRITERS} writers, by scopes that see an entry`;
    return { name: '6-scopes', title, x: 'scopes', y: 'commands/s', series };
  }

  /** How much longer the slowest command of others takes while one sleeps before its commit. */
  async pausedWriter(repeats: number): Promise<BenchRow> {
    const slowest = async (ms: number): Promise<number> => {
      let worst = 0;
      const end = performance.now() + ms;
      const others = Array.from({ length: 4 }, async () => {
        while (performance.now() < end) {
          const since = performance.now();
          await this.#append();
          worst = Math.max(worst, performance.now() - since);
        }
      });
      await Promise.all(others);
      return worst;
    };
    const [alone = [], beside = []] = await inTurns(repeats, [
      (isWarmUp) => slowest(isWarmUp ? WARM_UP_MS : PAUSE_MS),
      async (isWarmUp) => {
        const ms = isWarmUp ? WARM_UP_MS : PAUSE_MS;
        const sleeper = this.journal.transaction(async (tx) => {
          await this.journal.append(tx, [this.#draft()]);
          await pause(ms + 100);
        });
        const worst = await slowest(ms);
        await sleeper;
        return worst;
      },
    ]);
    const cost = Math.max(0, median(beside) - median(alone));
    return {
      name: `6d a writer that sleeps ${PAUSE_MS} ms before its commit costs others`,
      goal: '≤ 50 ms',
      measured: `${cost.toFixed(1)} ms (slowest ${median(beside).toFixed(1)} beside it, ${median(alone).toFixed(1)} without)`,
      holds: cost <= 50,
    };
  }

  async #writers(ms: number, write: () => Promise<unknown>, writers = WRITERS): Promise<Pace> {
    const times: number[] = [];
    const start = performance.now();
    const writer = async () => {
      while (performance.now() - start < ms) {
        const since = performance.now();
        await write();
        times.push(performance.now() - since);
      }
    };
    await Promise.all(Array.from({ length: writers }, writer));
    return { rate: times.length / ((performance.now() - start) / 1_000), p99Ms: p99(times) };
  }

  #append(seenBy = this.#audience): Promise<void> {
    return this.journal.transaction((tx) => this.journal.append(tx, [{ ...this.#draft(), seenBy }]));
  }

  #draft(): Draft {
    const id = randomUUID();
    const at = Date.now();
    const card = {
      id,
      number: '嘉综〔2026〕000001',
      category: 'traffic',
      severity: 3,
      status: 'reported',
      version: 1,
      lng: 98.2888,
      lat: 39.7721,
      place: '新华路口',
      since: new Date(at).toISOString(),
    };
    return { fact: 'bench.told', kind: 'alert', id, version: 1, at, card, seenBy: this.#audience };
  }
}
