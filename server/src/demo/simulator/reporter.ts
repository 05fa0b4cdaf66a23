import type { IncidentId } from '@app/shared';
import type { Api } from '../client/api.js';
import type { CityPicture } from './city-picture.js';
import { drawCategory, drawSeverity, drawSource, nextArrival } from './demand.js';
import type { Random } from './random.js';
import { around, sendReport } from './report.js';
import { localMinute } from './shifts.js';
import type { Spots } from './spots.js';
import type { Haste } from './staff-pace.js';
import { sentenceFor } from './words.js';

export interface ReporterSettings {
  readonly timeZone: string;
  readonly rate: number;
}

/** What an incident of severity Ⅱ is likely to be. */
const GRAVE = ['traffic', 'fire', 'medical', 'hazard'] as const;

interface Opening {
  readonly afterMs: number;
  readonly haste: Haste;
  readonly severity?: 2;
}

/** From this rate on the simulator is a source of load: it begins at once, without an opening. */
const LOAD_RATE = 5;

/** The first minutes of a session: one incident that is answered at once, and a Ⅱ that waits too long for a team. */
const OPENING: readonly Opening[] = [
  { afterMs: 20_000, haste: 'prompt' },
  { afterMs: 65_000, haste: 'late-dispatch', severity: 2 },
];

/** Reports incidents as the city would: by place, category and hour. Nothing is reported while a person drives. */
export class Reporter {
  /** How the staff should take those that were reported with a haste of their own. */
  readonly haste = new Map<IncidentId, Haste>();
  readonly #opening: Opening[];
  #nextAt: number;

  constructor(
    private readonly api: Api,
    private readonly spots: Spots,
    private readonly random: Random,
    private readonly settings: ReporterSettings,
    private readonly startAt: number,
  ) {
    const isLoad = settings.rate >= LOAD_RATE;
    this.#opening = isLoad ? [] : [...OPENING];
    this.#nextAt = nextArrival(random, startAt + (isLoad ? 0 : 60_000), settings.timeZone, settings.rate);
  }

  tick({ drive, alerts }: Pick<CityPicture, 'drive' | 'alerts'>, now: number): void {
    if (drive?.driver !== 'simulator') {
      // Nothing is saved up for later.
      this.#opening.length = 0;
      this.#nextAt = Math.max(this.#nextAt, now);
      return;
    }
    const [first] = this.#opening;
    if (first && this.startAt + first.afterMs <= now) {
      this.#opening.shift();
      if (first.severity === undefined || alerts.size === 0) void this.#open(first, now);
    }
    for (let burst = 0; this.#nextAt <= now && burst < 50; burst++) {
      this.#nextAt = nextArrival(this.random, this.#nextAt, this.settings.timeZone, this.settings.rate);
      void this.#report(now);
    }
  }

  async #open({ haste, severity }: Opening, now: number): Promise<void> {
    const told = await this.#report(now, severity);
    if (told) this.haste.set(told.id, haste);
  }

  #report(now: number, severity?: 2) {
    const { random, settings } = this;
    const { place, label } = this.spots.draw(random);
    const hour = Math.floor(localMinute(now, settings.timeZone) / 60);
    const category = severity === undefined ? drawCategory(random, hour) : random.pick(GRAVE);
    return sendReport(this.api, {
      category,
      severity: severity ?? drawSeverity(random, category),
      ...around(place, random.between(0, 2 * Math.PI), random.between(3, 15)),
      ...(label === undefined ? {} : { place: label }),
      description: sentenceFor(random, category),
      source: drawSource(random),
    });
  }
}
