// A process of its own that publishes one position a message to a broker, as fast as that takes them.
import { connectAsync } from 'mqtt';
import { someMoment } from './ingest-moments.js';

export interface Publishes {
  readonly url: string;
  readonly devices: readonly string[];
  readonly ms: number;
}

const LANES = 64;

async function run({ url, devices, ms }: Publishes): Promise<void> {
  const client = await connectAsync(url, { protocolVersion: 5 });
  process.send?.('open');
  const end = Date.now() + ms;
  let ts = someMoment();
  let next = 0;
  const lanes = Array.from({ length: LANES }, async () => {
    let sum = 0;
    while (Date.now() < end) {
      if (++next % devices.length === 0) ts += 1;
      const device = devices[next % devices.length] ?? '';
      const body = JSON.stringify({ ts, lng: 98.2888, lat: 39.7721 });
      await client.publishAsync(`fleet/${device}/fix`, body, { qos: 1 });
      sum++;
    }
    return sum;
  });
  const published = (await Promise.all(lanes)).reduce((a, b) => a + b, 0);
  await client.endAsync();
  process.send?.(published);
}

process.on('message', (order: Publishes) => void run(order));
process.send?.('ready');
