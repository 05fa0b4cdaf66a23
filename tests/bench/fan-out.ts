import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Namespace } from 'socket.io';
import * as ws from 'ws';
import { FleetTicker, type FrameVoice } from '../../server/src/live/fleet-ticker.js';
import type { RoomFrame } from '../../server/src/live/frame-adapter.js';
import { PulseSchedule } from '../../server/src/live/pulse.schedule.js';
import { WallGateway } from '../../server/src/live/wall.gateway.js';
import type { ClientsOrder, CountOrder } from './fan-out-clients.js';
import { forkBeside } from './beside.js';
import { openServer } from './open-server.js';
import { readToken } from './read-token.js';
import { cpuOf } from './measure.js';

export const SCREENS = 1_000;

/** Internals of `ws` that its types leave out: a frame made once, and a socket that takes it as it is. */
export const { Sender } = ws as unknown as {
  readonly Sender: { frame(data: Buffer, options: object): Buffer[] };
};
type Listener = ws.WebSocket & { readonly ['_sender']: { sendFrame(list: Buffer[]): void } };

/** The whole server with many screens, and beside it a bare `ws` with as many listeners. */
export class FanOut {
  private constructor(
    readonly many: number,
    readonly voice: FrameVoice,
    readonly io: Namespace,
    private readonly bare: ws.WebSocketServer,
    readonly clients: ChildProcess,
    readonly close: () => Promise<void>,
  ) {}

  static async open(databaseUrl: string, many = SCREENS): Promise<FanOut> {
    // The gateway hands its voice to the ticker: here it is overheard, so that frames leave the way they always do.
    let voice: FrameVoice | undefined;
    const speak = FleetTicker.prototype.speakThrough;
    FleetTicker.prototype.speakThrough = function overheard(given) {
      voice = given;
      speak.call(this, given);
    };
    const app = await openServer(databaseUrl);
    // Their own frames and pulses would be counted with ours.
    await app.get(FleetTicker).onApplicationShutdown();
    app.get(PulseSchedule).onApplicationShutdown();
    const gateway: unknown = app.get(WallGateway);
    const { io } = gateway as { io: Namespace };
    const bare = new ws.WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
    await once(bare, 'listening');
    const clients = forkBeside('fan-out-clients');
    const order: ClientsOrder = {
      many,
      app: (await app.getUrl()).replace('http', 'ws'),
      bare: `ws://127.0.0.1:${(bare.address() as AddressInfo).port}`,
      token: await readToken(databaseUrl),
    };
    clients.send(order);
    await once(clients, 'message');
    if (!voice) throw new Error('the gateway has no voice');
    return new FanOut(many, voice, io, bare, clients, async () => {
      clients.disconnect();
      await once(clients, 'exit');
      bare.close();
      await app.close();
    });
  }

  /** CPU of this process while `count` messages of a kind leave and arrive. */
  async delivered(order: CountOrder, send: () => void | Promise<void>): Promise<number> {
    this.clients.send(order);
    await once(this.clients, 'message');
    await nextTurn();
    const counted = once(this.clients, 'message');
    return cpuOf(async () => {
      await send();
      await counted;
    });
  }

  /** Says a frame to a room the way the ticker does, without letting others have their turn. */
  say(scope: string, frame: RoomFrame): void {
    for (const _ of this.voice.frame(scope, frame));
  }

  /** The plain way: the same bytes to the first so many of the bare listeners. */
  broadcast(frame: Buffer[], many: number): void {
    let told = 0;
    for (const client of this.bare.clients) {
      if (++told > many) return;
      (client as Listener)['_sender'].sendFrame(frame);
    }
  }

  /** Puts the n-th screen into the rooms of these scopes' positions, and out of every other. */
  async put(scopesOf: (n: number) => string[]): Promise<void> {
    let n = 0;
    for (const socket of this.io.sockets.values()) {
      for (const room of [...socket.rooms].filter((name) => name !== socket.id)) await socket.leave(room);
      await socket.join(scopesOf(n++).map((scope) => `positions:${scope}`));
    }
  }
}
