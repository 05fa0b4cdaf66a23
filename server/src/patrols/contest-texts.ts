import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { type ServedText, TextErasureSchedule } from '../clocks/text-erasure.schedule.js';
import { VisitRepository } from './visit.repository.js';

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
      undated: (tx, kind, limit) => this.#undated(tx, kind, limit),
      erase: (tx, id, { from }) => this.erase(tx, id, from),
    });
  }

  /** Those with words and without a due time of this kind that is still to fire. */
  #undated(tx: EntityManager, dueKind: string, limit: number): Promise<ServedText[]> {
    return tx.query<ServedText[]>(
      `select id, ${LAST_SAID} as from from visit
        where contest is not null and contest->'erased' is null and not exists (
              select from due_time d where d.kind = $1 and d.subject = visit.id and d.fired_at is null)
        order by 2 limit $2`,
      [dueKind, limit],
    );
  }

  /** How many texts went: none where something was said after `from`. The shift is held: judging writes the row whole. */
  async erase(tx: EntityManager, id: Id, from?: number): Promise<number> {
    const visit = await this.visits.find(tx, id);
    if (!visit) return 0;
    await this.visits.holdShift(tx, visit.shift);
    const [rows] = await tx.query<[{ texts: number }[], number]>(ERASE, [id, from ?? null]);
    return rows[0]?.texts ?? 0;
  }
}

const LAST_SAID = `coalesce((contest->>'answeredAt')::float8, (contest->>'at')::float8)`;

const ERASE = `
  update visit
     set contest = contest || jsonb_build_object(
           'note', '', 'answer', case when contest->>'answer' is null then null else '' end, 'erased', true)
   where id = $1 and contest is not null and contest->'erased' is null
     and ($2::float8 is null or ${LAST_SAID} = $2)
  returning 1 + (contest->>'answer' is not null)::int as texts`;
