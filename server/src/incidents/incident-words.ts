import { Injectable } from '@nestjs/common';
import type { Id, IncidentId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';
import { CUT, searchable } from './search-text.js';

/** What an incident is found by: number, place, grid, what it was told with, its teams by call sign, and its departments by each name. */
export interface IncidentTexts {
  readonly id: IncidentId;
  readonly version: number;
  readonly texts: readonly (string | null)[];
}

/** The search index of incidents, written in the transaction that writes what it is about. */
@Injectable()
export class IncidentWords {
  constructor(private readonly database: Database) {}

  /** Puts these texts in the place of whatever was found before. */
  async put(tx: EntityManager, incidents: readonly IncidentTexts[]): Promise<void> {
    if (incidents.length === 0) return;
    const rows = incidents.map(({ id, version, texts }) => ({ id, version, ...searchable(texts) }));
    await tx.query(PUT, [JSON.stringify(rows), CUT]);
  }

  /** Reads what incidents say now and puts it; the caller holds their rows. */
  async refresh(tx: EntityManager, ids: readonly Id[]): Promise<void> {
    await this.put(tx, await tx.query<IncidentTexts[]>(TEXTS, [ids]));
  }

  /** Adds what came last: an incident's number. */
  async add(tx: EntityManager, id: IncidentId, text: string): Promise<void> {
    const { folded, grams } = searchable([text]);
    await tx.query(ADD, [id, folded, grams]);
  }

  /** Whether some are not found yet, or not by what they say now. */
  async isPartial(): Promise<boolean> {
    const [row] = await this.database.query<{ partial: boolean }>(PARTIAL, [CUT]);
    return row?.partial ?? false;
  }

  /** Cuts some that were never cut, not since they changed, or by an older cut; answers how many. */
  async mend(tx: EntityManager, limit: number): Promise<number> {
    const rows = await tx.query<{ id: Id }[]>(UNCUT, [CUT, limit]);
    await this.refresh(
      tx,
      rows.map(({ id }) => id),
    );
    return rows.length;
  }
}

// Most steps say nothing new: with the grams that stand there already, the index is not written.
const PUT = `
  insert into incident_words (incident, version, cut, folded, grams)
  select id, version, $2, folded, grams
    from jsonb_to_recordset($1::jsonb) as w(id uuid, version int, folded text, grams text[])
  on conflict (incident) do update
    set version = excluded.version, cut = excluded.cut, folded = excluded.folded,
        grams = case when incident_words.cut = excluded.cut and incident_words.folded = excluded.folded
                     then incident_words.grams else excluded.grams end`;

const ADD = `
  update incident_words set folded = folded || ' ' || $2, grams = grams || $3::text[] where incident = $1`;

// Until it has its number an incident carries its id in that place.
const TEXTS = `
  select i.id, i.version,
         array[nullif(i.number, i.id::text), i.place, i.description, i.grid, i.external_id]
           || array(select word from timeline t,
                           unnest(array[t.call_sign, t.about #>> '{department,names,hant}',
                                        t.about #>> '{department,names,en}', t.reason, t.note]) word
                     where t.incident = i.id and word is not null
                     order by t.version, t.position) as texts
    from incident i where i.id = any($1)`;

const PARTIAL = `
  select exists (
    select 1 from incident i left join incident_words w on w.incident = i.id
     where w.incident is null or w.cut < $1 or w.version < i.version) as partial`;

// Locked, so that no step is told between reading and writing; one that is being told writes its own.
const UNCUT = `
  select i.id from incident i left join incident_words w on w.incident = i.id
   where w.incident is null or w.cut < $1 or w.version < i.version
   order by i.id limit $2
     for update of i skip locked`;
