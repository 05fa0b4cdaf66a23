import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { FrameDecoder, frameGrid } from '@app/shared';
import type { Namespace } from 'socket.io';
import * as ws from 'ws';
import { createApp } from '../../server/src/app.js';
import { FleetTicker, type FrameVoice } from '../../server/src/live/fleet-ticker.js';
import type { RoomFrame } from '../../server/src/live/frame-adapter.js';
import { PulseSchedule } from '../../server/src/live/pulse.schedule.js';
import { ScopeFrames } from '../../server/src/live/scope-frames.js';
import { WallGateway } from '../../server/src/live/wall.gateway.js';
import { readConfig } from '../../server/src/platform/config.js';
import { Fleet } from '../../server/src/positions/fleet.js';
import type { ClientsOrder, CountOrder } from './fan-out-clients.js';
import { readToken } from './read-token.js';
import { type BenchRow, cpuOf, inTurns, median } from './measure.js';

export const SCREENS = 1_000;
const TEAMS = 20_000;
const COUNTIES = 39;
const COUNTY_TEAMS = 513;
const STREET_TEAMS = 20;
/** One emit per update is measured on one update in a hundred: all of them would take minutes. */
const NAIVE_UPDATES = 200;
const HERE = { lng: 98.2888, lat: 39.7721 };

/** Rows 1 to 3 of the goals: the gateway's own way out, against a bare `ws` broadcast, JSON, and one emit per update. */
export async function benchFanOut(databaseUrl: string, isQuick: boolean): Promise<BenchRow[]> {
  const bench = await FanOut.open(databaseUrl);
  const repeats = isQuick ? 3 : 5;
  try {
    return [
      ...(await bench.frames(repeats)),
      await bench.city(3),
      await bench.mixed(repeats),
      ...bytesPerUnit(),
    ];
  } finally {
    await bench.close();
  }
}

/** A city's teams on the move, in the columns that the server keeps them in. */
export class City {
  readonly fleet = new Fleet();
  readonly teams = Array.from({ length: TEAMS }, (_, i) => `team-${i}`);
  tick = 0;
  at = Date.parse('2026-10-01T00:00:00.000Z');

  constructor() {
    this.teams.forEach((team, i) =>
      this.fleet.upsert({
        team,
        observedAt: this.at,
        receivedAt: this.at,
        lng: HERE.lng + (i % 200) * 0.002,
        lat: HERE.lat + Math.floor(i / 200) * 0.002,
        speedKmh: 30,
        headingDeg: i % 360,
      }),
    );
  }

  /** One second later; of the teams `share` have moved, about 8 m each. */
  move(share = 1): void {
    this.tick += 1;
    this.at += 1_000;
    for (let row = 0; row < TEAMS; row++) {
      if ((row * 7_919 + 13) % TEAMS >= share * TEAMS) continue;
      const turn = ((row % 360) * Math.PI) / 180 + this.tick / 40;
      this.fleet.lng[row] = (this.fleet.lng[row] ?? 0) + Math.sin(turn) * 1e-4;
      this.fleet.lat[row] = (this.fleet.lat[row] ?? 0) + Math.cos(turn) * 7.5e-5;
      this.fleet.headingDeg[row] = (row + this.tick * 3) % 360;
      this.fleet.speedKmh[row] = 28 + ((row + this.tick) % 5);
      this.fleet.observedAt[row] = this.at;
    }
  }

  moment(): { tick: number; at: number } {
    return { tick: this.tick, at: this.at };
  }

  /** What a JSON broadcast would tell of some rows; a short number for an id, to be fair to it. */
  objects(from: number, count: number): object[] {
    return Array.from({ length: count }, (_, i) => this.object(from + i));
  }

  object(row: number): object {
    const { lng, lat, headingDeg, speedKmh, observedAt } = this.fleet;
    return {
      id: row,
      lng: Math.round((lng[row] ?? 0) * 1e6) / 1e6,
      lat: Math.round((lat[row] ?? 0) * 1e6) / 1e6,
      headingDeg: headingDeg[row],
      speedKmh: speedKmh[row],
      observedAt: observedAt[row],
    };
  }
}

/** Internals of `ws` that its types leave out: a frame made once, and a socket that takes it as it is. */
const { Sender } = ws as unknown as {
  readonly Sender: { frame(data: Buffer, options: object): Buffer[] };
};
type Listener = ws.WebSocket & { readonly ['_sender']: { sendFrame(list: Buffer[]): void } };

