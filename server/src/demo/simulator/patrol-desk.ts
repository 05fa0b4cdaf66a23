import {
  Beat,
  Checkpoint,
  DAILY_LEVEL,
  type Id,
  type LngLat,
  type PatrolShiftCard,
  type TeamId,
  toInstant,
  toMs,
  VisitBoard,
  VisitPlan,
} from '@app/shared';
import { z } from 'zod';
import type { Api } from '../client/api.js';
import type { CityPicture } from './city-picture.js';
import type { Fleet } from './fleet.js';
import type { Random } from './random.js';
import type { RoadGraph } from './road-graph.js';
import { type OwedStop, stopsOf } from './rounds.js';

const LOOK_MS = 30_000;
/** What was owed before now can still be made up for; what comes later is asked for again. */
const AROUND_MS = 4 * 3_600_000;
/** How long before its end a crew hands over. */
const HAND_MS = 10 * 60_000;
const NOTES = [
  '本班必巡点已按计划走完，车况正常，油量过半。',
  '路面平稳，无遗留事项；对讲机电池已更换。',
  '广场周边人流较大，请下一班注意疏导。',
];

const List = <T>(item: z.ZodType<T>) => z.object({ items: z.array(item) });

/** The crews' side of a patrol: what each team owes by its plan, where it drives meanwhile, and the handover at its end. */
export class PatrolDesk {
  readonly #handed = new Set<Id>();
  #lookedAt = 0;
  #isLooking = false;

  constructor(
    private readonly api: Api,
    private readonly picture: CityPicture,
    private readonly fleet: Fleet,
    private readonly city: { readonly graph: RoadGraph; readonly random: Random },
  ) {}

  tick(now: number): void {
    for (const shift of this.picture.shifts.values()) this.#relieve(shift, now);
    if (this.#isLooking || now - this.#lookedAt < LOOK_MS) return;
    this.#isLooking = true;
    this.#lookedAt = now;
    void this.#look(now).finally(() => (this.#isLooking = false));
  }

  /** Plans and owed visits, read again: they change while a shift is on. What cannot be read now is read later. */
  async #look(now: number): Promise<void> {
    try {
      const { items: plans } = await this.api.get('/patrol-plans', List(VisitPlan));
      const { items: beats } = await this.api.get('/beats', List(Beat));
      const { items: checkpoints } = await this.api.get('/checkpoints', List(Checkpoint));
      for (const plan of plans)
        if (plan.level === DAILY_LEVEL)
          this.fleet.assign(plan.team, `${plan.id} ${plan.version}`, () =>
            stopsOf(plan, { beats, checkpoints }, this.city.graph, this.city.random.fork(plan.id)),
          );
      this.fleet.owe(await this.#owed(now, new Map(checkpoints.map((point) => [point.id, point]))));
    } catch {
      // The next look is soon enough.
    }
  }

  async #owed(now: number, points: ReadonlyMap<Id, Checkpoint>): Promise<Map<TeamId, OwedStop[]>> {
    const span = { from: toInstant(now - AROUND_MS), to: toInstant(now + AROUND_MS) };
    const { items } = await this.api.get(`/visits?${new URLSearchParams(span).toString()}`, VisitBoard);
    const owed = new Map<TeamId, OwedStop[]>();
    for (const { id, team, checkpoint, state, dwellS, windowFrom, windowTo } of items) {
      const point = points.get(checkpoint);
      if (state !== 'due' || !point) continue;
      const place: LngLat = [point.lng, point.lat];
      const stop = { id, place, dwellS, from: toMs(windowFrom), to: toMs(windowTo) };
      owed.set(team, [...(owed.get(team) ?? []), stop]);
    }
    return owed;
  }

  /** A crew hands over before its end, with a word to the one that comes; the server's clock ends it. */
  #relieve({ id, team, state, endsAt, version }: PatrolShiftCard, now: number): void {
    if (this.picture.drive?.driver !== 'simulator' || !this.fleet.has(team)) return;
    const isTime = state === 'on' && now > toMs(endsAt) - HAND_MS;
    if (!isTime || this.#handed.has(id)) return;
    this.#handed.add(id);
    const note = this.city.random.pick(NOTES);
    const ask = { method: 'POST', path: `/shifts/${id}/hand`, body: { version, note }, tries: 1 } as const;
    // Whoever was faster has handed over, or ended it.
    void this.api.ask(ask, z.unknown()).catch(() => undefined);
  }
}
