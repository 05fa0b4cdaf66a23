import { Inject, Injectable } from '@nestjs/common';
import { type Id, liaisonOf, type Role, type TokenScope } from '@app/shared';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import type { Caller } from './caller.js';
import { secretOf } from './cookie.js';
import { hashOf } from './secret.js';
import { isLocked, rolledTo, type SessionLife, TOUCH_MS } from './session.rules.js';
import { TokenCache } from './token-cache.js';

/** A session that holds, as a request showed it. */
export interface SessionFound extends SessionLife {
  readonly caller: Caller;
  readonly secret: string;
  readonly isLocked: boolean;
  readonly demo: boolean;
}

/**
 * Finds who stands behind a cookie or a token. Reads PostgreSQL each time, but for tokens found within the last second:
 * what was revoked is refused at once.
 */
@Injectable()
export class Credentials {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tokens: TokenCache,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Fault `session.required` when there is no session, or it has ended */
  async session(cookie: string | undefined): Promise<SessionFound> {
    const secret = secretOf(cookie);
    if (secret === undefined) throw new Fault('session.required');
    const now = this.clock.now();
    const [row] = await this.database.query<SessionRow>(SELECT_SESSION, [hashOf(secret), new Date(now)]);
    if (!row || (row.demo && !this.config.demo)) throw new Fault('session.required');
    const life = {
      role: row.role,
      hasPassword: row.hasPassword,
      attendedAt: row.attendedAt.getTime(),
      expiresAt: row.expiresAt.getTime(),
    };
    const caller: Caller = {
      account: row.account,
      name: row.name,
      role: row.role,
      // A desk and a team are no centres of the tree: they act nowhere and are told nothing but what names them.
      centre: liaisonOf(row.role)?.id ?? row.team ?? row.centre,
      ...(row.team === null ? {} : { handheld: { team: row.team, home: row.centre } }),
      via: 'session',
      credential: row.credential,
      tokenScopes: [],
      device: null,
      isSimulator: row.isSimulator,
    };
    return { ...life, caller, secret, isLocked: isLocked(life, now), demo: row.demo };
  }

  /** The session behind a cookie, or null where it has ended or never was. */
  async sessionOrNull(cookie: string | undefined): Promise<SessionFound | null> {
    try {
      return await this.session(cookie);
    } catch (error) {
      if (error instanceof Fault) return null;
      throw error;
    }
  }

  /** @throws Fault `session.required` when the token is unknown, revoked or past its end */
  async token(secret: string): Promise<Caller> {
    const hash = hashOf(secret);
    return this.tokens.find(hash) ?? this.tokens.share(hash, () => this.#findToken(hash));
  }

  async #findToken(hash: Buffer): Promise<Caller> {
    const now = this.clock.now();
    const [row] = await this.database.query<TokenRow>(SELECT_TOKEN, [hash, new Date(now)]);
    if (!row)
      throw new Fault('session.required', { wanted: 'a token that is known, not revoked, not expired' });
    const { seenAt, expiresAt, ...told } = row;
    const caller: Caller = { ...told, role: 'staff', via: 'token', isSimulator: false };
    this.tokens.keep(hash, { caller, expiresAt: expiresAt?.getTime() ?? null }, now);
    if (seenAt === null || now - seenAt.getTime() > TOUCH_MS)
      await this.database.query('update token set seen_at = $2 where id = $1', [
        row.credential,
        new Date(now),
      ]);
    return caller;
  }

  /**
   * Notes that a session was used; `isAttended`: by a person.
   * @returns for how many ms its cookie must last from now, where that changed; else null
   */
  async touch(session: SessionFound, isAttended: boolean): Promise<number | null> {
    const now = this.clock.now();
    const { credential } = session.caller;
    if (isAttended && !session.isLocked && now - session.attendedAt > TOUCH_MS)
      await this.database.query(
        'update session set attended_at = $2 where id = $1 and attended_at = $3 and attended_at < $2',
        [credential, new Date(now), new Date(session.attendedAt)],
      );
    const end = rolledTo(session, now);
    if (end === null) return null;
    await this.database.query('update session set expires_at = $2 where id = $1', [
      credential,
      new Date(end),
    ]);
    return end - now;
  }
}

interface SessionRow {
  readonly credential: Id;
  readonly attendedAt: Date;
  readonly expiresAt: Date;
  readonly account: Id;
  readonly name: string;
  readonly role: Role;
  readonly centre: Id;
  readonly team: Id | null;
  readonly isSimulator: boolean;
  readonly demo: boolean;
  readonly hasPassword: boolean;
}

interface TokenRow {
  readonly credential: Id;
  readonly account: Id;
  readonly name: string;
  readonly centre: Id;
  readonly tokenScopes: readonly TokenScope[];
  readonly device: Id | null;
  readonly seenAt: Date | null;
  readonly expiresAt: Date | null;
}

const SELECT_SESSION = `
  select s.id as credential, s.attended_at as "attendedAt", s.expires_at as "expiresAt", a.id as account, a.name,
         a.role, a.centre, a.team, a.is_simulator as "isSimulator", a.demo, a.password_hash is not null as "hasPassword"
    from session s join account a on a.id = s.account
   where s.secret_hash = $1 and s.revoked_at is null and s.expires_at > $2 and a.disabled_at is null`;

const SELECT_TOKEN = `
  select id as credential, account, name, centre, scopes as "tokenScopes", device, seen_at as "seenAt",
         expires_at as "expiresAt"
    from token
   where secret_hash = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`;