export const gridHere = () => frameGrid(HERE.lng, HERE.lat);

export class FanOut {
  readonly #city = new City();

  private constructor(
    private readonly many: number,
    readonly voice: FrameVoice,
    readonly io: Namespace,
    private readonly bare: ws.WebSocketServer,
    readonly clients: ChildProcess,
    readonly close: () => Promise<void>,
  ) {}

  static async open(databaseUrl: string, many = SCREENS): Promise<FanOut> {
    // The gateway hands its voice to the ticker: here it is overheard, so that frames leave the way they always do.
    let voice: FrameVoice | undefined;
    const speak = FleetTicker.prototype.speakThrough;
    FleetTicker.prototype.speakThrough = function overheard(given) {
      voice = given;
      speak.call(this, given);
    };
    const app = await createApp(
      readConfig({ DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent', PORT: '0', JT808_PORT: '0' }),
    );
    await app.listen(0, '127.0.0.1');
    // Their own frames and pulses would be counted with ours.
    await app.get(FleetTicker).onApplicationShutdown();
    app.get(PulseSchedule).onApplicationShutdown();
    const gateway: unknown = app.get(WallGateway);
    const { io } = gateway as { io: Namespace };
    const bare = new ws.WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
    await once(bare, 'listening');
    const clients = fork(fileURLToPath(new URL('./fan-out-clients.js', import.meta.url)));
    const order: ClientsOrder = {
      many,
      app: (await app.getUrl()).replace('http', 'ws'),
      bare: `ws://127.0.0.1:${(bare.address() as AddressInfo).port}`,
      token: await readToken(databaseUrl),
    };
    clients.send(order);
    await once(clients, 'message');
    if (!voice) throw new Error('the gateway has no voice');
    return new FanOut(many, voice, io, bare, clients, async () => {
      clients.disconnect();
      await once(clients, 'exit');
      bare.close();
      await app.close();
    });
  }

  /** CPU of this process while `count` messages of a kind leave and arrive. */
  async #delivered(order: CountOrder, send: () => void | Promise<void>): Promise<number> {
    this.clients.send(order);
    await once(this.clients, 'message');
    await nextTurn();
    const counted = once(this.clients, 'message');
    return cpuOf(async () => {
      await send();
      await counted;
    });
  }

  /** Row 1: frames of one size to all, by the gateway and by a bare broadcast. */
  async frames(repeats: number): Promise<BenchRow[]> {
    await this.put(() => ['all']);
    const rows: BenchRow[] = [];
    for (const [kb, limit] of [
      [0.3, 1 / 0.8],
      [3, 1 / 0.8],
      [15, 1 / 0.9],
      [75, 1 / 0.9],
      [300, 1 / 0.9],
    ] as const) {
      const bytes = Buffer.alloc(kb * 1_000, 7);
      const times = kb < 10 ? 20 : kb < 100 ? 8 : 3;
      const each = async (kind: 'frame' | 'bare', send: () => void) => {
        let cpu = 0;
        for (let i = 0; i < times; i++) cpu += await this.#delivered({ kind, count: this.many }, send);
        return (cpu / times / this.many) * 1e6;
      };
      const frame = Sender.frame(bytes, { fin: true, rsv1: false, opcode: 2, mask: false, readOnly: false });
      const [ours = [], bare = []] = await inTurns(repeats, [
        () =>
          each('frame', () => {
            this.#say('all', { tick: 0, bytes, isKeyframe: true, whole: () => bytes });
          }),
        () => each('bare', () => this.#broadcast(frame)),
      ]);
      const ratio = median(ours) / median(bare);
      rows.push({
        name: `1 fan-out to ${this.many} screens, ${kb} kB: CPU per frame against bare ws`,
        goal: `≤ ${limit.toFixed(2)}`,
        measured: `${ratio.toFixed(2)} (${median(ours).toFixed(1)} against ${median(bare).toFixed(1)} µs)`,
        holds: ratio <= limit,
      });
    }
    return rows;
  }

  /** Row 2, everybody at the city with 20,000 moving teams. */
  async city(repeats: number): Promise<BenchRow> {
    await this.put(() => ['all']);
    const frames = new ScopeFrames('all', gridHere, this.#city.teams);
    const { many } = this;
    const updates = many * TEAMS;
    const [ours = [], json = [], naive = []] = await inTurns(repeats, [
      () =>
        this.#delivered({ kind: 'frame', count: many }, () => {
          this.#city.move();
          this.#tell('all', frames);
        }).then((cpu) => cpu / updates),
      () =>
        this.#delivered({ kind: 'text', count: many }, () => {
          this.io.to('positions:all').emit('bench', this.#city.objects(0, TEAMS));
        }).then((cpu) => cpu / updates),
      () =>
        this.#delivered({ kind: 'text', count: many * NAIVE_UPDATES }, async () => {
          for (let row = 0; row < NAIVE_UPDATES; row++) {
            this.io.to('positions:all').emit('bench', this.#city.object(row));
            await nextTurn();
          }
        }).then((cpu) => cpu / (many * NAIVE_UPDATES)),
    ]);
    return costRow(
      `2a CPU per delivered update, ${many} screens × ${TEAMS} teams`,
      { ours, json, naive },
      [2_500, 8],
    );
  }

  /** Row 2, a tenth at the city, three tenths at their counties, the rest each at a street. */
  async mixed(repeats: number): Promise<BenchRow> {
    const { many } = this;
    const [atCity, atCounty] = [Math.round(many * 0.1), Math.round(many * 0.3)];
    const scopeOf = (i: number): string => {
      if (i < atCity) return 'all';
      return i < atCity + atCounty ? `county-${i % COUNTIES}` : `street-${i}`;
    };
    await this.put((i) => [scopeOf(i)]);
    const scopes = new Map<string, { from: number; count: number; screens: number; frames: ScopeFrames }>();
    for (let i = 0; i < many; i++) {
      const scope = scopeOf(i);
      const held = scopes.get(scope);
      if (held) {
        held.screens += 1;
        continue;
      }
      const [from, count] =
        scope === 'all'
          ? [0, TEAMS]
          : scope.startsWith('county')
            ? [Math.min((i % COUNTIES) * COUNTY_TEAMS, TEAMS - COUNTY_TEAMS), COUNTY_TEAMS]
            : [(i * STREET_TEAMS) % (TEAMS - STREET_TEAMS), STREET_TEAMS];
      const teams = this.#city.teams.slice(from, from + count);
      scopes.set(scope, { from, count, screens: 1, frames: new ScopeFrames(scope, gridHere, teams) });
    }
    const updates = [...scopes.values()].reduce((sum, { count, screens }) => sum + count * screens, 0);
    const watching = (row: number): string[] =>
      [...scopes].filter(([, { from, count }]) => row >= from && row < from + count).map(([scope]) => scope);
    const one = Array.from({ length: NAIVE_UPDATES }, (_, i) => {
      const row = (i * 97) % TEAMS;
      const rooms = watching(row);
      return {
        row,
        rooms: rooms.map((scope) => `positions:${scope}`),
        screens: rooms.reduce((sum, scope) => sum + (scopes.get(scope)?.screens ?? 0), 0),
      };
    });
    const told = one.reduce((sum, { screens }) => sum + screens, 0);
    const [ours = [], json = [], naive = []] = await inTurns(repeats, [
      () =>
        this.#delivered({ kind: 'frame', count: many }, () => {
          this.#city.move();
          for (const [scope, { frames }] of scopes) this.#tell(scope, frames);
        }).then((cpu) => cpu / updates),
      () =>
        this.#delivered({ kind: 'text', count: many }, () => {
          for (const [scope, { from, count }] of scopes)
            this.io.to(`positions:${scope}`).emit('bench', this.#city.objects(from, count));
        }).then((cpu) => cpu / updates),
      () =>
        this.#delivered({ kind: 'text', count: told }, async () => {
          for (const { row, rooms } of one) {
            this.io.to(rooms).emit('bench', this.#city.object(row));
            await nextTurn();
          }
        }).then((cpu) => cpu / told),
    ]);
    return costRow(`2b the same with mixed scopes, ${scopes.size} of them`, { ours, json, naive }, [400, 3]);
  }

  #tell(scope: string, frames: ScopeFrames): void {
    this.#say(scope, frames.frame(this.#city.fleet, this.#city.moment()));
  }

  #say(scope: string, frame: RoomFrame): void {
    for (const _ of this.voice.frame(scope, frame));
  }

  #broadcast(frame: Buffer[]): void {
    for (const client of this.bare.clients) (client as Listener)['_sender'].sendFrame(frame);
  }

  /** Puts the n-th screen into the rooms of these scopes' positions, and out of every other. */
  async put(scopesOf: (n: number) => string[]): Promise<void> {
    let n = 0;
    for (const socket of this.io.sockets.values()) {
      for (const room of [...socket.rooms].filter((name) => name !== socket.id)) await socket.leave(room);
      await socket.join(scopesOf(n++).map((scope) => `positions:${scope}`));
    }
  }
}

