import type { Refusal } from '@app/shared';
import type { Socket } from 'socket.io';
import { Fault } from './fault.js';

/** The ack of a refused request; what does not fit its schema is `wire.malformed` here. */
export function refusal({ code, detail }: Fault): Refusal {
  const isShape = code.startsWith('request.') && code !== 'request.too-many' && code !== 'request.too-large';
  return { ok: false, error: { code: isShape ? 'wire.malformed' : code, detail } };
}

/** Answers every request that is none of a namespace's events: also a slip of the pen gets its ack. */
export function refuseUnknown(
  io: { on(event: 'connection', listener: (socket: Pick<Socket, 'use'>) => void): unknown },
  events: readonly string[],
): void {
  io.on('connection', (socket) => {
    socket.use(([event, ...args], next) => {
      if (events.includes(event)) return next();
      const ack: unknown = args.at(-1);
      if (typeof ack === 'function')
        ack(refusal(new Fault('wire.malformed', { seen: event.slice(0, 80), wanted: events })));
    });
  });
}
