import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { Device, DeviceDraft, DeviceList, Id, NewDevice, NewDevices, NoWords, pageOf } from '@app/shared';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Needs } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { deviceView } from './device-view.js';
import { DeviceRepository } from './device.repository.js';
import { RegisterDevice } from './register-device.js';
import { RegisterDevices } from './register-devices.js';
import { RevokeDevice } from './revoke-device.js';
import { RotateDevice } from './rotate-device.js';

const DeviceQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: Id.optional(),
  team: Id.optional(),
});
type DeviceQuery = z.infer<typeof DeviceQuery>;

@Controller('api/devices')
@Needs('admin', 'commander')
export class DeviceController {
  constructor(
    private readonly tree: CentreTree,
    private readonly devices: DeviceRepository,
    private readonly registerDevice: RegisterDevice,
    private readonly revokeDevice: RevokeDevice,
    private readonly rotateDevice: RotateDevice,
    private readonly registerDevices: RegisterDevices,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(Device) })
  @Needs('admin', 'commander', 'duty')
  async list(
    @Query({ schema: DeviceQuery }) { limit, cursor, team }: DeviceQuery,
    @SignedIn() caller: Caller,
  ): Promise<{ items: Device[]; next: string | null }> {
    const centres = this.tree.subtree(caller.centre);
    const rows = await this.devices.list({ centres, team, limit: limit + 1, cursor });
    const seen = await this.devices.seenAt(rows.map(({ id }) => id));
    const items = rows.slice(0, limit).map((row) => deviceView(row, seen.get(row.id) ?? null));
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: NewDevice })
  register(
    @Body({ schema: DeviceDraft }) draft: DeviceDraft,
    @SignedIn() caller: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<NewDevice> {
    return this.registerDevice.run(draft, caller, key);
  }

  @Post('list')
  @ApiCreatedResponse({ standardSchema: NewDevices })
  registerList(
    @Body({ schema: DeviceList }) { csv }: DeviceList,
    @SignedIn() caller: Caller,
  ): Promise<NewDevices> {
    return this.registerDevices.run(csv, caller);
  }

  @Post(':id/rotate')
  @ApiCreatedResponse({ standardSchema: NewDevice })
  rotate(
    @Param('id', { schema: Id }) id: Id,
    @Body({ schema: NoWords }) _none: NoWords,
    @SignedIn() caller: Caller,
  ): Promise<NewDevice> {
    return this.rotateDevice.run(id, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  async revoke(@Param('id', { schema: Id }) id: Id, @SignedIn() caller: Caller): Promise<void> {
    await this.revokeDevice.run(id, caller);
  }
}
