// A process of its own: terminals that tell one position a message, as fast as they are answered, each with some on the way.
import { emptyTerminalFix, JT808, writeTerminalFix } from '@app/shared';
import { Terminal } from '../../server/src/demo/client/terminal.js';
import type { ProvidedTerminal } from '../support/terminals.js';
import { someMoment } from './ingest-moments.js';

export interface Tells {
  readonly port: number;
  readonly terminals: readonly ProvidedTerminal[];
  readonly ms: number;
}

const ON_THE_WAY = 16;
const FIX = {
  ...emptyTerminalFix(),
  isFixed: true,
  lng: 98.2888,
  lat: 39.7721,
  speedKmh: 30,
  headingDeg: 90,
};

async function opened(port: number, { number, code }: ProvidedTerminal): Promise<Terminal> {
  const terminal = new Terminal({ number, dialect: 'y2013' });
  await terminal.open(port);
  const result = await terminal.authenticate(code);
  if (result !== 0) throw new Error(`the terminal was not let in: ${result}`);
  return terminal;
}

async function run({ port, terminals, ms }: Tells): Promise<void> {
  const all = await Promise.all(terminals.map((one) => opened(port, one)));
  process.send?.('open');
  const end = performance.now() + ms;
  const from = someMoment();
  const told = all.map(async (terminal) => {
    let [at, sum] = [from, 0];
    const lanes = Array.from({ length: ON_THE_WAY }, async () => {
      while (performance.now() < end)
        if ((await terminal.say(JT808.location, writeTerminalFix({ ...FIX, at: (at += 1_000) }))) === 0)
          sum++;
    });
    await Promise.all(lanes);
    return sum;
  });
  process.send?.((await Promise.all(told)).reduce((a, b) => a + b, 0));
  for (const terminal of all) terminal.close();
}

process.on('message', (order: Tells) => void run(order));
process.send?.('ready');
