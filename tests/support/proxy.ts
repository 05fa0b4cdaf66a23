import { connect, createServer, type Socket } from 'node:net';

export interface Proxy {
  readonly port: number;
  /** Bytes stand still in both directions, connections stay: a host that hangs. */
  pause(): void;
  resume(): void;
  /** Connections break, new ones are refused: a host that is gone. */
  cut(): void;
  close(): Promise<void>;
}

/** A TCP relay to a port of this machine that can be made to hang or to fail. */
export async function openProxy(target: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let isPaused = false;
  let isCut = false;
  const relay = (from: Socket, to: Socket) => {
    sockets.add(from);
    if (isPaused) from.pause();
    from.on('data', (chunk) => to.write(chunk));
    from.on('error', () => undefined);
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server = createServer((inbound) => {
    if (isCut) return void inbound.destroy();
    const outbound = connect(target, '127.0.0.1');
    relay(inbound, outbound);
    relay(outbound, inbound);
    if (isPaused) for (const socket of [inbound, outbound]) socket.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    pause: () => {
      isPaused = true;
      for (const socket of sockets) socket.pause();
    },
    resume: () => {
      isPaused = isCut = false;
      for (const socket of sockets) socket.resume();
    },
    cut: () => {
      isCut = true;
      drop();
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      drop();
      await closed;
    },
  };
}

/** The same database through a relay. */
export const throughPort = (url: string, port: number): string => {
  const through = new URL(url);
  through.port = String(port);
  return through.href;
};
