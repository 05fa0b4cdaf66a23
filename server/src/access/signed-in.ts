import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Fault } from '../platform/fault.js';
import type { AskedRequest, Caller } from './caller.js';

/** The caller of an HTTP route that is not open. */
export const SignedIn = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<AskedRequest>();
  if (!caller) throw new Fault('session.required');
  return caller;
});
