import { type Id, type IncidentId, type LngLat, METRES_PER_DEGREE, type Mode } from '@app/shared';
import { beatAround } from './beat.js';
import { advance, type Course, isAtEnd, type Pace, placeOf, setOut, type Way, wayByAir } from './course.js';
import { BEAT_RADIUS_M, TOP_KMH } from './pace.js';
import type { Random } from './random.js';
import { type Ground, spotOf, standAt, wayByRoad } from './road-course.js';

// Locals: in the realm of a test runner every look at a global costs more than the arithmetic.
const { cos, exp, max, min, PI, round, sqrt } = Math;

/** Where a team should be: on its loop, at a checkpoint, at an incident, at home, or where it stands. */
export type Goal =
  | { readonly kind: 'patrol' | 'home' | 'stand' }
  | { readonly kind: 'visit'; readonly visit: Id; readonly place: LngLat; readonly dwellS: number }
  | { readonly kind: 'errand'; readonly incident: IncidentId; readonly place: LngLat };

export interface Sighting {
  readonly lng: number;
  readonly lat: number;
  readonly speedKmh: number;
  readonly headingDeg: number;
}

/** A light, a crossing, somebody who asks the way: how often a second, and for how long. */
const PAUSE_SHARE = 0.006;
const PAUSE_S = [4, 35] as const;
/** A pace wanders around its mean within half a minute. */
const PACE_S = 25;
const PACE_SPREAD = 0.14;
/** A receiver's noise wanders as long, by so many metres. */
const NOISE_S = 20;
const NOISE_M = 1.8;

/** Moves one team. What it does follows from its goal alone; time comes in as seconds. */
export class TeamDriver {
  #goal: Goal = { kind: 'stand' };
  #course: Course;
  #dwellS = 0;
  #stop = 0;
  #pauseS = 0;
  #uneven = 0;
  #drift: [eastM: number, northM: number] = [0, 0];
  #stops: readonly LngLat[];
  #visited: Id | null = null;
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

  /** The checkpoint at which it has stayed for as long as it wanted; until its next goal. */
  get visited(): Id | null {
    return this.#visited;
  }

  /** Gives it the stops of a beat in the place of those around its home. */
  assign(stops: readonly LngLat[]): void {
    if (stops.length === 0) return;
    this.#stops = stops;
    this.#stop = this.random.below(stops.length);
    if (this.#goal.kind === 'patrol') this.#headFor(this.#nextStop());
  }

  /** Takes a goal; the same goal again changes nothing. */
  pursue(goal: Goal): void {
    if (isSame(this.#goal, goal)) return;
    this.#goal = goal;
    this.#dwellS = goal.kind === 'visit' ? goal.dwellS + this.random.between(25, 110) : 0;
    this.#visited = null;
    if (goal.kind === 'errand' || goal.kind === 'visit') this.#headFor(goal.place);
    else if (goal.kind === 'home') this.#headFor(this.home);
    else if (goal.kind === 'stand') this.#halt();
    else this.#headFor(this.#nextStop());
  }

  tick(seconds: number): void {
    this.#wander(seconds);
    const rolling = this.#rollingS(seconds);
    if (this.isMoving) {
      if (rolling <= 0) return;
      const haste = min(1, max(0.45, 0.86 + this.#uneven));
      this.#course = advance(this.#course, rolling, this.#goal.kind === 'errand' ? 1 : haste);
      if (!this.isMoving && this.#goal.kind === 'patrol') this.#dwellS = this.random.between(20, 150);
    } else if (this.#goal.kind === 'visit') {
      this.#dwellS -= seconds;
      if (this.#dwellS <= 0) this.#visited = this.#goal.visit;
    } else if (this.#goal.kind === 'patrol' && this.#stops.length > 1) {
      this.#dwellS -= seconds;
      if (this.#dwellS <= 0) this.#headFor(this.#nextStop());
    }
  }

  /** What its device would tell: the place with a little satellite noise. */
  sight(): Sighting {
    const { place, headingDeg } = placeOf(this.#course);
    const [eastM, northM] = this.mode === 'video' ? [0, 0] : this.#drift;
    const perLng = METRES_PER_DEGREE * cos((place[1] * PI) / 180);
    return {
      lng: rounded(place[0] + eastM / perLng, 6),
      lat: rounded(place[1] + northM / METRES_PER_DEGREE, 6),
      speedKmh: rounded(this.#course.speedMs * 3.6, 1),
      headingDeg: round(headingDeg) % 360,
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

  /** How much of some seconds it rolls: the rest it waits. Nobody waits on the way to an incident. */
  #rollingS(seconds: number): number {
    if (this.#goal.kind === 'errand' || !this.isMoving || this.#flies) {
      this.#pauseS = 0;
      return seconds;
    }
    if (this.#pauseS <= 0 && this.random.next() < PAUSE_SHARE * seconds)
      this.#pauseS = this.random.between(...PAUSE_S);
    const waited = min(seconds, this.#pauseS);
    this.#pauseS -= waited;
    if (waited > 0) this.#course = { ...this.#course, speedMs: 0 };
    return seconds - waited;
  }

  /** Noise that wanders as a receiver's does, and a pace that does as a driver's: autoregressive walks. */
  #wander(seconds: number): void {
    const walk = (value: number, spanS: number, spread: number) => {
      const keep = exp(-seconds / spanS);
      return value * keep + spread * sqrt(1 - keep * keep) * this.random.normal();
    };
    this.#drift = [walk(this.#drift[0], NOISE_S, NOISE_M), walk(this.#drift[1], NOISE_S, NOISE_M)];
    this.#uneven = walk(this.#uneven, PACE_S, PACE_SPREAD);
  }
}

const rounded = (value: number, digits: number): number => round(value * 10 ** digits) / 10 ** digits;

function isSame(a: Goal, b: Goal): boolean {
  if (a.kind === 'errand') return b.kind === 'errand' && a.incident === b.incident;
  if (a.kind === 'visit') return b.kind === 'visit' && a.visit === b.visit;
  return a.kind === b.kind;
}
