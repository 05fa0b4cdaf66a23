import { setTimeout as pause } from 'node:timers/promises';
import type { Centre, FixesAnswer, Incident, IncidentAction, NewDevice, Team } from '@app/shared';
import { type Random } from '../../server/src/demo/simulator/random.js';
import { Person } from '../support/app.js';
import type { Write } from './history.js';
import type { Stage } from './stage.js';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

interface Asked<T> {
  readonly fate: Write['fate'];
  readonly body: T;
}

/** Whoever writes, and on what. */
export interface Cast {
  readonly duty: Person;
  readonly admin: Person;
  readonly centres: readonly Centre[];
  readonly teams: readonly Team[];
  readonly devices: readonly NewDevice[];
}

const REPORTERS = 2;
const STEPPERS = 3;
const FIXERS = 2;
/** An unanswered request is mostly sent again; sometimes its fate is left unknown. */
const GIVES_UP = 0.1;
const SLEEPS = 0.15;
const FIXES = 20;
/** Fixes of long ago: the simulator drives every team that has a device, and two places at once would be a jump. */
export const FIXES_FROM_MS = 20 * 3_600_000;
/** From a step back to the next one: which a patrol would take first. */
const STEPS: readonly IncidentAction[] = [
  'accept',
  'dispatch',
  'acknowledge',
  'depart',
  'arrive',
  'clear',
  'complete',
  'close',
];

/**
 * Load through the public doors, at whichever server is up: reports, steps, status of teams and fixes, each sent again
 * with its key while nobody answers, and all that was asked and answered.
 */
export class Writers {
  readonly writes: Write[] = [];
  /** Incidents that nobody touches, so that their clocks run out. */
  readonly sleeping: string[] = [];
  /** Answers that said `internal`: bugs, whatever the fault was. */
  readonly bugs: string[] = [];
  readonly #open: Incident[] = [];
  readonly #stop = new AbortController();
  #over: Promise<unknown> = Promise.resolve();
  #number = 0;

  constructor(
    private readonly stage: Stage,
    private readonly cast: Cast,
    private readonly random: Random,
  ) {}

  start(): void {
    const loops = [
      ...Array.from({ length: REPORTERS }, () => () => this.#report()),
      ...Array.from({ length: STEPPERS }, () => () => this.#step()),
      () => this.#changeTeam(),
      ...this.cast.devices.slice(0, FIXERS).map((device) => this.#fixer(device)),
    ];
    this.#over = Promise.all(loops.map((loop) => this.#loop(loop)));
  }

  /** Nothing new; resolves when everything asked is answered or given up. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#over;
  }

  /** An open incident that can take such a step, and that the caller alone will step from now on. */
  takeOpen(action: IncidentAction): Incident | undefined {
    const index = this.#open.findIndex(({ actions }) => actions.includes(action));
    return index < 0 ? undefined : this.#open.splice(index, 1)[0];
  }

  async #loop(work: () => Promise<void>): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await work();
      await pause(this.random.between(20, 180));
    }
  }

  async #report(): Promise<void> {
    const centre = this.random.pick(this.cast.centres);
    const [lng, lat] = centre.anchor ?? [98.2888, 39.7721];
    const key = this.#key('report');
    const report = { category: 'traffic', severity: 3, lng, lat, source: 'phone', externalId: key };
    const wish = { door: 'report', key, kind: 'incident', id: null, version: 1 } as const;
    const { fate, body } = await this.write<Incident>(wish, (by) =>
      by.post('/api/incidents', report, { 'idempotency-key': key }),
    );
    if (fate !== 'acknowledged') return;
    if (this.random.next() < SLEEPS) this.sleeping.push(body.id);
    else this.#open.push(body);
  }

