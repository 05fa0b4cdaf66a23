import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { Decoder } from 'socket.io-parser';
import {
  SharedAnswer,
  shareAnswers,
  SharedAnswers,
  SharingEncoder,
} from '../../server/src/live/shared-answer.js';

// What shared answers take for granted of Socket.IO and engine.io: that an acknowledgement may come in two fragments,
// and where an engine lets its packets be looked at.

let http: HttpServer;
let server: Server;
let clients: Socket[];

beforeEach(async () => {
  http = createServer();
  server = new Server(http, {
    parser: { Encoder: SharingEncoder, Decoder },
    transports: ['websocket'],
    perMessageDeflate: false,
  });
  clients = [];
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  for (const client of clients) client.disconnect();
  await server.close();
});

const answer = { ok: true, place: '嘉峪关', list: Array.from({ length: 20_000 }, (_, i) => ({ i })) };

async function ask(): Promise<unknown> {
  const { port } = http.address() as AddressInfo;
  const client = connect(`http://127.0.0.1:${port}/live`, { transports: ['websocket'], forceNew: true });
  clients.push(client);
  await once(client as never, 'connect');
  const got: unknown = await client.emitWithAck('ask', 'me');
  // The next acknowledgement has another number and follows the fragments unharmed.
  expect(await client.emitWithAck('plain')).toBe('plain');
  expect(await client.emitWithAck('ask', 'me')).toEqual(answer);
  return got;
}

function serve(shared: SharedAnswer): void {
  server.of('/live').on('connection', (socket) => {
    socket.on('ask', (_who: string, reply: (told: unknown) => void) => reply(shared));
    socket.on('plain', (reply: (told: string) => void) => reply('plain'));
  });
}

describe('a shared answer', () => {
  it('arrives at unmodified clients as the acknowledgement of each, made once', async () => {
    server.engine.on('connection', shareAnswers);
    const shared = new SharedAnswer(answer);
    serve(shared);
    const { fragment } = shared;
    const told = await Promise.all([ask(), ask(), ask()]);
    expect(told).toEqual([answer, answer, answer]);
    expect(shared.fragment).toBe(fragment);
  });

  it('is sent as its bytes, not as text', async () => {
    server.engine.on('connection', shareAnswers);
    const options: unknown[] = [];
    server.engine.on(
      'connection',
      (engine: { on(event: string, listener: (packet: object) => void): void }) =>
        engine.on('packetCreate', (packet) => options.push('options' in packet ? packet.options : undefined)),
    );
    const shared = new SharedAnswer(answer);
    serve(shared);
    await ask();
    expect(options.filter((held) => JSON.stringify(Object.keys(held ?? {})).includes('wsPre'))).toHaveLength(
      2,
    );
  });

  it('arrives as text where the engine does not show its packets', async () => {
    serve(new SharedAnswer(answer));
    expect(await ask()).toEqual(answer);
  });
});

describe('the answers of a moment', () => {
  it('are made once for each question, about the same thing, and forgotten with the moment', () => {
    const answers = new SharedAnswers();
    const about = {};
    let made = 0;
    const of = (moment: string, key: string, thing: object = about) =>
      answers.of(moment, { key, about: thing }, () => ({ made: ++made })).text;
    expect([of('1', 'a'), of('1', 'a'), of('1', 'b'), of('1', 'a', {}), of('2', 'a')]).toEqual([
      '{"made":1}]',
      '{"made":1}]',
      '{"made":2}]',
      '{"made":3}]',
      '{"made":4}]',
    ]);
  });
});
