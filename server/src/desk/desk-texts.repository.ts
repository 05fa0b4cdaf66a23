import { Injectable } from '@nestjs/common';
import type { CentreId, Id } from '@app/shared';
import type { EntityManager } from 'typeorm';

/** Kinds of texts of a desk; the subject is the line of the log, what was sent together, or the shift. */
export const DESK_TEXTS = ['duty-log', 'instruction', 'duty-shift'] as const;
export type DeskText = (typeof DESK_TEXTS)[number];

/** Words of the desk as far as they are erased: rows stay, with the moment at which their words went. */
@Injectable()
export class DeskTextsRepository {
  /** Whether it has served; its rows are locked. */
  async isServed(tx: EntityManager, kind: DeskText, id: Id): Promise<boolean> {
    await tx.query(LOCK[kind], [id]);
    const rows = await tx.query<unknown[]>(`select id from (${SERVED_TEXTS[kind]}) texts where id = $1`, [
      id,
    ]);
    return rows.length > 0;
  }

  /** Answers how many rows lost their words. */
  async erase(tx: EntityManager, kind: DeskText, id: Id, now: number): Promise<number> {
    let texts = 0;
    for (const sql of ERASE[kind])
      texts += (await tx.query<[unknown[], number]>(sql, [id, new Date(now)]))[1];
    return texts;
  }

  /** Whose log a line is; undefined for an unknown one. */
  async centreOfLine(tx: EntityManager, id: Id): Promise<CentreId | undefined> {
    const rows = await tx.query<{ centre: CentreId }[]>('select centre from duty_log where id = $1', [id]);
    return rows[0]?.centre;
  }
}

/**
 * SQL of what has words and has served, and since when: a matter when it is settled, an instruction when everybody's is
 * at its end, a shift when it is over.
 */
export const SERVED_TEXTS: Readonly<Record<DeskText, string>> = {
  'duty-log': `
    select l.id, greatest(l.recorded_at, done.recorded_at) as served
      from duty_log l left join duty_log done on done.refers = l.id and done.kind = 'done'
     where l.erased_at is null and (l.kind <> 'matter' or done.id is not null)`,
  instruction: `
    select t.parent as id, max(i.state_at) as served
      from instruction_text t join instruction i on i.parent = t.parent
     where t.erased_at is null
     group by t.parent having bool_and(i.state in ('closed', 'withdrawn'))`,
  'duty-shift': `
    select id, ended_at as served from duty_shift where erased_at is null and ended_at is not null`,
};

const LOCK: Readonly<Record<DeskText, string>> = {
  'duty-log': 'select id from duty_log where id = $1 for update',
  instruction: 'select id from instruction where parent = $1 order by id for update',
  'duty-shift': 'select id from duty_shift where id = $1 for update',
};

/** What somebody wrote on a sheet, and where things were; what stood on it stays. */
const sheetWithout = (list: string, patch: string) => `
  coalesce((select jsonb_agg(one || '${patch}'::jsonb order by at)
              from jsonb_array_elements(${list}) with ordinality as listed(one, at)), '[]')`;

const ERASE: Readonly<Record<DeskText, readonly string[]>> = {
  'duty-log': [`update duty_log set text = '', erased_at = $2 where id = $1 and erased_at is null`],
  instruction: [
    `update instruction_text set text = '', erased_at = $2 where parent = $1 and erased_at is null`,
    `update instruction_timeline l set text = null from instruction i
      where i.id = l.instruction and i.parent = $1 and l.text is not null and $2::timestamptz is not null`,
  ],
  'duty-shift': [
    `update duty_shift set notes = null, reason = null, erased_at = $2,
            sheet = sheet || jsonb_build_object(
              'incidents', ${sheetWithout(`sheet -> 'incidents'`, '{"place": null}')},
              'matters', ${sheetWithout(`sheet -> 'matters'`, '{"text": ""}')},
              'equipment', ${sheetWithout(`sheet -> 'equipment'`, '{"note": null}')}),
            after = case when after is null then null else jsonb_set(after, '{added}', (after -> 'added') || jsonb_build_object(
              'incidents', ${sheetWithout(`after #> '{added,incidents}'`, '{"place": null}')},
              'matters', ${sheetWithout(`after #> '{added,matters}'`, '{"text": ""}')})) end
      where id = $1 and erased_at is null`,
  ],
};
