import { type Centre, type Id, type Incident, type IncidentAction, type Role, type Team } from '@app/shared';
import pg from 'pg';
import { openApp, Person, type RunningApp } from './app.js';

export type Refused = { error: { code: string; detail: Record<string, unknown> } };

const PASSWORD = 'Gobi-Wind-42-Sand';

/** A place of no centre of the demo city: whoever reports it holds it. */
const AWAY = { lng: 100.5, lat: 38.9 };

/**
 * The demo city with people at its four levels: `city` over the counties `east` and `west`, `town` and `sister` below
 * `east`, `far` below `west`, `village` below `town`.
 */
export class FourLevels {
  #accounts = 0;
  #teams = 0;

  private constructor(
    readonly app: RunningApp,
    readonly client: pg.Client,
    readonly admin: Person,
    readonly at: Readonly<Record<'city' | 'east' | 'west' | 'town' | 'sister' | 'far' | 'village', Centre>>,
  ) {}

  static async open(env: Record<string, string> = {}): Promise<FourLevels> {
    const app = await openApp({ env });
    const admin = await app.signIn('admin');
    const { items } = (await admin.get<{ items: Centre[] }>('/api/centres')).body;
    const below = ({ id }: Centre) => items.filter(({ parent }) => parent === id);
    const pick = (centre: Centre | undefined): Centre => {
      if (!centre) throw new Error('the demo city has four levels');
      return centre;
    };
    const city = pick(items.find(({ parent }) => parent === null));
    const [east, west] = [pick(below(city)[0]), pick(below(city)[1])];
    const [town, sister, far] = [pick(below(east)[0]), pick(below(east)[1]), pick(below(west)[0])];
    const village = pick(below(town)[0]);
    const client = new pg.Client(app.databaseUrl);
    await client.connect();
    return new FourLevels(app, client, admin, { city, east, west, town, sister, far, village });
  }

  async close(): Promise<void> {
    await this.client.end();
    await this.app.close();
  }

  /** Somebody new at a centre. */
  async person(where: keyof FourLevels['at'], role: Role = 'staff'): Promise<Person> {
    const account = `${where}-${role}-${++this.#accounts}`;
    const made = await this.admin.post('/api/accounts', {
      name: account,
      password: PASSWORD,
      role,
      centre: this.at[where].id,
    });
    if (made.status !== 201) throw new Error(`${account}: ${JSON.stringify(made.body)}`);
    const answer = await this.app.nobody().post('/api/session', { account, password: PASSWORD });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
    if (!cookie) throw new Error(`${account}: ${answer.status}`);
    return new Person(this.app.url, { cookie });
  }

  async team(where: keyof FourLevels['at']): Promise<Team> {
    const draft = {
      callSign: `协${++this.#teams}`,
      centre: this.at[where].id,
      mode: 'vehicle',
      tier: 3,
      forces: { police: 2 },
    };
    const { status, body } = await this.admin.post<Team>('/api/teams', draft);
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body;
  }

  /** An incident that the reporter's own centre holds. */
  async reported(by: Person, extra: object = {}): Promise<Incident> {
    const report = { category: 'dispute', severity: 3, source: 'phone', ...AWAY, ...extra };
    const { status, body } = await by.post<Incident>('/api/incidents', report);
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body;
  }

  /** Lets a due time run out now. */
  async runOut(kind: string, subject: Id): Promise<void> {
    await this.client.query('update due_time set due_at = now() where kind = $1 and subject = $2', [
      kind,
      subject,
    ]);
  }
}

/** Takes a step that must be taken. */
export async function act(
  by: Person,
  incident: Incident,
  action: IncidentAction,
  said: object = {},
): Promise<Incident> {
  const { status, body } = await tell(by, incident, action, said);
  if (status !== 200)
    throw new Error(`${action}: ${status} ${JSON.stringify((body as Partial<Refused>).error)}`);
  return body as Incident;
}

/** A step that is refused: status, code and detail. */
export async function refused(
  by: Person,
  incident: Incident,
  action: IncidentAction,
  said: object = {},
): Promise<{ status: number } & Refused['error']> {
  const { status, body } = await tell(by, incident, action, said);
  return { status, ...(body as Refused).error };
}

export const tell = (by: Person, { id, version }: Incident, action: IncidentAction, said: object = {}) =>
  by.post<Incident | Refused>(`/api/incidents/${id}/${action}`, { version, ...said });

export const read = async (by: Person, { id }: { id: Id }): Promise<Incident> =>
  (await by.get<Incident>(`/api/incidents/${id}`)).body;
