import pg from 'pg';
import type { Caller } from '../../server/src/access/caller.js';
import { hashOf, newSecret } from '../../server/src/access/secret.js';

/** A token of the whole city that may tell positions, and the caller it makes. */
export async function tokenOf(databaseUrl: string): Promise<{ caller: Caller; secret: string }> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const secret = newSecret();
  const { rows } = await client.query<{ credential: string; account: string; centre: string }>(
    `insert into token (id, secret_hash, name, centre, scopes, account, created_at)
     select gen_random_uuid(), $1, 'bench', c.id, '{positions}', a.id, now()
       from (select id from centre where parent is null) c, (select id from account limit 1) a
     returning id as credential, account, centre`,
    [hashOf(secret)],
  );
  await client.end();
  const [row] = rows;
  if (!row) throw new Error('the bench wants the demo database, with a root centre and an account');
  const caller: Caller = {
    ...row,
    name: 'bench',
    role: 'staff',
    via: 'token',
    tokenScopes: ['positions'],
    device: null,
    isSimulator: false,
  };
  return { caller, secret };
}
