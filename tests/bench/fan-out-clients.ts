// A process of its own with many screens: each one connection to the server and one to the bare broadcaster. It counts
// what arrives and says when a count is reached.
import { WebSocket } from 'ws';

export interface ClientsOrder {
  readonly many: number;
  readonly app: string;
  readonly bare: string;
  readonly token: string;
}
/** Says `true` when so many messages of this kind have arrived since. */
export interface CountOrder {
  readonly kind: 'frame' | 'text' | 'bare';
  readonly count: number;
}

/** The first screen reads no more, or reads again. */
export interface StallOrder {
  readonly stall: boolean;
}

const OPTIONS = { perMessageDeflate: false, skipUTF8Validation: true, maxPayload: 0 } as const;
const sockets: WebSocket[] = [];
let wanted: CountOrder = { kind: 'frame', count: Infinity };
let seen = 0;

function arrived(kind: CountOrder['kind']): void {
  if (kind !== wanted.kind || ++seen !== wanted.count) return;
  process.send?.('counted');
}

function opened(socket: WebSocket): Promise<void> {
  sockets.push(socket);
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => resolve());
  });
}

/** With one screen less nothing would be counted to its end. */
function lost(code: number): never {
  throw new Error(`a screen was closed with code ${code}: this machine is too busy to measure`);
}

/** Socket.IO by hand: a parser would cost this process more than the server spends. */
function screen(url: string, token: string): Promise<void> {
  const socket = new WebSocket(`${url}/socket.io/?EIO=4&transport=websocket`, OPTIONS);
  sockets.push(socket);
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', lost);
    socket.on('message', (bytes: Buffer, isBinary) => {
      if (isBinary) return arrived('frame');
      const head = bytes.toString('latin1', 0, 20);
      if (head.startsWith('42/live,["bench"')) arrived('text');
      else if (head === '2') socket.send('3');
      else if (head.startsWith('0')) socket.send(`40/live,${JSON.stringify({ token })}`);
      else if (head.startsWith('40/live,')) resolve();
      else if (head.startsWith('44/live,')) reject(new Error(bytes.toString()));
    });
  });
}

function stall({ stall: isStalled }: StallOrder): void {
  const first = sockets.find(({ url }) => url.includes('/socket.io/'));
  if (isStalled) first?.pause();
  else first?.resume();
  process.send?.('stall');
}

async function open({ many, app, bare, token }: ClientsOrder): Promise<void> {
  for (let i = 0; i < many; i += 50) {
    const some = Array.from({ length: Math.min(50, many - i) }, async () => {
      const listener = new WebSocket(bare, OPTIONS);
      listener.on('message', () => arrived('bare'));
      await Promise.all([opened(listener), screen(app, token)]);
    });
    await Promise.all(some);
  }
  process.send?.('open');
}

process.on('message', (order: ClientsOrder | CountOrder | StallOrder) => {
  if ('stall' in order) return stall(order);
  if ('many' in order) return void open(order);
  wanted = order;
  seen = 0;
  process.send?.('armed');
});
process.on('disconnect', () => process.exit(0));
