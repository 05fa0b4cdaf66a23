import { emptyTerminalFix, type FixReport, toMs, writeTerminalFix } from '@app/shared';
import { pause } from '../client/backoff.js';
import { say } from '../client/say.js';
import type { PositionFeed } from './position-feed.js';
import type { FreshTerminal } from './provide-terminals.js';
import { TerminalLine } from './terminal-line.js';

const LOOK_MS = 250;
/** A door that lets nobody in for so long, or refuses everybody twice, is not the server's. */
const PATIENCE_MS = 30_000;

/** Sends fixes as JT/T 808 terminals do, one connection each; those of devices without a terminal go the other way. */
export class TerminalFeed implements Pick<PositionFeed, 'send'> {
  readonly #lines: ReadonlyMap<string, TerminalLine>;
  #told = -1;

  constructor(
    terminals: readonly FreshTerminal[],
    private readonly others: Pick<PositionFeed, 'send'>,
  ) {
    this.#lines = new Map(terminals.map((one, place) => [one.device, new TerminalLine(one, place)]));
  }

  /**
   * Opens the lines; resolves when all of them have ended.
   * @throws Error when nobody is let in: the port is not that of the server's door
   */
  async run(host: string, port: number, stop: AbortSignal): Promise<void> {
    const lines = Array.from(this.#lines.values(), (line) => line.run(host, port, stop));
    await Promise.all([this.#requireDoor(`${host}:${port}`, stop), ...lines]);
  }

  async #requireDoor(door: string, stop: AbortSignal): Promise<void> {
    const lines = [...this.#lines.values()];
    for (const end = Date.now() + PATIENCE_MS; !stop.aborted; await pause(LOOK_MS, stop)) {
      if (lines.length === 0 || lines.some(({ wasLetIn }) => wasLetIn)) return;
      if (Date.now() > end || lines.every(({ failures }) => failures > 1))
        throw new Error(
          `no JT/T 808 terminal is let in at ${door} (0 of ${lines.length}): SIMULATOR_JT808 or --jt808 wants the port that the server has as JT808_PORT`,
        );
    }
  }

  send(batches: readonly FixReport[][]): void {
    const rest = batches.map((batch) => batch.filter((fix) => !this.#tell(fix)));
    this.others.send(rest.filter((batch) => batch.length > 0));
    const connected = [...this.#lines.values()].filter(({ isIn }) => isIn).length;
    if (connected !== this.#told) say('terminals', { connected, of: this.#lines.size });
    this.#told = connected;
  }

  #tell({ device, at, lng, lat, speedKmh = 0, headingDeg = 0 }: FixReport): boolean {
    const line = this.#lines.get(device);
    const fix = { lng, lat, speedKmh, headingDeg, at: toMs(at), signal: 28, satellites: 14 };
    line?.tell(writeTerminalFix({ ...emptyTerminalFix(), isFixed: true, ...fix }));
    return line !== undefined;
  }
}
