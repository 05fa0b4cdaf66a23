import type { Namespace, Socket } from 'socket.io';
import type { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { toFault } from '../platform/http-faults.js';

/** Lets a socket in that has a session cookie with an Origin of our own, or a token; refuses the rest with its code. */
export function admit<S extends Socket>(
  io: { use: (middleware: (socket: S, next: (error?: Error) => void) => void) => unknown } & Pick<
    Namespace,
    'name'
  >,
  access: Access,
  entered: (socket: S, caller: Caller) => void,
): void {
  io.use((socket, next) => {
    access.authenticate(credentialsOf(socket)).then(
      (caller) => {
        entered(socket, caller);
        next();
      },
      (error: unknown) => {
        const { code, detail } = toFault(error);
        next(Object.assign(new Error(code), { data: { code, detail } }));
      },
    );
  });
}

function credentialsOf({ handshake }: Socket) {
  const { token } = handshake.auth as { token?: unknown };
  const { cookie, origin, host, 'x-forwarded-host': forwarded } = handshake.headers;
  return {
    ...(typeof token === 'string' ? { token } : {}),
    ...(cookie === undefined ? {} : { cookie }),
    ...(origin === undefined ? {} : { origin }),
    ...(host === undefined ? {} : { host }),
    ...(typeof forwarded === 'string' ? { forwardedHost: forwarded } : {}),
  };
}
