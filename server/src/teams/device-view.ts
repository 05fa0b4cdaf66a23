import { type Device, toInstant } from '@app/shared';
import type { DeviceRow } from './device.table.js';

/** A device as HTTP answers it. */
export function deviceView(device: Omit<DeviceRow, 'changedAt'>): Device {
  const { id, number, team, name, externalId, datum, createdAt, revokedAt } = device;
  return {
    id,
    number,
    team,
    name,
    externalId,
    datum,
    createdAt: toInstant(createdAt),
    revokedAt: revokedAt === null ? null : toInstant(revokedAt),
  };
}
