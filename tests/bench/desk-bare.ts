import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

/** As little as a command can be: HTTP, one transaction that changes a row and adds one, an answer. */
export class BareDesk {
  private constructor(
    private readonly server: Server,
    private readonly pool: pg.Pool,
    private readonly url: string,
  ) {}

  static async open(client: pg.Client): Promise<BareDesk> {
    await client.query(`
      create table if not exists bare_incident (id uuid primary key, version int not null, body jsonb not null);
      create table if not exists bare_line (id uuid primary key, incident uuid not null, body jsonb not null)`);
    const { host, port, user, database } = client;
    const pool = new pg.Pool({ host, port, user, database, password: client.password, max: 20 });
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
        void write(pool, body).then((row) =>
          response.setHeader('content-type', 'application/json').end(JSON.stringify(row)),
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new BareDesk(server, pool, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  async write(): Promise<void> {
    const body = JSON.stringify({ category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721 });
    const answer = await fetch(this.url, { method: 'POST', body });
    await answer.json();
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
    await this.pool.end();
  }
}

async function write(pool: pg.Pool, body: unknown): Promise<unknown> {
  const client = await pool.connect();
  const id = randomUUID();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ version: number }>(
      `insert into bare_incident (id, version, body) values ($1, 1, $2)
       on conflict (id) do update set version = bare_incident.version + 1 returning id, version, body`,
      [id, JSON.stringify(body)],
    );
    await client.query('insert into bare_line (id, incident, body) values ($1, $2, $3)', [
      randomUUID(),
      id,
      JSON.stringify(body),
    ]);
    await client.query('commit');
    return rows[0];
  } finally {
    client.release();
  }
}
