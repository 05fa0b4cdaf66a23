import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { SignIn as SignInBody, Session } from '@app/shared';
import type { Response } from 'express';
import { Clock } from '../platform/clock.js';
import type { AskedRequest } from './caller.js';
import { SESSION_COOKIE, sessionCookie } from './cookie.js';
import { HandheldMay, LiaisonMay, Open } from './guard.js';
import { Presence } from './presence.js';
import { SignIn } from './sign-in.js';
import { SignInDemo } from './sign-in-demo.js';

@Controller('api/session')
export class SessionController {
  constructor(
    private readonly signIn: SignIn,
    private readonly signInDemo: SignInDemo,
    private readonly presence: Presence,
    private readonly clock: Clock,
  ) {}

  /** Signs in, or gives the password again to a session that is locked. */
  @Open()
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Session })
  async enter(
    @Body({ schema: SignInBody }) body: SignInBody,
    @Req() request: AskedRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    const held = await this.presence.of(request.headers.cookie);
    const at = this.clock.now();
    const { secret, ttlMs } =
      'demo' in body
        ? await this.signInDemo.run({ ...body, held, at })
        : await this.signIn.run({ ...body, address: request.ip ?? '', held, at });
    response.setHeader('set-cookie', sessionCookie(secret, ttlMs, request.secure));
    return this.presence.show(`${SESSION_COOKIE}=${secret}`);
  }

  /** Who am I. */
  @Get()
  @LiaisonMay()
  @HandheldMay()
  @ApiOkResponse({ standardSchema: Session })
  show(@Req() request: AskedRequest): Promise<Session> {
    return this.presence.show(request.headers.cookie);
  }

  /** Signs out; also answers when there was nobody. */
  @Open()
  @Delete()
  @HttpCode(204)
  async leave(@Req() request: AskedRequest, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.presence.end(request.headers.cookie);
    response.setHeader('set-cookie', sessionCookie('', 0, request.secure));
  }
}
