import { toInstant } from '@app/shared';
import type { Api } from '../client/api.js';
import { pause } from '../client/backoff.js';
import { Refused } from '../client/refused.js';
import type { Task } from './plan.js';
import type { ReplayState } from './replay-state.js';
import { Answered, toldAt } from './told.js';

/** Requests on their way or waiting for their turn. */
const AT_ONCE = 48;
const STALE_TRIES = 3;

export interface Pacing {
  /** Times real time, or as fast as the answers come. */
  readonly speed: number | 'max';
}

/** Sends the tasks of a plan: in order within a call and within a unit, side by side otherwise. */
export class Sender {
  readonly #versions = new Map<string, number>();
  /** Incidents of calls that an earlier run had begun, as they stood when this run came to them. */
  readonly #found = new Map<string, Answered>();
  readonly #flagged = new Set<string>();
  readonly #last = new Map<string, Promise<void>>();
  #underWay = 0;
  #free: (() => void) | null = null;

  constructor(
    private readonly api: Api,
    private readonly state: ReplayState,
    private readonly stop: AbortSignal,
    private readonly rejected: (task: Task, error: Refused) => void,
    private readonly settled: () => void = () => undefined,
  ) {}

  /** Sends all that no earlier run has; ends early, with nothing half done, when told to stop. */
  async run(tasks: readonly Task[], { speed }: Pacing): Promise<void> {
    const first = tasks.find((_, index) => !this.state.isDone(index));
    const [startedAt, firstAt] = [Date.now(), first?.at ?? 0];
    for (const [index, task] of tasks.entries()) {
      if (this.state.isDone(index)) continue;
      if (speed !== 'max') await pause((task.at - firstAt) / speed - (Date.now() - startedAt), this.stop);
      while (this.#underWay >= AT_ONCE && !this.stop.aborted)
        await new Promise<void>((free) => (this.#free = free));
      if (this.stop.aborted) break;
      this.#start(task, index);
    }
    await Promise.all(this.#last.values());
  }

  #start(task: Task, index: number): void {
    this.#underWay += 1;
    const keys = [`call ${task.call}`, ...(task.unit === null ? [] : [`unit ${task.unit}`])];
    const before = Promise.all(keys.map((key) => this.#last.get(key) ?? Promise.resolve()));
    const done = before
      .then(() => this.#settle(task, index))
      .catch(() => undefined)
      .finally(() => {
        this.#underWay -= 1;
        this.#free?.();
      });
    for (const key of keys) this.#last.set(key, done);
  }

  async #settle(task: Task, index: number): Promise<void> {
    if (this.stop.aborted) return;
    const { counts } = this.state.kept;
    try {
      await this.#send(task);
      counts.accepted += 1;
    } catch (error) {
      if (!(error instanceof Refused) || (error.isPassing && error.code !== 'internal')) throw error;
      counts.rejected[error.code] = (counts.rejected[error.code] ?? 0) + 1;
      this.rejected(task, error);
    }
    counts.sent += 1;
    this.state.finish(index);
    this.settled();
  }

  async #send(task: Task): Promise<void> {
    if (task.row?.report) return this.#report(task);
    const id = this.state.kept.incidents[task.call];
    if (id === undefined) throw new Refused('incident.unknown', 404, { call: task.call });
    if (!this.#versions.has(task.call))
      this.#meet(task.call, await this.api.get(`/incidents/${id}`, Answered));
    const found = this.#found.get(task.call);
    if (found && toldAt(found, task.step, task.unit) !== undefined) return;
    await this.#step(task, id);
  }

  async #report({ call, row, at, externalId }: Task): Promise<void> {
    if (!row?.report) return;
    const { place, label, text, category, severity, source } = row.report;
    const body = {
      category,
      severity,
      lng: place[0],
      lat: place[1],
      ...(label === null ? {} : { place: label }),
      ...(text === '' ? {} : { description: text }),
      source,
      occurredAt: toInstant(at),
      externalId,
    };
    const incident = await this.api.post('/incidents', body, Answered);
    this.state.kept.incidents[call] = incident.id;
    this.#meet(call, incident);
  }

  /** Takes a step on the version that the last answer had; somebody else's step in between is no refusal. */
  async #step({ call, step, at, unit, externalId, derived }: Task, id: string): Promise<void> {
    const team = unit === null ? undefined : this.state.kept.teams[unit];
    if (unit !== null && team === undefined) throw new Refused('team.unknown', 404, { unit });
    for (let attempt = 1; ; attempt++) {
      const body = {
        version: this.#versions.get(call),
        ...(team === undefined ? {} : step === 'dispatch' ? { teams: [team] } : { team }),
        ...(derived ? { derived } : {}),
        occurredAt: toInstant(at),
        externalId,
      };
      try {
        const incident = await this.api.post(`/incidents/${id}/${step}`, body, Answered);
        this.#versions.set(call, incident.version);
        this.#countFlags(call, incident);
        return;
      } catch (error) {
        const current =
          error instanceof Refused && error.code === 'incident.stale' ? error.detail['current'] : null;
        const newer = Answered.safeParse(current);
        if (!newer.success || attempt === STALE_TRIES) throw error;
        this.#versions.set(call, newer.data.version);
      }
    }
  }

  /** An incident of an earlier run says itself which steps it has been told. */
  #meet(call: string, incident: Answered): void {
    this.#versions.set(call, incident.version);
    if (incident.version === 1) return;
    this.#found.set(call, incident);
    for (const { callSign, flags } of incident.assignments)
      for (const flag of flags) this.#flagged.add(`${call} ${callSign} ${flag}`);
  }

  #countFlags(call: string, { assignments }: Answered): void {
    const { flags: counted } = this.state.kept.counts;
    for (const { callSign, flags } of assignments)
      for (const flag of flags) {
        const key = `${call} ${callSign} ${flag}`;
        if (this.#flagged.has(key)) continue;
        this.#flagged.add(key);
        counted[flag] = (counted[flag] ?? 0) + 1;
      }
  }
}
