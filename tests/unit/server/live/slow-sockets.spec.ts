import { describe, expect, it } from '@jest/globals';
import type { Socket } from 'socket.io';
import { shedSlow } from '../../../../server/src/live/slow-sockets.js';

const socket = (packets: number, bytes: number, closed: string[], name: string) =>
  ({
    conn: {
      writeBuffer: Array.from({ length: packets }),
      transport: { socket: { bufferedAmount: bytes } },
      close: () => closed.push(name),
    },
  }) as unknown as Socket;

describe('slow sockets', () => {
  it('are closed when they owe too many packets or bytes, and no others', () => {
    const closed: string[] = [];
    const sockets = [
      socket(0, 0, closed, 'idle'),
      socket(1_999, 7_000_000, closed, 'busy'),
      socket(2_001, 0, closed, 'packets'),
      socket(0, 8_000_001, closed, 'bytes'),
    ];
    expect(shedSlow(sockets)).toBe(2);
    expect(closed).toEqual(['packets', 'bytes']);
  });

  it('are not seen where the engine keeps its queues elsewhere', () => {
    expect(shedSlow([{ conn: { transport: {} } } as unknown as Socket])).toBe(0);
  });
});
