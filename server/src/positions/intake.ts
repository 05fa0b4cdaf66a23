import { Injectable } from '@nestjs/common';
import {
  type BinaryFix,
  type ErrorCode,
  FIX_PAST_MS,
  type FixesAnswer,
  MAX_ACCURACY_M,
  MAX_FIXES,
  type PositionDoor,
  readFix,
  readFixBatch,
} from '@app/shared';
import type { Counter } from 'prom-client';
import type { Caller } from '../access/caller.js';
import { Fault } from '../platform/fault.js';
import { Metrics } from '../platform/metrics.js';
import { DeviceBook, type KnownDevice } from '../teams/device-book.js';
import { DeviceSeen } from '../teams/device-seen.js';
import { FixBounds, type FixTimes, type Reach } from './fix-bounds.js';
import {
  emptyFix,
  type FixContext,
  type FlagCode,
  flagOf,
  type FlaggedFix,
  judgeFix,
  type RawFix,
  readReport,
  type StoredFix,
  type Whereabouts,
} from './position.rules.js';
import { TrackWriter } from './track-writer.js';

/** Reads the position at `index` of a batch into `raw`, or says why it cannot be read. */
type ReadAt = (index: number, raw: RawFix) => ErrorCode | undefined;

/** Through which door a batch came, and of which times its fixes may be. */
interface Told extends FixTimes {
  readonly door: PositionDoor;
}

interface Refused {
  readonly index: number;
  readonly code: ErrorCode;
}

/**
 * What every door hands its batches to. In: a parsed JSON body or bytes, and who sent it. Out: which fixes are
 * committed to the tracks, and why the others are not. Never: an answer before the commit.
 */
@Injectable()
export class Intake {
  /** Where each device was at its last good fix: team mates with devices of their own are no jump. */
  readonly #last = new Map<string, Whereabouts>();
  readonly #accepted: Counter;
  readonly #rejected: Counter<'code'>;
  readonly #flagged: Counter<'code'>;

  constructor(
    private readonly devices: DeviceBook,
    private readonly bounds: FixBounds,
    private readonly writer: TrackWriter,
    private readonly seen: DeviceSeen,
    metrics: Metrics,
  ) {
    this.#accepted = metrics.counter('fixes_accepted_total', 'Fixes stored.');
    this.#rejected = metrics.counter('fixes_rejected_total', 'Fixes refused, by code.', ['code']);
    this.#flagged = metrics.counter('fixes_flagged_total', 'Fixes kept apart, by code.', ['code']);
  }

  /**
   * Takes an array of `FixReport`, or `{ fixes: [...] }`; answers when they are committed.
   * @throws Fault `request.malformed`, `request.too-large`, `service.unavailable`
   */
  async takeReports(caller: Caller, body: unknown, door: PositionDoor): Promise<FixesAnswer> {
    const reports = reportsOf(body);
    const times = await this.bounds.timesOf(caller);
    return this.takeJson(reports, { door, reach: this.bounds.reachOf(caller), ...times });
  }

  /**
   * Takes reports from a source that may speak for every device but crews' handhelds, such as the city's own broker.
   * @throws Fault `service.unavailable`
   */
  takeTrusted(reports: readonly unknown[], door: PositionDoor): Promise<FixesAnswer> {
    return this.takeJson(reports, { door, reach: isNoHandheld, pastMs: FIX_PAST_MS });
  }

  private async takeJson(
    reports: readonly unknown[],
    { reach, ...from }: Told & { readonly reach: Reach },
  ): Promise<FixesAnswer> {
    const deviceOf = (device: string) => within(reach, this.devices.find(device));
    const isUnknown = reports.some(
      (report) => isNamed(report) && this.devices.find(report.device) === undefined,
    );
    if (isUnknown) await this.devices.refreshForUnknown();
    return this.take(from, reports.length, (index, raw) => readReport(reports[index], deviceOf, raw));
  }

