import { Injectable } from '@nestjs/common';
import type { Id } from '@app/shared';
import { Clock } from '../platform/clock.js';
import { DeviceRepository } from './device.repository.js';

@Injectable()
export class LinkTerminal {
  constructor(
    private readonly devices: DeviceRepository,
    private readonly clock: Clock,
  ) {}

  /** Names the connection that speaks for a terminal from now on: a UUIDv7, so that the later of two is the greater. */
  async run(device: Id): Promise<Id> {
    const link = this.clock.mint();
    await this.devices.link(device, link, this.clock.now());
    return link;
  }
}
