import { expect } from '@jest/globals';
import { emptyTerminalFix, type NewDevice, type TerminalFix, writeTerminalFix } from '@app/shared';
import { Terminal, type TerminalIdentity } from '../../server/src/demo/client/terminal.js';
import { Jt808Door } from '../../server/src/positions/doors/jt808/jt808.door.js';
import { CITY, Positions } from './positions.js';

export { CITY };
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
export class TerminalRig extends Positions {
  readonly #open: Terminal[] = [];
  #numbers = 13_900_000_000;

  static override async open(): Promise<TerminalRig> {
    return new TerminalRig(...(await Positions.parts()));
  }

  get port(): number {
    return this.app.app.get(Jt808Door).port ?? 0;
  }

  async newTerminal(more: object = {}, team = 0): Promise<NewDevice> {
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

  /** Ends the connections of the test before. */
  hangUp(): void {
    for (const terminal of this.#open.splice(0)) terminal.close();
  }

  override async close(): Promise<void> {
    this.hangUp();
    await super.close();
  }
}
