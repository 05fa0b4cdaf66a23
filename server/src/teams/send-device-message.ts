import { Injectable } from '@nestjs/common';
import type { DeviceMessage, DeviceMessageDraft, Id } from '@app/shared';
import iconv from 'iconv-lite';
import { Access } from '../access/access.js';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { DeviceMessageRepository } from './device-message.repository.js';
import { DeviceRepository } from './device.repository.js';
import { TeamRepository } from './team.repository.js';

@Injectable()
export class SendDeviceMessage {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly audit: Audit,
    private readonly devices: DeviceRepository,
    private readonly teams: TeamRepository,
    private readonly messages: DeviceMessageRepository,
  ) {}

  /**
   * Leaves a message for a terminal, which is sent when it is connected, within a minute or not at all.
   * @throws Fault `device.unknown` for one that is no terminal or not of the caller's subtree; `request.malformed` for
   * a text that GBK cannot write
   */
  run(id: Id, draft: DeviceMessageDraft, caller: Caller): Promise<DeviceMessage> {
    if (draft.kind === 'text') requireGbk(draft.text);
    return this.database.transaction(async (tx) => {
      const device = await this.devices.lock(tx, id);
      const team = device && (await this.teams.find(device.team, tx));
      const isTerminal = device && device.terminal !== null && device.revokedAt === null;
      if (!team || !isTerminal || !this.access.mayAct(caller, team.centre))
        throw new Fault('device.unknown', { id });
      const message = await this.messages.insert(tx, id, caller.account, draft);
      const line = { caller, action: `device.${draft.kind}`, subject: `device:${id}` };
      await this.audit.write(tx, { ...line, outcome: 'done' });
      return message;
    });
  }
}

/** Five hundred characters of GBK are a thousand bytes, which a terminal takes. */
function requireGbk(text: string): void {
  if (iconv.decode(iconv.encode(text, 'gbk'), 'gbk') !== text)
    throw new Fault('request.malformed', { field: 'text', wanted: 'characters that GBK has' });
}
