import type { NewDevice, Team } from '@app/shared';
import pg from 'pg';
import { openApp, type Person, type RunningApp } from './app.js';

/** Within the demo city. */
export const CITY = { lng: 98.2888, lat: 39.7721 };
export const iso = (ms: number): string => new Date(ms).toISOString();

export interface Refused {
  error: { code: string; detail: Record<string, unknown> };
}

export interface OwnDevice extends NewDevice {
  /** The device itself, with its token. */
  readonly person: Person;
  readonly team: string;
}

/** The demo city, its teams, and devices that tell where these are. */
export class Positions {
  protected constructor(
    readonly app: RunningApp,
    readonly database: pg.Client,
    readonly commander: Person,
    readonly teams: readonly Team[],
  ) {}

  static async open(): Promise<Positions> {
    return new Positions(...(await Positions.parts()));
  }

  protected static async parts(): Promise<[RunningApp, pg.Client, Person, readonly Team[]]> {
    const app = await openApp();
    const database = new pg.Client(app.databaseUrl);
    await database.connect();
    const commander = await app.signIn('commander');
    const { body } = await commander.get<{ items: Team[] }>('/api/teams?limit=200');
    return [app, database, commander, body.items];
  }

  async newDevice(more: object = {}, team = this.teams[0]?.id ?? ''): Promise<OwnDevice> {
    const { body } = await this.commander.post<NewDevice>('/api/devices', { team, ...more });
    return { ...body, team, person: this.app.withToken(body.secret ?? '') };
  }

  async stored(
    device: string,
  ): Promise<{ observed_at: Date; lng: number; lat: number; speed: number | null }[]> {
    const { rows } = await this.database.query('select * from track where device = $1 order by observed_at', [
      device,
    ]);
    return rows;
  }

  async close(): Promise<void> {
    await this.database.end();
    await this.app.close();
  }
}
