import { Injectable } from '@nestjs/common';
import { liaisonOf, type Session, toInstant } from '@app/shared';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import type { Caller } from './caller.js';
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
    const place = await this.#placeOf(caller);
    return {
      account: { id: caller.account, name: caller.name, role: caller.role },
      centre: place,
      ...(caller.handheld ? { team: caller.handheld.team } : {}),
      demo,
      locked: isLocked,
      expiresAt: toInstant(expiresAt),
    };
  }

  async #placeOf({ role, centre: scope, handheld }: Caller): Promise<Session['centre']> {
    const desk = liaisonOf(role);
    if (desk) return { id: desk.id, name: desk.names.hans, names: desk.names, level: 'liaison' };
    const id = handheld?.home ?? scope;
    if (!this.tree.get(id)) await this.tree.refresh();
    const centre = this.tree.get(id);
    if (!centre) throw new Fault('centre.unknown', { id });
    return { id: centre.id, name: centre.name, names: centre.names, level: centre.level };
  }

  async end(cookie: string | undefined): Promise<void> {
    const session = await this.of(cookie);
    if (session) await this.database.transaction((tx) => this.desk.leave(tx, session));
  }
}
