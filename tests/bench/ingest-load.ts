// A process of its own that posts batches of positions over kept connections and says how many were accepted.
import { Agent, request } from 'node:http';
import { someMoment } from './ingest-moments.js';

export interface Posts {
  readonly url: string;
  readonly secret: string;
  readonly devices: readonly string[];
  readonly batch: number;
  readonly ms: number;
}

const SENDERS = 16;
const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });

function post({ url, secret }: Posts, body: string): Promise<number> {
  const headers = {
    authorization: `Bearer ${secret}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve((JSON.parse(text) as { accepted: number }).accepted));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

async function run(order: Posts): Promise<number> {
  const { devices, batch, ms } = order;
  process.send?.('open');
  const end = Date.now() + ms;
  let at = someMoment();
  let next = 0;
  const bodyOf = () =>
    JSON.stringify(
      Array.from({ length: batch }, () => {
        if (++next % devices.length === 0) at += 1;
        return {
          device: devices[next % devices.length],
          at: new Date(at).toISOString(),
          lng: 98.2888,
          lat: 39.7721,
          speedKmh: 30,
          headingDeg: 90,
        };
      }),
    );
  const senders = Array.from({ length: SENDERS }, async () => {
    let sum = 0;
    while (Date.now() < end) sum += await post(order, bodyOf());
    return sum;
  });
  return (await Promise.all(senders)).reduce((a, b) => a + b, 0);
}

process.on('message', (order: Posts) => {
  void run(order).then((accepted) => process.send?.(accepted));
});
process.on('disconnect', () => agent.destroy());
process.send?.('ready');
