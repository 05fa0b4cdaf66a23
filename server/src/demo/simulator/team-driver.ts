import { type IncidentId, type LngLat, METRES_PER_DEGREE, type Mode } from '@app/shared';
import { beatAround } from './beat.js';
import { advance, type Course, isAtEnd, type Pace, placeOf, setOut, type Way, wayByAir } from './course.js';
import { BEAT_RADIUS_M, TOP_KMH } from './pace.js';
import type { Random } from './random.js';
import { type Ground, spotOf, standAt, wayByRoad } from './road-course.js';

/** Where a team should be: on its loop, at an incident, at home, or where it stands. */
export type Goal =
  | { readonly kind: 'patrol' | 'home' | 'stand' }
  | { readonly kind: 'errand'; readonly incident: IncidentId; readonly place: LngLat };

export interface Sighting {
  readonly lng: number;
  readonly lat: number;
  readonly speedKmh: number;
  readonly headingDeg: number;
}

/** Moves one team. What it does follows from its goal alone; time comes in as seconds. */
export class TeamDriver {
  #goal: Goal = { kind: 'stand' };
  #course: Course;
  #dwellS = 0;
  #stop = 0;
  #drift: [eastM: number, northM: number] = [0, 0];
  readonly #stops: readonly LngLat[];
  readonly #share: number;

  constructor(
    private readonly ground: Ground,
    readonly mode: Mode,
    private readonly home: LngLat,
    last: LngLat | null,
    private readonly random: Random,
  ) {
    this.#stops =
      BEAT_RADIUS_M[mode] === 0 ? [home] : beatAround(ground.graph, home, BEAT_RADIUS_M[mode], random);
    this.#share = random.between(0.88, 1);
    this.#stop = random.below(this.#stops.length);
    const start = last ?? random.pick(this.#stops);
    this.#course = setOut(this.#flies ? wayByAir(start, start) : this.#standAt(start), this.#pace);
  }

  get place(): LngLat {
    return placeOf(this.#course).place;
  }

  get isMoving(): boolean {
    return !isAtEnd(this.#course);
  }

  /** Whether it stands at the incident of its errand. */
  hasReached(incident: IncidentId): boolean {
    return this.#goal.kind === 'errand' && this.#goal.incident === incident && !this.isMoving;
  }

  /** Takes a goal; the same goal again changes nothing. */
  pursue(goal: Goal): void {
    if (isSame(this.#goal, goal)) return;
    this.#goal = goal;
    this.#dwellS = 0;
    if (goal.kind === 'errand') this.#headFor(goal.place);
    else if (goal.kind === 'home') this.#headFor(this.home);
    else if (goal.kind === 'stand') this.#halt();
    else this.#headFor(this.#nextStop());
  }

  tick(seconds: number): void {
    this.#wander(seconds);
    if (this.isMoving) {
      this.#course = advance(this.#course, seconds);
      if (!this.isMoving && this.#goal.kind === 'patrol') this.#dwellS = this.random.between(20, 150);
    } else if (this.#goal.kind === 'patrol' && this.#stops.length > 1) {
      this.#dwellS -= seconds;
      if (this.#dwellS <= 0) this.#headFor(this.#nextStop());
    }
  }

  /** What its device would tell: the place with a little satellite noise. */
  sight(): Sighting {
    const { place, headingDeg } = placeOf(this.#course);
    const [eastM, northM] = this.mode === 'video' ? [0, 0] : this.#drift;
    const perLng = METRES_PER_DEGREE * Math.cos((place[1] * Math.PI) / 180);
    return {
      lng: round(place[0] + eastM / perLng, 6),
      lat: round(place[1] + northM / METRES_PER_DEGREE, 6),
      speedKmh: round(this.#course.speedMs * 3.6, 1),
      headingDeg: Math.round(headingDeg) % 360,
    };
  }

  get #flies(): boolean {
    return this.mode === 'drone' || this.mode === 'video';
  }

  get #pace(): Pace {
    const top = TOP_KMH[this.mode];
    return { topKmh: this.#goal.kind === 'errand' ? top.answer : top.patrol, share: this.#share };
  }

  #nextStop(): LngLat {
    this.#stop = (this.#stop + 1) % this.#stops.length;
    return this.#stops[this.#stop] ?? this.home;
  }

  #headFor(goal: LngLat): void {
    if (this.mode === 'video') return;
    const way = this.#flies ? wayByAir(this.place, goal) : this.#byRoad(goal);
    const isSameWay = way.legs[0]?.headingDeg === placeOf(this.#course).headingDeg;
    this.#course = setOut(way, this.#pace, isSameWay ? this.#course.speedMs : 0);
  }

  #byRoad(goal: LngLat): Way {
    const at = spotOf(this.#course) ?? this.ground.nearest.at(this.place);
    return wayByRoad(this.ground, at, goal, this.#pace.topKmh) ?? this.#standAt(this.place);
  }

  /** Stops at the end of the stretch it is on. */
  #halt(): void {
    const { legs, leg, alongM, speedMs } = this.#course;
    const here = legs[leg];
    if (!here || leg >= legs.length - 1) return;
    this.#course = setOut({ legs: [here], alongM, endM: here.lengthM }, this.#pace, speedMs);
  }

  /** A way of no length on the road nearest to a place. */
  #standAt(place: LngLat): Way {
    const { graph, nearest } = this.ground;
    return standAt(graph, nearest.at(place)) ?? wayByAir(place, place);
  }

  /** Noise that wanders as a receiver's does: an autoregressive walk with a spread of about 1.5 m. */
  #wander(seconds: number): void {
    const keep = Math.exp(-seconds / 20);
    const spread = 1.5 * Math.sqrt(1 - keep * keep);
    this.#drift = [
      this.#drift[0] * keep + spread * this.random.normal(),
      this.#drift[1] * keep + spread * this.random.normal(),
    ];
  }
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

const isSame = (a: Goal, b: Goal): boolean =>
  a.kind === b.kind && (a.kind !== 'errand' || (b.kind === 'errand' && a.incident === b.incident));
