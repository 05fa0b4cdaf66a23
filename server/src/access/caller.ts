import type { AccountId, CentreId, Id, Role, ScopeId, TeamId, TokenScope } from '@app/shared';
import type { Request } from 'express';

/** Who asks: a person with a session, or a program with a token. */
export interface Caller {
  /** The person's account; of a token, the account that issued it and answers for it. */
  readonly account: AccountId;
  /** The account's name, or the token's. */
  readonly name: string;
  /** Of a token always `staff`: what a token may do is said by its scopes. */
  readonly role: Role;
  /**
   * The scope the caller stands at: sees what is told to it. A centre, in whose subtree it acts; of a liaison desk and
   * of a handheld a scope of its own, which is no centre and has no subtree.
   */
  readonly centre: ScopeId;
  /** Only of a handheld: whose it is, and the centre that this team stands at. */
  readonly handheld?: { readonly team: TeamId; readonly home: CentreId };
  readonly via: 'session' | 'token';
  /** The session's or the token's id. */
  readonly credential: Id;
  /** Empty for sessions. */
  readonly tokenScopes: readonly TokenScope[];
  /** The device a token was made for; null: any in the centre's subtree. */
  readonly device: Id | null;
  readonly isSimulator: boolean;
}

/** A request after the guard has looked at it. */
export type AskedRequest = Request & { caller?: Caller; requestId?: string };