function costRow(
  name: string,
  { ours, json, naive }: Record<'ours' | 'json' | 'naive', number[]>,
  [wantedNaive, wantedJson]: readonly [number, number],
): BenchRow {
  const [one, room] = [median(naive) / median(ours), median(json) / median(ours)];
  const ns = (values: number[]) => (median(values) * 1e9).toFixed(1);
  return {
    name,
    goal: `≤ 1/${wantedNaive} of one emit per update, ≤ 1/${wantedJson} of a JSON broadcast`,
    measured: `1/${Math.round(one)}, 1/${room.toFixed(1)} (${ns(ours)} against ${ns(naive)} and ${ns(json)} ns)`,
    holds: one >= wantedNaive && room >= wantedJson,
  };
}

/** Row 3: bytes of a delta per team against JSON objects, and how far a decoded place is off after an hour of deltas. */
function bytesPerUnit(): BenchRow[] {
  const rows: BenchRow[] = [];
  for (const [share, goal, what] of [
    [1, 20, 'all moving'],
    [0.4, 40, '60 % parked'],
  ] as const) {
    const city = new City();
    const frames = new ScopeFrames('all', gridHere, city.teams);
    frames.frame(city.fleet, city.moment());
    let [delta, ticks] = [0, 0];
    for (let i = 0; i < 20; i++) {
      city.move(share);
      const { bytes, isKeyframe } = frames.frame(city.fleet, city.moment());
      if (isKeyframe) continue;
      delta += bytes.byteLength;
      ticks += 1;
    }
    const json = Buffer.byteLength(JSON.stringify(city.objects(0, TEAMS))) / TEAMS;
    const ours = delta / ticks / TEAMS;
    rows.push({
      name: `3 bytes per team and frame, ${what}, against JSON objects`,
      goal: `≤ 1/${goal}`,
      measured: `1/${(json / ours).toFixed(1)} (${ours.toFixed(2)} against ${json.toFixed(1)} B)`,
      holds: json / ours >= goal,
    });
  }
  return [...rows, driftAfterAnHour()];
}

