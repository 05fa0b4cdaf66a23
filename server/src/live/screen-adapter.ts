import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions, Socket } from 'socket.io';
import { Decoder } from 'socket.io-parser';
import { FrameAdapter } from './frame-adapter.js';
import { shareAnswers, SharingEncoder } from './shared-answer.js';

/** A binary batch of 1000 fixes is far below this; anything larger is a mistake or an attack. */
const MAX_MESSAGE_BYTES = 1_000_000;

const NO_ROOT = { code: 'wire.malformed', detail: { seen: '/', wanted: ['/live', '/devices'] } };

/** Whether an address is that of a proxy named by TRUST_PROXY. */
export type IsProxy = (address: string | undefined) => boolean;

/** Socket.IO as the wire wants it: websocket only, default parser, no compression, no state recovery of its own. */
export class ScreenAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly isProxy: IsProxy,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const settings: Partial<ServerOptions> = {
      ...options,
      transports: ['websocket'],
      serveClient: false,
      perMessageDeflate: false,
      adapter: FrameAdapter,
      parser: { Encoder: SharingEncoder, Decoder },
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      pingInterval: 10_000,
      pingTimeout: 8_000,
      connectTimeout: 10_000,
    };
    const server = super.createIOServer(port, settings as ServerOptions);
    server.engine.on('connection', shareAnswers);
    server.engine.use((request: IncomingMessage, _: unknown, next: () => void) => {
      if (!this.isProxy(request.socket.remoteAddress)) dropForwarded(request);
      next();
    });
    // Socket.IO opens the root namespace to everybody; nothing is told there, so nobody may stay there.
    server.use((_, next) => next(Object.assign(new Error('wire.malformed'), { data: NO_ROOT })));
    return server;
  }

  /** Handlers answer by their acknowledgement alone: a stream for each event of each socket would have nothing to carry. */
  override bindMessageHandlers(socket: Socket, handlers: readonly Handler[]): void {
    for (const { message, callback } of handlers)
      socket.on(message, (...args: unknown[]) => {
        const { data, ack } = this.mapPayload(args.length > 1 ? args : args[0]);
        void callback(data, ack);
      });
  }
}

interface Handler {
  readonly message: string;
  readonly callback: (data: unknown, ack: unknown) => unknown;
}

/** Anybody can write such a header; what it says counts only when one of our proxies wrote it. */
function dropForwarded({ headers }: IncomingMessage): void {
  for (const name of Object.keys(headers)) if (name.startsWith('x-forwarded-')) delete headers[name];
}
