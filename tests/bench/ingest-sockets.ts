// A process of its own that tells batches of positions on sockets that stay open, each with some on the way.
import { io, type Socket } from 'socket.io-client';
import type { Posts } from './ingest-load.js';
import { someMoment } from './ingest-moments.js';

export type Emits = Posts;

const SOCKETS = 8;
const ON_THE_WAY = 2;

function opened({ url, secret }: Emits): Promise<Socket> {
  const socket = io(`${url}/devices`, { transports: ['websocket'], forceNew: true, auth: { token: secret } });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

async function run(order: Emits): Promise<void> {
  const { devices, batch, ms } = order;
  const sockets = await Promise.all(Array.from({ length: SOCKETS }, () => opened(order)));
  process.send?.('open');
  const end = Date.now() + ms;
  let at = someMoment();
  let next = 0;
  const fixes = () =>
    Array.from({ length: batch }, () => {
      if (++next % devices.length === 0) at += 1;
      const place = { lng: 98.2888, lat: 39.7721, speedKmh: 30, headingDeg: 90 };
      return { device: devices[next % devices.length], at: new Date(at).toISOString(), ...place };
    });
  const lanes = sockets.flatMap((socket) =>
    Array.from({ length: ON_THE_WAY }, async () => {
      let sum = 0;
      while (Date.now() < end)
        sum += ((await socket.emitWithAck('fixes', fixes())) as { accepted: number }).accepted;
      return sum;
    }),
  );
  process.send?.((await Promise.all(lanes)).reduce((a, b) => a + b, 0));
  for (const socket of sockets) socket.close();
}

process.on('message', (order: Emits) => void run(order));
process.send?.('ready');