function driftAfterAnHour(): BenchRow {
  const city = new City();
  const some = city.teams.slice(0, 500);
  const frames = new ScopeFrames('all', gridHere, some);
  const decoder = new FrameDecoder('all');
  decoder.useRoster(frames.roster.ids);
  const read = () => {
    const { bytes } = frames.frame(city.fleet, city.moment());
    const result = decoder.apply(bytes);
    if (result !== 'ok') throw new Error(`frame of tick ${city.tick}: ${result}`);
  };
  const METRES = 111_195;
  const farthest = (): number => {
    let worst = 0;
    for (let slot = 0; slot < some.length; slot++) {
      const row = city.fleet.rowOf(decoder.teamOf(slot) ?? '') ?? -1;
      const [lng, lat] = [city.fleet.lng[row] ?? NaN, city.fleet.lat[row] ?? NaN];
      const east = ((decoder.lng[slot] ?? NaN) - lng) * METRES * Math.cos((HERE.lat * Math.PI) / 180);
      worst = Math.max(worst, Math.hypot(east, ((decoder.lat[slot] ?? NaN) - lat) * METRES));
    }
    return worst;
  };
  read();
  let worst = 0;
  for (let second = 0; second < 3_600; second++) {
    city.move();
    read();
    worst = Math.max(worst, farthest());
  }
  return {
    name: '3 a decoded place in any second of an hour of frames, farthest of 500 teams',
    goal: '≤ 0.25 m',
    measured: `${worst.toFixed(3)} m`,
    holds: worst <= 0.25,
  };
}
