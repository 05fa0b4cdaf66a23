import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import { Decoder } from 'socket.io-parser';
import { FrameAdapter } from './frame-adapter.js';
import { shareAnswers, SharingEncoder } from './shared-answer.js';

/** A binary batch of 1000 fixes is far below this; anything larger is a mistake or an attack. */
const MAX_MESSAGE_BYTES = 1_000_000;

const NO_ROOT = { code: 'wire.malformed', detail: { seen: '/', wanted: ['/live', '/devices'] } };

/** Socket.IO as the wire wants it: websocket only, default parser, no compression, no state recovery of its own. */
export class ScreenAdapter extends IoAdapter {
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
    // Socket.IO opens the root namespace to everybody; nothing is told there, so nobody may stay there.
    server.use((_, next) => next(Object.assign(new Error('wire.malformed'), { data: NO_ROOT })));
    return server;
  }
}
