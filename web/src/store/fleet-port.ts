import { FleetCore, type FleetNews, type FleetOrder } from './fleet-core.js';

/** The way to a fleet's core, wherever it works. */
export interface FleetPort {
  /** `transfer`: what the core owns from then on. */
  post(order: FleetOrder, transfer?: ArrayBuffer[]): void;
  close(): void;
}

export interface FleetPortEnd {
  heard(news: FleetNews): void;
  /** The core is lost, and with it what it was told. */
  lost(): void;
}

/** A core in a worker; undefined where there are no workers. One that does not come up, or breaks, is `lost`. */
export function openWorkerPort(end: FleetPortEnd): FleetPort | undefined {
  if (typeof Worker === 'undefined') return undefined;
  try {
    const worker = new Worker(new URL('./fleet-worker.ts', import.meta.url), { type: 'module' });
    // What was under way when it was closed is nobody's business any more.
    const over = new AbortController();
    const { signal } = over;
    worker.addEventListener('message', ({ data }: MessageEvent<FleetNews>) => end.heard(data), { signal });
    worker.addEventListener('error', () => end.lost(), { signal });
    return {
      post: (order, transfer = []) => worker.postMessage(order, transfer),
      close: () => {
        over.abort();
        worker.terminate();
      },
    };
  } catch {
    return undefined;
  }
}

/** A core on the page itself: slower, never different. */
export function openLocalPort(end: FleetPortEnd, monotonic?: () => number): FleetPort {
  const core = new FleetCore(monotonic);
  return {
    post: (order) => {
      const news = core.take(order);
      if (news) end.heard(news);
    },
    close: () => undefined,
  };
}
