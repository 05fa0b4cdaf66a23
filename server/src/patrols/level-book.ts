import { Injectable } from '@nestjs/common';
import {
  type CentreId,
  type DutyLevelCard,
  type EffectiveLevel,
  effectiveLevel,
  type LevelEffect,
  type LevelTerms,
  type PatrolShiftCard,
  underTerms,
} from '@app/shared';
import { CentreTree } from '../access/centre-tree.js';
import { Tailer } from '../journal/tailer.js';
import { DutyLevelRepository } from './duty-level.repository.js';
import { levelAt, termsIn } from './duty-level.rules.js';
import type { Wanted } from './shift-conflict.rules.js';
import type { Span } from './visit-window.rules.js';

/** Which duty level holds where, from this process's picture: what a level changes is always computed, never written. */
@Injectable()
export class LevelBook {
  constructor(
    private readonly tree: CentreTree,
    private readonly tailer: Tailer,
    private readonly levels: DutyLevelRepository,
  ) {}

  at(centre: CentreId): EffectiveLevel {
    return effectiveLevel(this.tree.lineage(centre), this.#cards<DutyLevelCard>('duty-level'));
  }

  /** The terms that hold at a centre at an instant to come (ms since 1970), as far as levels are set by now. */
  termsAt(centre: CentreId, at: number): LevelTerms {
    return levelAt(this.tree.lineage(centre), this.#cards<DutyLevelCard>('duty-level'), at).terms;
  }

  /** Teams that a centre needs in a span, cut where a level begins or ends. */
  async wantedIn(centre: CentreId, span: Span): Promise<Wanted[]> {
    const daily = (await this.levels.needs([centre])).get(centre) ?? 0;
    return termsIn(this.tree.lineage(centre), [...this.#cards<DutyLevelCard>('duty-level')], span).map(
      ({ from, to, terms }) => ({ from, to, teams: underTerms(daily, terms.teamsPct) }),
    );
  }

  /** What holds at each of these centres, and how many teams there and below have a shift on. */
  async effects(centres: readonly CentreId[]): Promise<LevelEffect[]> {
    const needs = await this.levels.needs(centres);
    const on = [...this.#cards<PatrolShiftCard>('patrol-shift')];
    return centres.map((centre) => {
      const { level, terms, set } = this.at(centre);
      const daily = needs.get(centre) ?? 0;
      const teams = new Set(on.filter((s) => this.tree.isWithin(s.centre, centre)).map(({ team }) => team));
      const wanted = underTerms(daily, terms.teamsPct);
      return { centre, level, terms, set: set?.id ?? null, daily, wanted, on: teams.size };
    });
  }

  /** All cards of a kind: the root sees every one of them. Taken as their schemas say, by which they were written. */
  *#cards<Card>(kind: string): Iterable<Card> {
    const root = this.tree.root();
    if (!root) return;
    for (const item of this.tailer.pictures.of(root.id).items())
      if (item.kind === kind) yield item.card as Card;
  }
}
