import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { DeviceMessage, DeviceMessageDraft, Id, pageOf } from '@app/shared';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { Fault } from '../platform/fault.js';
import { DeviceBook } from './device-book.js';
import { DeviceMessageRepository } from './device-message.repository.js';
import { SendDeviceMessage } from './send-device-message.js';

const MOST = 50;

/** What is sent down to a terminal: a text, a question where it is, tracking for a while. */
@Controller('api/devices/:id/messages')
@Needs('admin', 'commander', 'duty')
export class DeviceMessageController {
  constructor(
    private readonly access: Access,
    private readonly book: DeviceBook,
    private readonly messages: DeviceMessageRepository,
    private readonly sendMessage: SendDeviceMessage,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(DeviceMessage) })
  async list(
    @Param('id', { schema: Id }) id: Id,
    @SignedIn() caller: Caller,
  ): Promise<{ items: DeviceMessage[]; next: null }> {
    const device = this.book.find(id);
    if (!device || !this.access.mayAct(caller, device.centre)) throw new Fault('device.unknown', { id });
    return { items: await this.messages.list(device.id, MOST), next: null };
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: DeviceMessage })
  send(
    @Param('id', { schema: Id }) id: Id,
    @Body({ schema: DeviceMessageDraft }) draft: DeviceMessageDraft,
    @SignedIn() caller: Caller,
  ): Promise<DeviceMessage> {
    return this.sendMessage.run(id, draft, caller);
  }
}
