import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Id, METRES_PER_DEGREE, type TeamId } from '@app/shared';
import { Clock } from '../platform/clock.js';
import type { StoredFix } from '../positions/position.rules.js';
import { PatrolShiftRepository } from './patrol-shift.repository.js';
import { metresEast } from './sampled-track.js';
import type { Span } from './visit-window.rules.js';
import { type OwedPlace, VisitRepository } from './visit.repository.js';

const READ_MS = 30_000;
/** A look goes so far behind the one before it: clocks differ, and a commit takes its time. */
const SLACK_MS = 30_000;
/** A stay ends so far beyond its border, and begins before it by a fix or two. */
const MARGIN_M = 60;

interface Area {
  readonly lng: number;
  readonly lat: number;
  /** Degrees. */
  readonly reachLng: number;
  readonly reachLat: number;
}

/**
 * Where teams on shift owe visits, in memory: most fixes come from elsewhere and say nothing of any visit. It may be half
 * a minute old; what it misses the sweep finds.
 */
@Injectable()
export class OwedPlaces implements OnApplicationBootstrap, OnApplicationShutdown {
  #areas = new Map<TeamId, Area[]>();
  #timer: NodeJS.Timeout | undefined;
  #looked: { readonly at: number; readonly terms: string } | undefined;

  constructor(
    private readonly visits: VisitRepository,
    private readonly shifts: PatrolShiftRepository,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.read();
    this.#timer = setInterval(() => void this.read().catch(() => undefined), READ_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async read(): Promise<void> {
    const areas = new Map<TeamId, Area[]>();
    for (const place of await this.visits.owedPlaces(this.clock.now())) {
      const held = areas.get(place.team);
      if (held) held.push(areaOf(place));
      else areas.set(place.team, [areaOf(place)]);
    }
    this.#areas = areas;
  }

  /** Shifts of these teams that touch what was announced of them. */
  async announced(spans: ReadonlyMap<TeamId, Span>): Promise<Id[]> {
    if (spans.size === 0) return [];
    const from = Math.min(...[...spans.values()].map((span) => span.from));
    const to = Math.max(...[...spans.values()].map((span) => span.to)) + 1;
    const shifts = await this.shifts.planned({ teams: [...spans.keys()], from, to });
    return shifts
      .filter(({ team, startsAt, endsAt }) => {
        const span = spans.get(team);
        return span !== undefined && span.from < endsAt && span.to >= startsAt;
      })
      .map(({ id }) => id);
  }

  /**
   * Does some work on the shifts of a span of which something came in since it was last done, whichever process took it;
   * on all of them the first time, and after a change of what is owed. Work that fails is done again.
   */
  async eachChanged(span: Span, work: (shift: Id) => Promise<void>): Promise<void> {
    const at = this.clock.now();
    const terms = await this.visits.termsNow();
    const held = this.#looked;
    const changed =
      held?.terms === terms
        ? await this.visits.shiftsToldOf(span, held.at - SLACK_MS)
        : (await this.shifts.planned(span)).map(({ id }) => id);
    for (const id of changed) await work(id);
    this.#looked = { at, terms };
    await this.read();
  }

  isNear({ team, lng, lat }: Pick<StoredFix, 'team' | 'lng' | 'lat'>): boolean {
    for (const area of this.#areas.get(team) ?? []) {
      const [east, north] = [lng - area.lng, lat - area.lat];
      if (
        east <= area.reachLng &&
        -east <= area.reachLng &&
        north <= area.reachLat &&
        -north <= area.reachLat
      )
        return true;
    }
    return false;
  }
}

function areaOf({ lng, lat, radiusM }: OwedPlace): Area {
  const reachM = radiusM + MARGIN_M;
  return { lng, lat, reachLng: reachM / metresEast(lat), reachLat: reachM / METRES_PER_DEGREE };
}
