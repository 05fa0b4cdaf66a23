import { createServer, type Server as HttpServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Namespace, Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import {
  FrameAdapter,
  inOneWrite,
  isKnown,
  type RoomFrame,
  type WayOut,
} from '../../server/src/live/frame-adapter.js';

// What the frames' way out takes for granted of Socket.IO, engine.io and ws. When an upgrade breaks one of these, the
// adapter still tells keyframes by ordinary events; this test says that it has come to that.

let http: HttpServer;
let server: Server;
let live: Namespace;
let clients: Socket[];

beforeEach(async () => {
  http = createServer();
  server = new Server(http, {
    adapter: FrameAdapter,
    transports: ['websocket'],
    perMessageDeflate: false,
  });
  live = server.of('/live');
  clients = [];
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  for (const client of clients) client.disconnect();
  await server.close();
});

async function screen() {
  const joined = once(live, 'connection');
  const { port } = http.address() as AddressInfo;
  const client = connect(`http://127.0.0.1:${port}/live`, { transports: ['websocket'], forceNew: true });
  clients.push(client);
  const [socket] = (await joined) as [Namespace['sockets'] extends Map<string, infer S> ? S : never];
  await socket.join('room');
  const told: unknown[] = [];
  client.onAny((event: string, payload: unknown) =>
    told.push(event === 'positions' ? [...new Uint8Array(payload as ArrayBuffer)] : event),
  );
  /** Resolves when everything that was sent so far has come. */
  const settled = async () => {
    const heard = once(client as never, 'end');
    socket.emit('end');
    await heard;
    return told.splice(0).filter((what) => what !== 'end');
  };
  return { client, socket, settled };
}

const frame = (tick: number, isKeyframe = false): RoomFrame => ({
  tick,
  bytes: Uint8Array.of(tick, isKeyframe ? 1 : 0),
  isKeyframe,
  whole: () => Uint8Array.of(tick, 1),
});

const WAY_OUT: WayOut = { event: 'positions', say: (socket, bytes) => socket.emit('positions', bytes) };

function say(what: RoomFrame): void {
  const { adapter } = live;
  if (!(adapter instanceof FrameAdapter)) throw new Error('another adapter');
  for (const _ of adapter.sendFrame('room', what, WAY_OUT));
}

describe('the state that a newcomer is told', () => {
  it('comes behind its acknowledgement, once, and is followed by the next tick’s changes', async () => {
    const { client, socket, settled } = await screen();
    const { adapter } = live;
    if (!(adapter instanceof FrameAdapter)) throw new Error('another adapter');
    socket.on('ask', (answer: (value: string) => void) => {
      answer('x'.repeat(100_000));
      adapter.greet('room', socket, { whole: { tick: 4, bytes: Uint8Array.of(4, 1) }, event: 'positions' });
    });
    const order: string[] = [];
    client.on('positions', () => order.push('state'));
    await new Promise<void>((resolve) => {
      client.emit('ask', () => resolve(void order.push('answer')));
    });
    expect(await settled()).toEqual([[4, 1]]);
    expect(order).toEqual(['answer', 'state']);
    say(frame(4));
    say(frame(5));
    expect(await settled()).toEqual([[5, 0]]);
  });
});

/** How often a socket's bytes were handed to the system meanwhile. */
function writesOf(socket: { readonly conn: object }): () => number {
  const { transport } = socket.conn as { transport: { socket: { ['_socket']: Duplex } } };
  const tcp = transport.socket['_socket'];
  let count = 0;
  for (const way of ['_write', '_writev'] as const) {
    const write: (...args: never[]) => void = (tcp[way] as (...args: never[]) => void).bind(tcp);
    Object.assign(tcp, {
      [way]: (...args: never[]) => {
        count += 1;
        write(...args);
      },
    });
  }
  return () => count;
}

describe('an answer and the state behind it', () => {
  it('go out in one write', async () => {
    const { client, socket, settled } = await screen();
    const { adapter } = live;
    if (!(adapter instanceof FrameAdapter)) throw new Error('another adapter');
    await settled();
    const writes = writesOf(socket);
    let inTurn = NaN;
    socket.on('ask', (answer: (value: string) => void) => {
      inOneWrite(socket, () => {
        answer('x'.repeat(1_000));
        adapter.greet('room', socket, { whole: { tick: 4, bytes: Uint8Array.of(4, 1) }, event: 'positions' });
      });
      inTurn = writes();
    });
    await client.emitWithAck('ask');
    expect(inTurn).toBe(1);
    expect(await settled()).toEqual([[4, 1]]);
  });

  it('keep their order when the engine still queues something', async () => {
    const { client, socket, settled } = await screen();
    const { adapter } = live;
    if (!(adapter instanceof FrameAdapter)) throw new Error('another adapter');
    socket.on('ask', (answer: (value: string) => void) => {
      for (const word of ['one', 'two']) socket.emit(word);
      inOneWrite(socket, () => {
        answer('done');
        adapter.greet('room', socket, { whole: { tick: 4, bytes: Uint8Array.of(4, 1) }, event: 'positions' });
      });
      socket.emit('after');
    });
    expect(await client.emitWithAck('ask')).toBe('done');
    expect(await settled()).toEqual(['one', 'two', [4, 1], 'after']);
  });
});

describe('a frame written past the queue', () => {
  it('finds the engine that it knows', async () => {
    const { socket } = await screen();
    expect(isKnown(socket)).toBe(true);
  });

  it('arrives as an ordinary event of an unmodified client, in order with events and acknowledgements', async () => {
    const { client, socket, settled } = await screen();
    socket.on('ask', (answer: (value: string) => void) => {
      socket.emit('before');
      say(frame(1, true));
      answer('done');
      socket.emit('after');
    });
    const order: string[] = [];
    client.on('before', () => order.push('before'));
    client.on('positions', () => order.push('positions'));
    client.on('after', () => order.push('after'));
    await client.emitWithAck('ask').then((value: string) => order.push(value));
    expect(await settled()).toEqual(['before', [1, 1], 'after']);
    expect(order.filter((what) => what !== 'done')).toEqual(['before', 'positions', 'after']);
  });

  it.each([0, 125, 126, 65_535, 65_536, 300_000])('carries %i bytes', async (length) => {
    const { client } = await screen();
    const bytes = Uint8Array.from({ length }, (_, i) => i % 251);
    const heard = once(client as never, 'positions');
    say({ tick: 1, bytes, isKeyframe: true, whole: () => bytes });
    const [got] = (await heard) as [ArrayBuffer];
    expect(Buffer.compare(Buffer.from(got), bytes)).toBe(0);
  });
});

describe('a screen', () => {
  it('that holds the tick before is told what changed, any other everything', async () => {
    const first = await screen();
    say(frame(7));
    const late = await screen();
    say(frame(8));
    say(frame(9));
    expect(await first.settled()).toEqual([
      [7, 1],
      [8, 0],
      [9, 0],
    ]);
    expect(await late.settled()).toEqual([
      [8, 1],
      [9, 0],
    ]);
  });

  it('that lost one, or left and came back, is told everything once', async () => {
    const { socket, settled } = await screen();
    say(frame(1));
    (live.adapter as FrameAdapter).forget('room', socket.id);
    say(frame(2));
    say(frame(3));
    await socket.leave('room');
    await socket.join('room');
    say(frame(4));
    expect(await settled()).toEqual([
      [1, 1],
      [2, 1],
      [3, 0],
      [4, 1],
    ]);
  });

  it('that does not read holds one frame, and is told everything when it reads again', async () => {
    const stalled = await screen();
    const other = await screen();
    const big = new Uint8Array(2_000_000);
    const ws = stalled.socket.conn.transport as unknown as { socket: { bufferedAmount: number } };
    const reader = stalled.client.io.engine as unknown as {
      transport: { ws: { pause(): void; resume(): void } };
    };
    reader.transport.ws.pause();
    for (let tick = 1; tick <= 20; tick++) {
      const heard = once(other.client as never, 'positions');
      say({ tick, bytes: big, isKeyframe: false, whole: () => big });
      await heard;
    }
    // The kernel takes a few megabytes; above them one frame waits here, whatever else was said.
    expect(ws.socket.bufferedAmount).toBeGreaterThan(0);
    expect(ws.socket.bufferedAmount).toBeLessThanOrEqual(big.length + 100);
    reader.transport.ws.resume();
    expect((await stalled.settled()).length).toBeLessThan(20);
    say(frame(21));
    expect(await stalled.settled()).toEqual([[21, 1]]);
  });

  it('whose engine is another is told keyframes by ordinary events', async () => {
    const { socket, settled } = await screen();
    Object.defineProperty(socket.conn.transport, 'name', { value: 'another' });
    expect(isKnown(socket)).toBe(false);
    say(frame(1));
    say(frame(2));
    expect(await settled()).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });
});
