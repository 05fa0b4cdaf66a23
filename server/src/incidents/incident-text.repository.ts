import { Injectable } from '@nestjs/common';
import type { Id, IncidentId, IncidentPart } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { IncidentWords } from './incident-words.js';
import { incidentTable, timelineTable } from './incident.table.js';

/** What people told in their own words, where it goes. */
@Injectable()
export class IncidentTextRepository {
  constructor(private readonly words: IncidentWords) {}

  /** What was told in free text goes, and is found no more; what happened stays. Answers the texts that went. */
  async erase(tx: EntityManager, id: IncidentId, part: IncidentPart): Promise<string[]> {
    const rows = await tx.query<{ words: string }[]>(TEXTS_OF, [id, part]);
    const goes = (column: string) => part === 'all' || part === column;
    if (goes('description')) await tx.update(incidentTable, { id }, { description: null });
    if (goes('place')) await tx.update(incidentTable, { id }, { place: null });
    const lines = part === 'all' ? { incident: id } : { incident: id, id: isNamed(part) ? id : part };
    await tx.update(timelineTable, lines, { reason: null, note: null });
    const corrected = isNamed(part) ? [part] : ['place', 'description'];
    const line = part === 'all' || isNamed(part) ? null : part;
    await tx.query(UNTELL_CORRECTED, [id, corrected, line]);
    const copies = isNamed(part) ? [] : await this.#untellShared(tx, id, line);
    await this.words.refresh(tx, [...new Set([id, ...copies])].sort());
    return rows.map(({ words }) => words);
  }

  /** Answers the incidents in which copies stood. */
  async #untellShared(tx: EntityManager, id: IncidentId, line: Id | null): Promise<IncidentId[]> {
    const [copies] = await tx.query<[{ incident: IncidentId }[], number]>(UNTELL_SHARED, [id, line]);
    return copies.map(({ incident }) => incident);
  }
}

const isNamed = (part: IncidentPart): boolean => part === 'description' || part === 'place';

const TEXTS_OF = `
  select words from (
    select 'description' as part, null as line, description as words from incident where id = $1
    union all select 'place', null, place from incident where id = $1
    union all select null, t.id::text, word from timeline t, unnest(array[t.reason, t.note]) word where t.incident = $1
    union all select c.key, t.id::text, c.value from timeline t, jsonb_each_text(t.about -> 'corrected') c
               where t.incident = $1 and c.key in ('place', 'description')
  ) texts where words is not null and words <> '' and ($2 = 'all' or part = $2 or line = $2)`;

/** What place and text said before they were corrected goes with them, or with the line that says so. */
const UNTELL_CORRECTED = `
  update timeline set about = jsonb_set(about, '{corrected}', (about -> 'corrected') - $2::text[])
   where incident = $1 and about ? 'corrected' and ($3::uuid is null or id = $3)`;

/** Why a team of another incident was sent to this one stands in both: the other's line goes with this one's. */
const UNTELL_SHARED = `
  update timeline copy set reason = null, note = null
    from timeline told
   where copy.action = 'share-team' and copy.about ->> 'incident' = $1::text
     and told.incident = $1::uuid and told.action = 'dispatch' and told.team = copy.team
     and told.recorded_at = copy.recorded_at and ($2::uuid is null or told.id = $2)
  returning copy.incident`;
