import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { hashOf, newSecret } from '../../server/src/access/secret.js';

export interface ProvidedTerminal {
  readonly device: string;
  readonly number: string;
  readonly code: string;
}

/** Terminals that a city has provided for, each with a code, put into its database at once. */
export async function provideTerminals(databaseUrl: string, count: number): Promise<ProvidedTerminal[]> {
  const terminals = Array.from({ length: count }, (_, i) => ({
    device: randomUUID(),
    number: String(14_000_000_000 + i),
    code: newSecret(),
  }));
  const client = new pg.Client(databaseUrl);
  await client.connect();
  await client.query(
    `insert into device (id, number, team, terminal, datum)
     select d.id, d.n, t.id, d.terminal, 'wgs84'
       from unnest($1::uuid[], $2::bigint[], $3::text[]) as d(id, n, terminal)
       join (select id, row_number() over (order by id) - 1 as place, count(*) over () as teams from team) t
         on t.place = d.n % t.teams`,
    [
      terminals.map(({ device }) => device),
      terminals.map((_, i) => 4_000_000_000 + i),
      terminals.map(({ number }) => number),
    ],
  );
  await client.query(
    `insert into token (id, secret_hash, name, centre, scopes, account, device, created_at)
     select gen_random_uuid(), s.hash, 'terminal', t.centre, '{positions}', (select id from account limit 1), d.id, now()
       from unnest($1::uuid[], $2::bytea[]) as s(device, hash)
       join device d on d.id = s.device join team t on t.id = d.team`,
    [terminals.map(({ device }) => device), terminals.map(({ code }) => hashOf(code))],
  );
  await client.end();
  return terminals;
}
