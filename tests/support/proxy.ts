import { connect, createServer, type Socket } from 'node:net';

export interface Proxy {
  readonly port: number;
  /** Bytes stand still in both directions, connections stay: a host that hangs. */
  pause(): void;
  resume(): void;
  /** Connections break, new ones are refused: a host that is gone. */
  cut(): void;
  /** Connections break, new ones are let in: a cable pulled and plugged in again. */
  drop(): void;
  /** Bytes arrive in order and so much later; 0 for at once. */
  delay(ms: number): void;
  /** Of each connection this end stays open and hears nothing any more; the other end is told that it is over. */
  strand(end: 'client' | 'server'): void;
  close(): Promise<void>;
}

/** One direction of a connection; `end` is where it comes from. */
class Way {
  readonly #queue: { readonly at: number; readonly chunk: Buffer }[] = [];
  #timer: NodeJS.Timeout | undefined;
  isStranded = false;

  constructor(
    readonly from: Socket,
    readonly to: Socket,
    readonly end: 'client' | 'server',
    private readonly delayMs: () => number,
  ) {
    from.on('data', (chunk) => this.#carry(chunk));
    from.on('error', () => undefined);
    from.on('close', () => {
      clearTimeout(this.#timer);
      if (!this.isStranded) to.destroy();
    });
  }

  #carry(chunk: Buffer): void {
    const ms = this.delayMs();
    if (this.isStranded) return;
    if (ms === 0 && this.#queue.length === 0) return void this.to.write(chunk);
    this.#queue.push({ at: performance.now() + ms, chunk });
    this.#timer ??= setTimeout(() => this.#drain(), ms);
  }

  /** In order, however the delay changes meanwhile. */
  #drain(): void {
    this.#timer = undefined;
    for (;;) {
      const [next] = this.#queue;
      if (!next) return;
      const restMs = next.at - performance.now();
      if (restMs > 0) {
        this.#timer = setTimeout(() => this.#drain(), restMs);
        return;
      }
      this.#queue.shift();
      this.to.write(next.chunk);
    }
  }
}

/**
 * A TCP relay to a port of this machine that can be made to hang or to fail. A function is asked for the port of each
 * new connection.
 */
export async function openProxy(target: number | (() => number)): Promise<Proxy> {
  const ways = new Set<Way>();
  let isPaused = false;
  let isCut = false;
  let delayMs = 0;
  const relay = (from: Socket, to: Socket, end: Way['end']) => {
    const way = new Way(from, to, end, () => delayMs);
    ways.add(way);
    if (isPaused) from.pause();
    from.on('close', () => ways.delete(way));
  };
  const server = createServer((inbound) => {
    if (isCut) return void inbound.destroy();
    const outbound = connect(typeof target === 'number' ? target : target(), '127.0.0.1');
    relay(inbound, outbound, 'client');
    relay(outbound, inbound, 'server');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const drop = () => {
    for (const { from } of ways) from.destroy();
  };
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    pause: () => {
      isPaused = true;
      for (const { from } of ways) from.pause();
    },
    resume: () => {
      isPaused = isCut = false;
      for (const { from } of ways) from.resume();
    },
    cut: () => {
      isCut = true;
      drop();
    },
    drop,
    delay: (ms) => (delayMs = ms),
    strand: (end) => {
      for (const way of ways) way.isStranded = true;
      for (const way of ways) if (way.end !== end) way.from.destroy();
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