  /**
   * Takes a binary batch.
   * @throws Fault `wire.malformed`, `request.too-large`, `service.unavailable`
   */
  async takeBytes(caller: Caller, bytes: Uint8Array, door: PositionDoor): Promise<FixesAnswer> {
    const batch = readFixBatch(bytes);
    if (!batch)
      throw new Fault('wire.malformed', { seen: `${bytes.byteLength} bytes`, wanted: 'a fix batch' });
    requireSize(batch.count);
    const reach = this.bounds.reachOf(caller);
    const fix: BinaryFix = { device: 0, at: 0, lng: 0, lat: 0, speedKmh: NaN, headingDeg: NaN };
    for (let index = 0; index < batch.count; index++) {
      readFix(batch, index, fix);
      if (this.devices.findNumber(fix.device)) continue;
      await this.devices.refreshForUnknown();
      break;
    }
    const times = await this.bounds.timesOf(caller);
    return this.take({ door, ...times }, batch.count, (index, raw) => {
      readFix(batch, index, fix);
      raw.device = within(reach, this.devices.findNumber(fix.device));
      raw.at = fix.at;
      raw.lng = fix.lng;
      raw.lat = fix.lat;
      raw.speedKmh = fix.speedKmh;
      raw.headingDeg = fix.headingDeg;
      raw.datum = batch.datum;
      return undefined;
    });
  }

  /**
   * Takes fixes of devices that the door has made sure of; answers when they are committed.
   * @throws Fault `service.unavailable`
   */
  takeKnown(count: number, readAt: ReadAt, door: PositionDoor): Promise<FixesAnswer> {
    return this.take({ door, pastMs: FIX_PAST_MS }, count, readAt);
  }

  private async take({ door, ...times }: Told, count: number, readAt: ReadAt): Promise<FixesAnswer> {
    const context = this.bounds.contextFor(times);
    const fixes: StoredFix[] = [];
    const apart: FlaggedFix[] = [];
    const rejected: Refused[] = [];
    const flagged: Refused[] = [];
    const raw = emptyFix();
    for (let index = 0; index < count; index++) {
      const fix = readAt(index, raw) ?? judgeFix(raw, context);
      if (typeof fix !== 'object') {
        rejected.push({ index, code: fix });
        continue;
      }
      this.seen.note(fix.device, door);
      if (this.writer.isWithheld(fix.team)) {
        rejected.push({ index, code: 'position.withheld' });
        continue;
      }
      const code = raw.accuracyM > MAX_ACCURACY_M ? 'position.vague' : this.flagOf(fix, context);
      if (code === undefined) fixes.push(fix);
      else {
        apart.push({ fix, code });
        flagged.push({ index, code });
      }
    }
    await this.writer.write(fixes, apart);
    this.count(fixes.length, rejected, flagged);
    return { accepted: fixes.length, rejected, flagged };
  }

  private count(accepted: number, rejected: readonly Refused[], flagged: readonly Refused[]): void {
    this.#accepted.inc(accepted);
    for (const { code } of rejected) this.#rejected.inc({ code });
    for (const { code } of flagged) this.#flagged.inc({ code });
  }

  /** Whether a fix can follow the device's last one; if so, and if it is newer, it is the last one now. */
  private flagOf(fix: StoredFix, context: FixContext): FlagCode | undefined {
    const last = this.#last.get(fix.device);
    const code = flagOf(fix, context, last);
    if (code === undefined && (!last || fix.observedAt > last.observedAt)) this.#last.set(fix.device, fix);
    return code;
  }
}

const isNoHandheld: Reach = ({ isHandheld }) => !isHandheld;

function within(reach: Reach, device: KnownDevice | undefined): KnownDevice | undefined {
  return device && reach(device) ? device : undefined;
}

function reportsOf(body: unknown): readonly unknown[] {
  const isWrapped = typeof body === 'object' && body !== null && !Array.isArray(body);
  const { fixes, ...rest }: { fixes?: unknown } = isWrapped ? body : { fixes: body };
  const [unknown] = Object.keys(rest);
  if (!Array.isArray(fixes))
    throw new Fault('request.malformed', { wanted: 'an array of positions, or { fixes }' });
  if (unknown !== undefined) throw new Fault('request.unknown-field', { fields: Object.keys(rest) });
  requireSize(fixes.length);
  return fixes;
}

function requireSize(seen: number): void {
  if (seen > MAX_FIXES)
    throw new Fault('request.too-large', { seen, wanted: `at most ${MAX_FIXES} positions` });
}

function isNamed(report: unknown): report is { device: string } {
  return (
    typeof report === 'object' && report !== null && 'device' in report && typeof report.device === 'string'
  );
}
