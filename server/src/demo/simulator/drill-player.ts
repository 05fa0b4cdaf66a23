import { toMs } from '@app/shared';
import type { Api } from '../client/api.js';
import { say } from '../client/say.js';
import { type Drill, drillPlan, type DrillReport } from './drill-plan.js';
import { hashOf, randomFrom } from './random.js';
import { around, sendReport } from './report.js';
import { sentenceFor } from './words.js';

interface Outbreak {
  readonly plan: readonly DrillReport[];
  told: number;
  grid: string | null;
  spreadM: number;
}

/** Plays the outbreak of a drill (演练). A person asked for it, so it is played whoever drives. */
export class DrillPlayer {
  readonly #outbreaks = new Map<string, Outbreak>();

  constructor(private readonly api: Api) {}

  /** Tells what is due. External ids make it safe to begin again after a restart. */
  tick(drill: Drill | null | undefined, now: number): void {
    if (!drill || now >= toMs(drill.until)) return;
    const outbreak = this.#outbreaks.get(drill.id) ?? this.#begin(drill);
    for (let next = outbreak.plan[outbreak.told]; next; next = outbreak.plan[outbreak.told]) {
      if (toMs(drill.startedAt) + next.afterMs > now) return;
      void this.#tell(drill, outbreak, next, outbreak.told);
      outbreak.told += 1;
    }
  }

  #begin(drill: Drill): Outbreak {
    const outbreak: Outbreak = { plan: drillPlan(drill), told: 0, grid: null, spreadM: 60 };
    this.#outbreaks.set(drill.id, outbreak);
    say('drill.begins', { drill: drill.id, category: drill.category, reports: outbreak.plan.length });
    return outbreak;
  }

  async #tell(drill: Drill, outbreak: Outbreak, report: DrillReport, index: number): Promise<void> {
    const { severity, source, bearing, part } = report;
    const externalId = `drill/${drill.id}/${index}`;
    const told = await sendReport(this.api, {
      category: drill.category,
      severity,
      ...around([drill.lng, drill.lat], bearing, part * outbreak.spreadM),
      description: sentenceFor(randomFrom(hashOf(externalId)), drill.category),
      source,
      externalId,
    });
    if (!told) return;
    // An outbreak belongs to one grid: what fell outside draws the next ones closer.
    outbreak.grid ??= told.grid;
    if (told.grid !== outbreak.grid) outbreak.spreadM /= 2;
  }
}
