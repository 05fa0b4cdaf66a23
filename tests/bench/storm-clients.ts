// A process of its own that opens many screens at once and says when the last of them is whole.
import { WebSocket } from 'ws';

/** What each screen waits for: the handshake alone, the answer to its join and a frame, or an event for every entry. */
export interface StormOrder {
  readonly kind: 'bare' | 'screens' | 'naive';
  readonly many: number;
  readonly url: string;
  readonly token: string;
  readonly scope: string;
  readonly cursor: string;
  readonly entries: number;
}
/** All screens go; said again when they are gone. */
export interface CalmOrder {
  readonly kind: 'calm';
}
/** What one of the screens was told; `ms`: until the last of them was whole; `bytes`: of its answer and frame. */
export interface StormTold {
  readonly ms: number;
  readonly bytes: number;
  readonly mode: string;
  readonly backlog: number;
  readonly teams: number;
}

const OPTIONS = { perMessageDeflate: false, skipUTF8Validation: true, maxPayload: 0 } as const;
const ANSWER = '43/live,7[';
let sockets: WebSocket[] = [];

interface Whole {
  readonly answer: Buffer;
  readonly frame: Buffer;
}

/** Resolves when the screen is whole; with what it was told, when that is to be looked at. */
function screen(order: StormOrder): Promise<Whole | undefined> {
  const { kind, url, token, scope, cursor, entries } = order;
  const socket = new WebSocket(`${url}/socket.io/?EIO=4&transport=websocket`, OPTIONS);
  sockets.push(socket);
  return new Promise((resolve, reject) => {
    let [answer, frame]: (Buffer | undefined)[] = [];
    let events = 0;
    const look = () => answer && frame && resolve({ answer, frame });
    socket.once('error', reject);
    socket.on('message', (bytes: Buffer, isBinary) => {
      if (isBinary) {
        frame ??= bytes;
        return look();
      }
      const head = bytes.toString('latin1', 0, 20);
      if (head === '2') socket.send('3');
      else if (head.startsWith('0')) socket.send(`40/live,${JSON.stringify({ token })}`);
      else if (head.startsWith('40/live,')) {
        if (kind === 'bare') resolve(undefined);
        else if (kind === 'screens')
          socket.send(`42/live,7${JSON.stringify(['join', { protocol: 1, scope, cursor, roster: 'runs' }])}`);
      } else if (head.startsWith(ANSWER)) {
        answer = bytes;
        look();
      } else if (head.startsWith('42/live,["entry"') && ++events === entries) resolve(undefined);
      else if (head.startsWith('44/live,')) reject(new Error(bytes.toString()));
    });
  });
}

async function storm(order: StormOrder): Promise<StormTold> {
  const since = performance.now();
  const whole = await Promise.all(Array.from({ length: order.many }, () => screen(order)));
  const ms = performance.now() - since;
  const [first] = whole;
  if (!first) return { ms, bytes: 0, mode: '', backlog: 0, teams: 0 };
  const told = JSON.parse(first.answer.toString().slice(ANSWER.length, -1)) as {
    mode: string;
    backlog?: unknown[];
    roster: { teams: number };
  };
  const bytes = first.answer.length + first.frame.length;
  return { ms, bytes, mode: told.mode, backlog: told.backlog?.length ?? 0, teams: told.roster.teams };
}

async function calm(): Promise<void> {
  const gone = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  for (const socket of sockets) socket.terminate();
  sockets = [];
  await Promise.all(gone);
}

process.on('message', (order: StormOrder | CalmOrder) => {
  if (order.kind === 'calm') void calm().then(() => process.send?.('calm'));
  else void storm(order).then((told) => process.send?.(told));
});
process.on('disconnect', () => process.exit(0));
