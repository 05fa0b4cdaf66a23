import { Injectable } from '@nestjs/common';
import { type Session, toInstant } from '@app/shared';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { CentreTree } from './centre-tree.js';
import { Credentials, type SessionFound } from './credentials.js';
import { SessionDesk } from './session-desk.js';

/** Who sits behind a cookie, as the screen is told. */
@Injectable()
export class Presence {
  constructor(
    private readonly credentials: Credentials,
    private readonly tree: CentreTree,
    private readonly database: Database,
    private readonly desk: SessionDesk,
  ) {}

  of(cookie: string | undefined): Promise<SessionFound | null> {
    return this.credentials.sessionOrNull(cookie);
  }

  /** @throws Fault `session.required` */
  async show(cookie: string | undefined): Promise<Session> {
    const { caller, demo, isLocked, expiresAt } = await this.credentials.session(cookie);
    if (!this.tree.get(caller.centre)) await this.tree.refresh();
    const centre = this.tree.get(caller.centre);
    if (!centre) throw new Fault('centre.unknown', { id: caller.centre });
    return {
      account: { id: caller.account, name: caller.name, role: caller.role },
      centre: { id: centre.id, name: centre.name, names: centre.names, level: centre.level },
      demo,
      locked: isLocked,
      expiresAt: toInstant(expiresAt),
    };
  }

  async end(cookie: string | undefined): Promise<void> {
    const session = await this.of(cookie);
    if (session) await this.database.transaction((tx) => this.desk.leave(tx, session));
  }
}
