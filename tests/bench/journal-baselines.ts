import type { Draft } from '../../server/src/journal/journal.js';
import type { Database } from '../../server/src/platform/database.js';

// What the journal is measured against: one counted event; and rows like its own, without its trigger.
const BASELINES = `
  create table bare_counter (seq bigint not null) with (fillfactor = 50);
  insert into bare_counter values (0);
  create table bare_event (seq bigint primary key, body jsonb not null);
  create table same_counter (seq bigint not null) with (fillfactor = 50);
  insert into same_counter values (0);
  create table same_entry (like journal including indexes);
  create table same_scope (like journal_scope including indexes);
  create table same_picture (like picture including indexes) with (fillfactor = 70);
  create function same_append(entity uuid, body jsonb, scopes uuid[]) returns void language plpgsql as $$
  declare
    number bigint;
  begin
    update same_counter set seq = seq + 1 returning seq into number;
    insert into same_entry (seq, mark, at, tree, fact, kind, id, version, card, seen_by, left_by, site, schema)
    values (number, floor(random() * 2147483647)::int, now(), 1, 'bench.told', 'alert', entity, 1, body, scopes, '{}', 'main', 1);
    insert into same_scope (scope, seq, gone) select scope, number, false from unnest(scopes) scope;
    insert into same_picture (kind, id, version, card, seen_by) values ('alert', entity, 1, body, scopes);
  end $$`;

/** What `Journal.append` is measured against, by the same pool. */
export class JournalBaselines {
  private constructor(private readonly database: Database) {}

  static async open(database: Database): Promise<JournalBaselines> {
    await database.query(BASELINES);
    return new JournalBaselines(database);
  }

  /** The same round trips: begin, one statement that counts and writes the event, commit. */
  bare({ card }: Draft): Promise<unknown> {
    return this.database.transaction((tx) =>
      tx.query(
        `with next as (update bare_counter set seq = seq + 1 returning seq)
         insert into bare_event (seq, body) select seq, $1::jsonb from next`,
        [JSON.stringify(card)],
      ),
    );
  }

  /** The same round trips and the journal's own rows, numbered by the counter before they are written. */
  same({ id, card, seenBy }: Draft): Promise<unknown> {
    return this.database.transaction((tx) =>
      tx.query('select same_append($1, $2::jsonb, $3)', [id, JSON.stringify(card), seenBy]),
    );
  }

  /** How many entries the journal has, and on how many numbers they stand. */
  async numbers(): Promise<{ many: number; span: number }> {
    const [row] = await this.database.query<{ many: number; span: number }>(
      'select count(*) as many, max(seq) - min(seq) + 1 as span from journal',
    );
    return row ?? { many: 0, span: NaN };
  }
}
