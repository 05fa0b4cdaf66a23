import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { emptyTerminalFix, JT808, writeFixes, writeTerminalFix } from '@app/shared';
import pg from 'pg';
import { Terminal } from '../../server/src/demo/client/terminal.js';
import { cloneDatabase } from '../support/app.js';
import { freePort, openServer, type ServerProcess } from '../support/server.js';
import { type ProvidedTerminal, provideTerminals } from '../support/terminals.js';

/** `TERMINALS=1000 npm test -- chaos terminals` is the large form. */
const TERMINALS = Number(process.env['TERMINALS'] ?? 100);
const KILLS = 2;
/** Answered messages between two kills, of each terminal on average. */
const BETWEEN = 10;
const AT_ONCE = 3;

let source: { url: string; drop: () => Promise<void> };
let server: ServerProcess;
let port: number;

beforeAll(async () => {
  source = await cloneDatabase('city');
  port = await freePort();
  server = await begin();
});
afterAll(async () => {
  await server?.end('SIGKILL');
  await source?.drop();
});

async function begin(): Promise<ServerProcess> {
  return openServer(source.url, { port: await freePort(), env: { JT808_PORT: String(port) } });
}

/** What one terminal did: it says everything again that was not answered, as terminals do. */
class Sender {
  readonly acknowledged = new Set<number>();
  readonly said = new Set<number>();
  /** Connections that it was let in on. */
  lives = 0;
  #at = Math.floor(Date.now() / 1_000) * 1_000 - 3_600_000;
  #unanswered: number[][] = [];

  constructor(private readonly provided: ProvidedTerminal) {}

  get device(): string {
    return this.provided.device;
  }

  /** Lives until the connection goes, or `isOver` and nothing is left to be answered. */
  async live(isOver: () => boolean): Promise<void> {
    const terminal = new Terminal({ number: this.provided.number, dialect: 'y2013' });
    try {
      await terminal.open(port);
      if ((await terminal.authenticate(this.provided.code)) !== 0) return;
      this.lives++;
      const lanes = Array.from({ length: AT_ONCE }, () => this.#speak(terminal, isOver));
      await Promise.all(lanes);
    } catch {
      // The server is gone; whatever was on its way is said again.
    } finally {
      terminal.close();
    }
  }

  async #speak(terminal: Terminal, isOver: () => boolean): Promise<void> {
    for (;;) {
      const fixes = this.#unanswered.pop() ?? (isOver() ? undefined : this.#next());
      if (!fixes) return;
      for (const at of fixes) this.said.add(at);
      try {
        if ((await this.#say(terminal, fixes)) === 0) for (const at of fixes) this.acknowledged.add(at);
        else this.#unanswered.push(fixes);
      } catch (error) {
        this.#unanswered.push(fixes);
        throw error;
      }
    }
  }

  #say(terminal: Terminal, fixes: readonly number[]): Promise<number> {
    const bodies = fixes.map((at) =>
      writeTerminalFix({ ...emptyTerminalFix(), isFixed: true, lng: 98.2888, lat: 39.7721, at }),
    );
    const [first] = bodies;
    return first && bodies.length === 1
      ? terminal.say(JT808.location, first)
      : terminal.say(JT808.locationBatch, writeFixes(bodies, false));
  }

  /** One location, every fifth time a batch of five. */
  #next(): number[] {
    const count = this.said.size % 5 === 4 ? 5 : 1;
    return Array.from({ length: count }, () => (this.#at += 1_000));
  }
}

const sum = (senders: readonly Sender[], of: (sender: Sender) => number): number =>
  senders.reduce((all, sender) => all + of(sender), 0);

const LONGEST_MS = 180_000 * Math.max(1, TERMINALS / 200);

it(
  `kill -9 while ${TERMINALS} terminals send: every acknowledged fix is stored, once`,
  async () => {
    const senders = (await provideTerminals(source.url, TERMINALS)).map((one) => new Sender(one));
    const over = new AbortController();
    const isOver = () => over.signal.aborted;
    const lives = senders.map(async (sender) => {
      while (!isOver() || sender.acknowledged.size < sender.said.size) {
        await sender.live(isOver);
        await pause(50 + Math.random() * 100);
      }
    });
    const areBack = (life: number) => senders.every(({ lives: times }) => times >= life);
    for (let kill = 1; kill <= KILLS; kill++) {
      const from = sum(senders, ({ acknowledged }) => acknowledged.size);
      const wanted = from + TERMINALS * BETWEEN;
      while (!areBack(kill) || sum(senders, ({ acknowledged }) => acknowledged.size) < wanted) await pause(5);
      await server.end('SIGKILL');
      server = await begin();
    }
    while (!areBack(KILLS + 1)) await pause(5);
    over.abort();
    await Promise.all(lives);

    const database = new pg.Client(source.url);
    await database.connect();
    const { rows } = await database.query<{ device: string; at: number; times: number }>(
      `select device, (extract(epoch from observed_at) * 1000)::float8 as at, count(*)::int as times
       from track where device = any($1) group by device, observed_at`,
      [senders.map(({ device }) => device)],
    );
    await database.end();
    const stored = new Map(rows.map(({ device, at, times }) => [`${device} ${at}`, times]));
    const lost = senders.flatMap(({ device, acknowledged }) =>
      [...acknowledged].filter((at) => stored.get(`${device} ${at}`) !== 1),
    );
    expect(lost).toEqual([]);
    expect(stored.size).toBe(sum(senders, ({ said }) => said.size));
    expect(sum(senders, ({ acknowledged }) => acknowledged.size)).toBeGreaterThan(
      TERMINALS * BETWEEN * KILLS,
    );
  },
  LONGEST_MS,
);
