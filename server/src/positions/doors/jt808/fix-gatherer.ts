import { Injectable } from '@nestjs/common';
import {
  type Datum,
  type FixesAnswer,
  JT808_RESULT,
  type Jt808Result,
  type LngLat,
  type TerminalFix,
  toWgs84,
} from '@app/shared';
import { causeOf, Log } from '../../../platform/log.js';
import type { KnownDevice } from '../../../teams/device-book.js';
import { EmergencyButton } from '../../../teams/emergency-button.js';
import { Intake } from '../../intake.js';
import type { RawFix } from '../../position.rules.js';

/** A press of the emergency button, or its end, that a message tells of. */
export interface ButtonEdge {
  readonly isPressed: boolean;
  readonly at: number;
  /** Which fix of the turn shows where; −1: none does. */
  readonly fix: number;
}

/** A message whose fixes were gathered; it is answered when what it said is committed. */
export interface Gathered {
  readonly device: KnownDevice;
  readonly edges: readonly ButtonEdge[];
  readonly answer: (result: Jt808Result) => void;
}

interface Message extends Gathered {
  readonly first: number;
  readonly end: number;
}

/**
 * What all terminals said in one turn of the event loop, as one batch for the intake: no promise and no array for each
 * message, and a commit that grows with the load. The columns are used again each turn.
 */
@Injectable()
export class FixGatherer {
  #messages: Message[] = [];
  #count = 0;
  #first = 0;
  readonly #devices: KnownDevice[] = [];
  #at = new Float64Array(256);
  #lng = new Float64Array(256);
  #lat = new Float64Array(256);
  #speed = new Float64Array(256);
  #heading = new Float64Array(256);
  #isShifted = new Uint8Array(256);

  constructor(
    private readonly intake: Intake,
    private readonly button: EmergencyButton,
    private readonly log: Log,
  ) {}

  /** Adds a fix to the message that is being read; answers its index in this turn. */
  add(device: KnownDevice, fix: Readonly<TerminalFix>): number {
    if (this.#count === this.#at.length) this.#double();
    const row = this.#count++;
    this.#devices[row] = device;
    this.#at[row] = fix.at;
    this.#lng[row] = fix.lng;
    this.#lat[row] = fix.lat;
    this.#speed[row] = fix.speedKmh;
    this.#heading[row] = fix.headingDeg;
    this.#isShifted[row] = fix.isShifted ? 1 : 0;
    return row;
  }

  /** Ends the message that is being read. */
  close(gathered: Gathered): void {
    if (this.#messages.length === 0) setImmediate(() => void this.#store());
    this.#messages.push({ ...gathered, first: this.#first, end: this.#count });
    this.#first = this.#count;
  }

  async #store(): Promise<void> {
    const messages = this.#messages;
    this.#messages = [];
    try {
      // The intake reads all of them before it waits for anything: the columns are free again when it does.
      const storing = this.intake.takeKnown(this.#count, (row, raw) => this.#readAt(row, raw), 'jt808');
      const places = this.#placesOf(messages);
      this.#count = this.#first = 0;
      this.#settle(messages, await storing, places);
    } catch (error) {
      this.log.warn('jt808.not-stored', { messages: messages.length, error: causeOf(error).error });
      for (const { answer } of messages) answer(JT808_RESULT.failed);
    }
  }

  #readAt(row: number, raw: RawFix): undefined {
    const device = this.#devices[row];
    raw.device = device;
    raw.at = this.#at[row] ?? NaN;
    raw.lng = this.#lng[row] ?? NaN;
    raw.lat = this.#lat[row] ?? NaN;
    raw.speedKmh = this.#speed[row] ?? NaN;
    raw.headingDeg = this.#heading[row] ?? NaN;
    raw.datum = device && this.#datumOf(device, row);
  }

  /** A plug-in's shift is GCJ-02; a device that is registered with a datum of its own knows better. */
  #datumOf({ datum }: KnownDevice, row: number): Datum {
    const isPlain = datum === 'wgs84' || datum === 'cgcs2000';
    return this.#isShifted[row] === 1 && isPlain ? 'gcj02' : datum;
  }

  /** Where buttons were pressed, by the row of the fix; read before the columns are used again. */
  #placesOf(messages: readonly Message[]): ReadonlyMap<number, LngLat> {
    const places = new Map<number, LngLat>();
    for (const { device, edges } of messages)
      for (const { fix } of edges)
        if (fix >= 0)
          places.set(fix, toWgs84(this.#lng[fix] ?? NaN, this.#lat[fix] ?? NaN, this.#datumOf(device, fix)));
    return places;
  }

  #settle(messages: readonly Message[], taken: FixesAnswer, places: ReadonlyMap<number, LngLat>): void {
    const refused = new Set(taken.rejected.map(({ index }) => index));
    const bad = new Set([...refused, ...taken.flagged.map(({ index }) => index)]);
    for (const message of messages) {
      const result = resultOf(message, refused);
      if (message.edges.length === 0) message.answer(result);
      else void this.#tellButton(message, result, (fix) => (bad.has(fix) ? null : (places.get(fix) ?? null)));
    }
  }

  /** A call for help is answered when it is recorded, whatever became of the fix. */
  async #tellButton(
    { device, edges, answer }: Message,
    result: Jt808Result,
    placeOf: (fix: number) => LngLat | null,
  ): Promise<void> {
    try {
      for (const { isPressed, at, fix } of edges) {
        if (!isPressed) await this.button.release(device.id, at);
        else
          await this.button.press({
            device: device.id,
            team: device.team,
            observedAt: at,
            place: placeOf(fix),
          });
      }
      answer(result === JT808_RESULT.wrong ? JT808_RESULT.ok : result);
    } catch (error) {
      this.log.failed('jt808.emergency-not-recorded', error);
      answer(JT808_RESULT.failed);
    }
  }

  #double(): void {
    this.#at = wider(this.#at);
    this.#lng = wider(this.#lng);
    this.#lat = wider(this.#lat);
    this.#speed = wider(this.#speed);
    this.#heading = wider(this.#heading);
    const shifted = new Uint8Array(this.#isShifted.length * 2);
    shifted.set(this.#isShifted);
    this.#isShifted = shifted;
  }
}

/** A message is wrong when it had fixes and none of them could be kept; sending it again cannot help. */
function resultOf({ first, end }: Message, refused: ReadonlySet<number>): Jt808Result {
  if (first === end || refused.size === 0) return JT808_RESULT.ok;
  for (let index = first; index < end; index++) if (!refused.has(index)) return JT808_RESULT.ok;
  return JT808_RESULT.wrong;
}

function wider(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const double = new Float64Array(column.length * 2);
  double.set(column);
  return double;
}
