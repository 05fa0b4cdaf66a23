import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { liaisonOf, type Role, type TokenScope } from '@app/shared';
import type { Response } from 'express';
import { CONFIG, type Config } from '../platform/config.js';
import { Fault } from '../platform/fault.js';
import { OPEN } from '../platform/open.js';
import type { AskedRequest, Caller } from './caller.js';
import { secretOf, sessionCookie } from './cookie.js';
import { Credentials } from './credentials.js';
import { requireOwnOrigin } from './origin.rules.js';
import { ACCOUNT_HEADER, ATTENDED_HEADER } from './session.rules.js';

export { Open } from '../platform/open.js';

const NEEDS = 'needs';
const TOKEN_MAY = 'token-may';
const LIAISON_MAY = 'liaison-may';
const HANDHELD_MAY = 'handheld-may';
const CHANGING = new Set(['POST', 'PATCH', 'PUT', 'DELETE']);

/** Of the signed-in persons only those with one of these roles may call the route; says nothing about tokens. */
export const Needs = (...roles: Role[]) => SetMetadata(NEEDS, roles);

/** Tokens with one of these scopes may call the route. Without it a route refuses every token. */
export const TokenMay = (...scopes: TokenScope[]) => SetMetadata(TOKEN_MAY, scopes);

/** Liaison desks of forces may call the route too; without it a route refuses them, whatever else it says. */
export const LiaisonMay = () => SetMetadata(LIAISON_MAY, true);

/** Handhelds of teams may call the route too, for their own team; without it a route refuses them. */
export const HandheldMay = () => SetMetadata(HANDHELD_MAY, true);

/** Lets a request through when somebody with the right stands behind it, and tells the route who. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly credentials: Credentials,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<AskedRequest>();
    const token = bearerOf(request.headers.authorization);
    if (token === undefined && CHANGING.has(request.method))
      requireOwnOrigin({
        origin: request.headers.origin,
        isCookie: secretOf(request.headers.cookie) !== undefined,
        publicUrl: this.config.publicUrl,
        host: request.host,
      });
    if (this.told(OPEN, context)) return true;
    request.caller =
      token === undefined
        ? await this.sessionOf(request, context)
        : requireScope(
            await this.credentials.token(token),
            (this.told(TOKEN_MAY, context) ?? []) as TokenScope[],
          );
    return true;
  }

  private async sessionOf(request: AskedRequest, context: ExecutionContext): Promise<Caller> {
    const session = await this.credentials.session(request.headers.cookie);
    const changes = CHANGING.has(request.method);
    const meant = request.headers[ACCOUNT_HEADER];
    if (meant !== undefined && meant !== session.caller.account) throw new Fault('session.another');
    if (changes && session.isLocked) throw new Fault('session.locked');
    const invited = invitationOf(session.caller.role);
    if (invited === undefined)
      requireRole(session.caller, changes, this.told(NEEDS, context) as Role[] | undefined);
    else if (this.told(invited, context) !== true)
      throw new Fault('role.denied', { seen: session.caller.role, wanted: 'a role of the centres' });
    const isAttended = changes || request.headers[ATTENDED_HEADER] !== undefined;
    const rolled = await this.credentials.touch(session, isAttended);
    if (rolled !== null)
      context
        .switchToHttp()
        .getResponse<Response>()
        .setHeader('set-cookie', sessionCookie(session.secret, rolled, request.secure));
    return session.caller;
  }

  private told(key: string, context: ExecutionContext): unknown {
    return this.reflector.getAllAndOverride<unknown>(key, [context.getHandler(), context.getClass()]);
  }
}

/** What a route must say to let in whoever stands at no centre; undefined for those who do. */
function invitationOf(role: Role): string | undefined {
  if (role === 'team') return HANDHELD_MAY;
  return liaisonOf(role) ? LIAISON_MAY : undefined;
}

function requireRole({ role }: Caller, changes: boolean, roles: readonly Role[] | undefined): void {
  if (changes && role === 'display')
    throw new Fault('role.denied', { seen: role, wanted: 'a role that acts' });
  if (roles && !roles.includes(role)) throw new Fault('role.denied', { seen: role, wanted: roles });
}

function requireScope(caller: Caller, scopes: readonly TokenScope[]): Caller {
  if (!scopes.some((scope) => caller.tokenScopes.includes(scope)))
    throw new Fault('scope.denied', { seen: caller.tokenScopes, wanted: scopes });
  return caller;
}

/** The secret of `Authorization: Bearer …`; undefined without the header. */
export function bearerOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const [, secret] = /^Bearer ([\w-]{1,200})$/i.exec(header) ?? [];
  if (secret === undefined)
    throw new Fault('session.required', { wanted: 'Authorization: Bearer with a token' });
  return secret;
}
