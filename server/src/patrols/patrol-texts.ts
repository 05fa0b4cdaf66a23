import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type CentreId, type Id, PATROL_TEXTS, type PatrolText } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { TextErasureSchedule } from '../clocks/text-erasure.schedule.js';

/** Words of shifts, trades, duty levels and requests to forces, as far as they are erased: their rows stay. */
@Injectable()
export class PatrolTexts implements OnModuleInit {
  constructor(private readonly erasures: TextErasureSchedule) {}

  onModuleInit(): void {
    for (const text of PATROL_TEXTS)
      this.erasures.keep({
        kind: `${text}.text-erasure`,
        served: SERVED[text],
        erase: (tx, id) => this.erase(tx, text, id),
      });
  }

  /** Answers how many texts went. */
  async erase(tx: EntityManager, text: PatrolText, id: Id): Promise<number> {
    let texts = 0;
    for (const sql of ERASE[text]) texts += (await tx.query<[unknown[], number]>(sql, [id]))[1];
    return texts;
  }

  /** Whose they are: any of these may erase them. None for what nobody knows. */
  async centresOf(tx: EntityManager, text: PatrolText, id: Id): Promise<CentreId[]> {
    const rows = await tx.query<{ centre: CentreId }[]>(CENTRES[text], [id]);
    return rows.map(({ centre }) => centre);
  }
}

/** What has words, since when nothing waits for them. */
const SERVED: Readonly<Record<PatrolText, string>> = {
  'force-request': `
    select id, state_at as served from force_request r
     where state in ('ended', 'withdrawn')
       and (text <> '' or exists (select from force_request_line l where l.request = r.id and l.text is not null))`,
  'patrol-shift': `
    select id, coalesce(ended_at, ends_at) as served from patrol_shift
     where state in ('ended', 'called-off') and note is not null`,
  'shift-trade': `
    select t.id, greatest(t.asked_at, give.ends_at, take.ends_at) as served
      from shift_trade t join patrol_shift give on give.id = t.give join patrol_shift take on take.id = t.take
     where t.reason <> ''`,
  'duty-level': `
    select id, ended_at as served from duty_level
     where ended_at is not null and (reason <> '' or lift_reason is not null)`,
};

const ERASE: Readonly<Record<PatrolText, readonly string[]>> = {
  'force-request': [
    `update force_request set text = '' where id = $1 and text <> ''`,
    `update force_request_line set text = null where request = $1 and text is not null`,
  ],
  'patrol-shift': [`update patrol_shift set note = null where id = $1 and note is not null`],
  'shift-trade': [`update shift_trade set reason = '' where id = $1 and reason <> ''`],
  'duty-level': [
    `update duty_level set reason = '', lift_reason = null
      where id = $1 and (reason <> '' or lift_reason is not null)`,
  ],
};

/** The row is locked: whoever writes it whole meanwhile would bring the words back. */
const CENTRES: Readonly<Record<PatrolText, string>> = {
  'force-request': 'select centre from force_request where id = $1 for update',
  'patrol-shift': 'select centre from patrol_shift where id = $1 for update',
  'shift-trade': `
    select s.centre from shift_trade t join patrol_shift s on s.id in (t.give, t.take) where t.id = $1 for update of t`,
  'duty-level': 'select centre from duty_level where id = $1 for update',
};
