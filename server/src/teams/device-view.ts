import { type Device, toInstant } from '@app/shared';
import type { DeviceRow } from './device.table.js';

/** A device as HTTP answers it; `seenAt` in ms since 1970. */
export function deviceView(device: Omit<DeviceRow, 'changedAt'>, seenAt: number | null): Device {
  const { id, number, team, name, externalId, datum, terminal, terminalId } = device;
  return {
    id,
    number,
    team,
    name,
    externalId,
    datum,
    terminal,
    terminalId,
    enrolledAt: instantOrNull(device.enrolledAt),
    isHandheld: device.handheld !== null,
    seenAt: instantOrNull(seenAt),
    createdAt: toInstant(device.createdAt),
    revokedAt: instantOrNull(device.revokedAt),
  };
}

const instantOrNull = (ms: number | null) => (ms === null ? null : toInstant(ms));
