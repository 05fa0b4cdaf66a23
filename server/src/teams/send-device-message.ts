import { Injectable } from '@nestjs/common';
import { type AuditDetail, deskOf, type DeviceMessage, type DeviceMessageDraft, type Id } from '@app/shared';
import iconv from 'iconv-lite';
import { Access } from '../access/access.js';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { DeviceMessageRepository } from './device-message.repository.js';
import { DeviceRepository } from './device.repository.js';
import { leaderOf } from './team.rules.js';
import { TeamRepository } from './team.repository.js';
import type { TeamRow } from './team.table.js';

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
   * a text that GBK cannot write; `team.other-command` for anything but a request or an information to a team that a
   * force under its own command leads
   */
  run(id: Id, draft: DeviceMessageDraft, caller: Caller): Promise<DeviceMessage> {
    if (draft.kind === 'text') requireGbk(draft.text);
    return this.database.transaction(async (tx) => {
      const device = await this.devices.lock(tx, id);
      const team = device && (await this.teams.find(device.team, tx));
      const isTerminal = device && device.terminal !== null && device.revokedAt === null;
      if (!team || !isTerminal || !this.access.mayAct(caller, team.centre))
        throw new Fault('device.unknown', { id });
      requireAsking(team, draft);
      const message = await this.messages.insert(tx, id, caller.account, draft);
      const line = { caller, action: `device.${draft.kind}`, subject: `device:${id}` } as const;
      await this.audit.write(tx, { ...line, outcome: 'done', detail: detailOf(draft) });
      return message;
    });
  }
}

/** Five hundred characters of GBK are a thousand bytes, which a terminal takes. */
function requireGbk(text: string): void {
  if (iconv.decode(iconv.encode(text, 'gbk'), 'gbk') !== text)
    throw new Fault('request.malformed', { field: 'text', wanted: 'characters that GBK has' });
}

/** Nobody here follows armed police or militia, asks their terminals, or tells them what to do. */
function requireAsking(team: TeamRow, draft: DeviceMessageDraft): void {
  const force = leaderOf(team);
  if (deskOf(force) === undefined || (draft.kind === 'text' && draft.tone !== undefined)) return;
  throw new Fault('team.other-command', {
    teams: [team.id],
    force,
    wanted: 'a text with the tone of a request or an information',
  });
}

/** What is kept of it for the audit: never its words. */
const detailOf = (draft: DeviceMessageDraft): AuditDetail =>
  draft.kind === 'text'
    ? { tone: draft.tone ?? null, urgent: draft.urgent ?? false }
    : draft.kind === 'track'
      ? { everyS: draft.everyS, forS: draft.forS }
      : {};
