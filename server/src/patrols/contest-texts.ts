import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { TextErasureSchedule } from '../clocks/text-erasure.schedule.js';
import { VisitRepository, type VisitRow } from './visit.repository.js';

/** Kind of due time: what was said of a judgement has been kept long enough. Subject: the visit. */
const CONTEST_ERASURE = 'visit.text-erasure';

/** What was said for and against a judgement, as far as it is erased: that it was contested and decided stays. */
@Injectable()
export class ContestTexts implements OnModuleInit {
  constructor(
    private readonly visits: VisitRepository,
    private readonly erasures: TextErasureSchedule,
  ) {}

  /** They are kept from the last word on: one that comes later makes it count anew. */
  onModuleInit(): void {
    this.erasures.keep({
      kind: CONTEST_ERASURE,
      served: SERVED,
      erase: async (tx, id, { from }) => {
        const visit = await this.visits.find(tx, id);
        return visit && this.erase(tx, visit, from);
      },
    });
  }

  /** How many texts went: none where something was said after `from`. The shift is held: judging writes the row whole. */
  async erase(
    tx: EntityManager,
    { id, shift }: Pick<VisitRow, 'id' | 'shift'>,
    from?: number,
  ): Promise<number> {
    await this.visits.holdShift(tx, shift);
    const [rows] = await tx.query<[{ texts: number }[], number]>(ERASE, [id, from ?? null]);
    return rows[0]?.texts ?? 0;
  }
}

/** Whole ms since 1970, as what has served is dated. */
const LAST_SAID = `round(coalesce((contest->>'answeredAt')::float8, (contest->>'at')::float8))`;

const SERVED = `
  select id, to_timestamp(${LAST_SAID} / 1000) as served from visit
   where contest is not null and contest->'erased' is null`;

const ERASE = `
  update visit
     set contest = contest || jsonb_build_object(
           'note', '', 'answer', case when contest->>'answer' is null then null else '' end, 'erased', true)
   where id = $1 and contest is not null and contest->'erased' is null
     and ($2::float8 is null or ${LAST_SAID} = round($2))
  returning 1 + (contest->>'answer' is not null)::int as texts`;
