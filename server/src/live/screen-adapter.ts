import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';

/** A binary batch of 1000 fixes is far below this; anything larger is a mistake or an attack. */
const MAX_MESSAGE_BYTES = 1_000_000;

/** Socket.IO as the wire wants it: websocket only, default parser, no compression, no state recovery of its own. */
export class ScreenAdapter extends IoAdapter {
  constructor(app: INestApplicationContext) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    return super.createIOServer(port, {
      ...options,
      transports: ['websocket'],
      serveClient: false,
      perMessageDeflate: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      pingInterval: 10_000,
      pingTimeout: 8_000,
      connectTimeout: 10_000,
    }) as Server;
  }
}
