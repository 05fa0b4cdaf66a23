import { Injectable } from '@nestjs/common';
import {
  type CentreId,
  type DutyLevelCard,
  type EffectiveLevel,
  effectiveLevel,
  type LevelEffect,
  type PatrolShiftCard,
  underTerms,
} from '@app/shared';
import { CentreTree } from '../access/centre-tree.js';
import { Tailer } from '../journal/tailer.js';
import { DutyLevelRepository } from './duty-level.repository.js';

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

  /** Teams that a centre needs under the level that holds there. */
  async wantedAt(centre: CentreId): Promise<number> {
    const daily = (await this.levels.needs([centre])).get(centre) ?? 0;
    return underTerms(daily, this.at(centre).terms.teamsPct);
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
