import type { ScreenToServer, ServerToScreen } from '@app/shared';
import { io, type Socket } from 'socket.io-client';

export type LiveSocket = Socket<ServerToScreen, ScreenToServer>;

/** A socket to the server's screens' door. It does not reconnect by itself: the link does, with full jitter. */
export function openLiveSocket(): LiveSocket {
  return io('/live', {
    transports: ['websocket'],
    reconnection: false,
    autoConnect: false,
    forceNew: true,
    timeout: 8000,
  });
}
