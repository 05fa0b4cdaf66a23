import { expect } from '@jest/globals';
import { emptyTerminalFix, type NewDevice, type Team, type TerminalFix, writeTerminalFix } from '@app/shared';
import pg from 'pg';
import { Terminal, type TerminalIdentity } from '../../server/src/demo/client/terminal.js';
import { Jt808Door } from '../../server/src/positions/doors/jt808/jt808.door.js';
import { openApp, type Person, type RunningApp } from './app.js';

export const CITY = { lng: 98.2888, lat: 39.7721 };
/** What a terminal is answered. */
export const [OK, FAILED, WRONG, UNSUPPORTED] = [0, 1, 2, 3];

/** A second of the clock on which terminals tell: they know no milliseconds. */
export const nowS = () => Math.floor(Date.now() / 1_000) * 1_000;

export const bodyOf = (change: Partial<TerminalFix> = {}): Uint8Array =>
  writeTerminalFix({ ...emptyTerminalFix(), isFixed: true, ...CITY, at: nowS(), ...change });

export async function until(isMet: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; !(await isMet());)
    if (Date.now() > end) throw new Error('not within 15 s');
}

/** A server with its TCP door, and terminals that speak to it as a city's would. */
export class TerminalRig {
  readonly #open: Terminal[] = [];
  #numbers = 13_900_000_000;

  private constructor(
    readonly app: RunningApp,
    readonly database: pg.Client,
    readonly commander: Person,
    readonly teams: readonly Team[],
  ) {}

  static async open(): Promise<TerminalRig> {
    const app = await openApp();
    const database = new pg.Client(app.databaseUrl);
    await database.connect();
    const commander = await app.signIn('commander');
    const teams = (await commander.get<{ items: Team[] }>('/api/teams?limit=200')).body.items;
    return new TerminalRig(app, database, commander, teams);
  }

  get port(): number {
    return this.app.app.get(Jt808Door).port ?? 0;
  }

  async newDevice(more: object = {}, team = 0): Promise<NewDevice> {
    const wish = { team: this.teams[team]?.id, terminal: this.newNumber(), ...more };
    const { status, body } = await this.commander.post<NewDevice>('/api/devices', wish);
    expect(status).toBe(201);
    return body;
  }

  newNumber(): string {
    return String(++this.#numbers);
  }

  async opened(
    device: Pick<NewDevice, 'terminal'>,
    dialect: TerminalIdentity['dialect'] = 'y2013',
  ): Promise<Terminal> {
    const terminal = new Terminal({ number: device.terminal ?? '', dialect });
    this.#open.push(terminal);
    await terminal.open(this.port);
    return terminal;
  }

  async signedIn(device: NewDevice, dialect: TerminalIdentity['dialect'] = 'y2013'): Promise<Terminal> {
    const terminal = await this.opened(device, dialect);
    expect(await terminal.authenticate(device.secret ?? '')).toBe(OK);
    return terminal;
  }

  async stored(device: string): Promise<{ observed_at: Date; lng: number; lat: number; speed: number }[]> {
    return (await this.database.query('select * from track where device = $1 order by observed_at', [device]))
      .rows;
  }

  /** Ends the connections of the test before. */
  hangUp(): void {
    for (const terminal of this.#open.splice(0)) terminal.close();
  }

  async close(): Promise<void> {
    this.hangUp();
    await this.database.end();
    await this.app.close();
  }
}
