import type { Socket } from 'socket.io';

/** What a screen may owe us: about a minute of a busy city. One further behind comes back with its cursor. */
const MAX_PACKETS = 2_000;
const MAX_BYTES = 8_000_000;

/** Closes the sockets that do not take what they are sent, before their queues cost the others memory. */
export function shedSlow(sockets: Iterable<Pick<Socket, 'conn'>>): number {
  let shed = 0;
  for (const { conn } of sockets) {
    if (!isSlow(conn)) continue;
    conn.close(true);
    shed += 1;
  }
  return shed;
}

/** Socket.IO types neither of its two queues: packets of the engine, bytes of the WebSocket below it. */
function isSlow(conn: Socket['conn']): boolean {
  const { writeBuffer, transport } = conn as unknown as {
    writeBuffer?: readonly unknown[];
    transport: { socket?: { bufferedAmount?: number } };
  };
  return (writeBuffer?.length ?? 0) > MAX_PACKETS || (transport.socket?.bufferedAmount ?? 0) > MAX_BYTES;
}