  async #step(): Promise<void> {
    const incident = this.#open.shift();
    if (!incident) return;
    const moved = await this.step(incident);
    if (moved && moved.actions.length > 0) this.#open.push(moved);
  }

  /** Takes an incident one step on; what it is then, or nothing when it cannot go on. */
  async step(incident: Incident): Promise<Incident | undefined> {
    const { id, version, assignments } = incident;
    const busy = assignments.find(({ actions }) => STEPS.some((action) => actions.includes(action)));
    const ready = busy && this.random.next() < 0.8 ? busy.actions : incident.actions;
    const isQuick = incident.status === 'accepted' && this.random.next() < 0.5;
    const action = STEPS.find((one) => ready.includes(one) && !(isQuick && one === 'dispatch'));
    if (!action) return undefined;
    const key = this.#key(action);
    const ofTeam = busy && ready === busy.actions ? { team: busy.team } : {};
    const sent = action === 'dispatch' ? { teams: [this.random.pick(this.cast.teams).id] } : ofTeam;
    const wish = { door: 'step', key, kind: 'incident', id, version: version + 1 } as const;
    const { fate, body } = await this.write<Incident>(wish, (by) =>
      by.post(
        `/api/incidents/${id}/${action}`,
        { version, externalId: key, ...sent },
        {
          'idempotency-key': key,
        },
      ),
    );
    if (fate === 'acknowledged') return body;
    // A team that is busy elsewhere is no reason to give up the incident.
    return fate === 'refused' && action === 'dispatch' ? incident : undefined;
  }

  async #changeTeam(): Promise<void> {
    const { id } = this.random.pick(this.cast.teams);
    const { fate, body } = await this.#ask<Team>((by) => by.get(`/api/teams/${id}`));
    if (fate !== 'acknowledged' || body.incidents.length > 0) return;
    const status = body.status === 'patrolling' ? 'available' : 'patrolling';
    const { version } = body;
    const wish = { door: 'team', key: this.#key('team'), kind: 'team', id, version: version + 1 } as const;
    await this.write<Team>(
      wish,
      (by) => by.ask('PATCH', `/api/teams/${id}`, { version, status }),
      // Without a key a second try would be another change.
      { isOnce: true },
    );
  }

  /** Batches of fixes of one device; unanswered ones are sent again. */
  #fixer({ id: device }: NewDevice): () => Promise<void> {
    let at = Date.now() - FIXES_FROM_MS;
    return async () => {
      const times = Array.from({ length: FIXES }, () => (at += 250));
      const batch = times.map((ms) => ({ device, at: new Date(ms).toISOString(), lng: 98.28, lat: 39.77 }));
      const askedAt = Date.now();
      const { fate, body } = await this.#insist<FixesAnswer>((by) => by.post('/api/positions', batch));
      const rejected = new Set(
        fate === 'acknowledged' ? [...body.rejected, ...body.flagged].map(({ index }) => index) : [],
      );
      const answeredAt = fate === 'unknown' ? null : Date.now();
      times.forEach((ms, index) =>
        this.writes.push({
          at: askedAt,
          door: 'fix',
          key: `${device}@${ms}`,
          kind: 'device',
          id: device,
          version: null,
          fate: rejected.has(index) ? 'refused' : fate,
          answeredAt,
        }),
      );
    };
  }

  /** Asks until somebody answers, and keeps what came of it. */
  async write<T extends { id: string; version: number }>(
    wish: Pick<Write, 'door' | 'key' | 'kind' | 'id' | 'version'>,
    send: Send<T>,
    { isOnce = false } = {},
  ): Promise<Asked<T>> {
    const write: Mutable<Write> = { ...wish, at: Date.now(), fate: 'unknown', answeredAt: null };
    this.writes.push(write);
    const asked = await (isOnce ? this.#ask(send) : this.#insist(send));
    const { fate, body } = asked;
    write.fate = fate;
    if (fate !== 'unknown') write.answeredAt = Date.now();
    if (fate === 'acknowledged') [write.id, write.version] = [body.id, body.version];
    if (fate === 'refused') write.version = null;
    return asked;
  }

  /** Asks again while nobody answers. Who is refused then does not know what became of the first time. */
  async #insist<T>(send: Send<T>): Promise<Asked<T>> {
    for (let isFirst = true; ; isFirst = false) {
      const asked = await this.#ask(send);
      if (asked.fate === 'refused' && !isFirst) return { ...asked, fate: 'unknown' };
      if (asked.fate !== 'unknown' || this.random.next() < GIVES_UP) return asked;
    }
  }

  async #ask<T>(send: Send<T>): Promise<Asked<T>> {
    const { url } = this.stage.someServer();
    try {
      const { status, body } = await send(new Person(url, this.cast.duty.headers));
      if (status === 500) this.bugs.push(JSON.stringify(body));
      const fate = status < 300 ? 'acknowledged' : status < 500 ? 'refused' : 'unknown';
      if (fate === 'unknown') await pause(100);
      return { fate, body };
    } catch {
      await pause(100);
      return { fate: 'unknown', body: {} as T };
    }
  }

  #key(what: string): string {
    return `${what}-${++this.#number}`;
  }
}

type Send<T> = (by: Person) => Promise<{ readonly status: number; readonly body: T }>;
