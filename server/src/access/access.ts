import { Inject, Injectable } from '@nestjs/common';
import { type CentreId, liaisonOf, type ScopeId, type TeamId } from '@app/shared';
import { CONFIG, type Config } from '../platform/config.js';
import { Fault } from '../platform/fault.js';
import type { Caller } from './caller.js';
import { CentreTree } from './centre-tree.js';
import { secretOf } from './cookie.js';
import { Credentials } from './credentials.js';
import { CutFeed, type CutListener } from './cut-feed.schedule.js';
import { requireOwnOrigin } from './origin.rules.js';

/** What a socket or another door showed. `forwardedHost` counts only behind a proxy named by TRUST_PROXY. */
export interface Shown {
  readonly cookie?: string;
  readonly token?: string;
  readonly origin?: string;
  readonly host?: string;
  readonly forwardedHost?: string;
}

/** The centre at which a scope that is no centre stands; undefined for a scope it does not know. */
export type ScopeHome = (scope: ScopeId) => CentreId | undefined;

/** Who may read, act and join. Scope is the tree of centres; what is seen is `seenBy` and nothing else. */
@Injectable()
export class Access {
  readonly #homes: ScopeHome[] = [];

  constructor(
    private readonly tree: CentreTree,
    private readonly credentials: Credentials,
    private readonly cuts: CutFeed,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Every ancestor of a party stands in `seenBy`, so the caller's own centre is there or the caller may not read. */
  mayRead(caller: Caller, seenBy: readonly ScopeId[]): boolean {
    return seenBy.includes(caller.centre);
  }

  /** In the own subtree; of a closed centre also whoever took its place. */
  mayAct(caller: Caller, centre: CentreId): boolean {
    return this.tree.heirs(centre).some((heir) => this.tree.isWithin(heir, caller.centre));
  }

  /** @throws Fault `centre.unknown` for a centre outside the caller's subtree as for one that does not exist */
  requireAct(caller: Caller, centre: CentreId): void {
    if (!this.mayAct(caller, centre)) throw new Fault('centre.unknown', { id: centre });
  }

  /**
   * A scope that the caller may join or read: a centre of the own subtree, or what has its home there (a team).
   * @throws Fault `centre.unknown`, whether it is forbidden or unknown
   */
  requireScope(caller: Caller, scope: ScopeId): void {
    // Whoever sits at a liaison desk, and a handheld, has that scope and no other.
    if ((liaisonOf(caller.role) || caller.handheld) && scope === caller.centre) return;
    const home = this.tree.get(scope) ? scope : this.#homeOf(scope);
    if (home === undefined || !this.mayAct(caller, home)) throw new Fault('centre.unknown', { id: scope });
  }

  /**
   * The home of a team of the own subtree.
   * @throws Fault `team.unknown`, whether it is foreign, closed or unknown
   */
  requireTeam(caller: Caller, team: TeamId): CentreId {
    const home = this.#homeOf(team);
    if (home === undefined || !this.mayAct(caller, home)) throw new Fault('team.unknown', { id: team });
    return home;
  }

  /** A lower folder says where scopes of its own stand. */
  registerScopeHomes(home: ScopeHome): void {
    this.#homes.push(home);
  }

  /**
   * Who stands behind what a door was shown; a token goes before a cookie.
   * @throws Fault `session.required`, or `request.foreign-origin` for a cookie without an Origin of our own
   */
  async authenticate({ cookie, token, origin, host, forwardedHost }: Shown): Promise<Caller> {
    if (token !== undefined) return this.credentials.token(token);
    requireOwnOrigin({
      origin,
      isCookie: secretOf(cookie) !== undefined,
      publicUrl: this.config.publicUrl,
      host: (this.config.trustProxy === null ? undefined : forwardedHost) ?? host,
    });
    return (await this.credentials.session(cookie)).caller;
  }

  /** Tells of credentials that ended, were locked, or changed their role or centre, within about a second. */
  onCut(listener: CutListener): () => void {
    return this.cuts.onCut(listener);
  }

  #homeOf(scope: ScopeId): CentreId | undefined {
    for (const home of this.#homes) {
      const centre = home(scope);
      if (centre !== undefined) return centre;
    }
    return undefined;
  }
}
