import pg from 'pg';
import { hashOf, newSecret } from '../../server/src/access/secret.js';

/** A token that may read everything of the city, made in its database. */
export async function readToken(databaseUrl: string): Promise<string> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const secret = newSecret();
  await client.query(
    `insert into token (id, secret_hash, name, centre, scopes, account, created_at)
     select gen_random_uuid(), $1, 'bench', c.id, '{read}', a.id, now()
       from (select id from centre where parent is null) c, (select id from account limit 1) a`,
    [hashOf(secret)],
  );
  await client.end();
  return secret;
}
