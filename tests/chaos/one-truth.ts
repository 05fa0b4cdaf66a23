import type pg from 'pg';

/** What must never be found, each as a query whose rows are what breaks it. */
const LIES: Readonly<Record<string, string>> = {
  'the journal has a gap': `
    select seq from (select seq, lag(seq) over (order by seq) as before from journal) as told
     where before is not null and seq <> before + 1`,
  'the journal and the picture differ': `
    select last.kind, last.id, last.version, p.version as shown
      from (select distinct on (kind, id) kind, id, version, card from journal order by kind, id, seq desc) as last
      left join picture p using (kind, id)
     where last.kind <> 'tree' and (last.card is null) <> (p.id is null)
        or p.version <> last.version or p.card <> last.card`,
  'an incident and its last entry differ': `
    select i.id, i.version, told.version as told
      from incident i
      left join lateral (select version from journal where kind = 'incident' and id = i.id
                          order by seq desc limit 1) as told on true
     where told.version is distinct from i.version`,
  'an ended incident is in the picture, or an open one is not': `
    select i.id, i.status from incident i left join picture p on p.kind = 'incident' and p.id = i.id
     where (i.status in ('closed', 'rejected', 'merged')) = (p.id is not null)`,
  'a version has no line in the timeline, or a line no version': `
    select i.id, i.version, count(distinct t.version) as told
      from incident i left join timeline t on t.incident = i.id
     group by i.id having count(distinct t.version) <> i.version or max(t.version) <> i.version`,
  'a team and its assignments differ': `
    select t.id, t.incidents, a.open
      from team t
      cross join lateral (select coalesce(array_agg(incident order by incident), '{}') as open
                            from assignment where team = t.id and ended_at is null) as a
     where (select coalesce(array_agg(one order by one), '{}') from unnest(t.incidents) as one) <> a.open`,
  'two clocks stand for one thing': `
    select subject, kind from due_time where fired_at is null group by 1, 2 having count(*) > 1`,
  'an open incident has no clock, or another one than its row says': `
    select i.id, i.due_stage, i.due_at, d.due_at as clock
      from incident i
      left join due_time d on d.subject = i.id and d.kind = 'incident.overdue' and d.payload->>'stage' = i.due_stage
                          and (d.payload->>'dueAt')::float8 = extract(epoch from i.due_at)::float8 * 1000
     where i.due_at is not null and i.status not in ('closed', 'rejected', 'merged', 'suspended') and d.id is null`,
  'a clock fired twice': `
    select subject, kind, payload from due_time where fired_at is not null group by 1, 2, 3 having count(*) > 1
     union all
    select id, fact, null from journal where fact = 'incident.supervision-proposed' group by 1, 2 having count(*) > 1`,
  'a centre has two shifts, or one that was handed to nobody': `
    select s.centre from duty_shift s where s.state in ('on', 'handing') group by 1 having count(*) > 1
     union all
    select s.centre from duty_shift s left join duty_shift n on n.id = s.next and n.previous = s.id
     where s.state in ('handed', 'lapsed') and n.id is null`,
  'a merge that one of both does not know': `
    select gone.id from incident gone left join incident kept
        on kept.id::text = gone.course->'merge'->>'into'
       and kept.course->'merged' @> jsonb_build_array(jsonb_build_object('id', gone.id))
     where gone.status = 'merged' and kept.id is null`,
};

/** Everything that contradicts something else in the database; nothing when there is one truth. */
export async function findLies(client: pg.Client): Promise<{ what: string; rows: unknown[] }[]> {
  const found: { what: string; rows: unknown[] }[] = [];
  for (const [what, sql] of Object.entries(LIES)) {
    const { rows } = await client.query(sql);
    if (rows.length > 0) found.push({ what, rows: rows.slice(0, 5) });
  }
  return found;
}
