// A process of its own with many screens that come back at once: each connects, signs in, joins with the cursor that it
// has, and is whole when it has its answer and a frame. Socket.IO by hand: a parser would cost more than the server.
import { WebSocket } from 'ws';

export interface StormOrder {
  /** `bare`: no more than the namespace; `screens`: join and be whole; `naive`: a snapshot and an event per entry. */
  readonly kind: 'bare' | 'screens' | 'naive';
  readonly many: number;
  readonly url: string;
  readonly token: string;
  readonly scope: string;
  readonly cursor: string;
  readonly entries: number;
}
/** What one of the screens was told; `ms`: until the last of them was whole. */
export interface StormTold {
  readonly ms: number;
  readonly mode: string;
  readonly backlog: number;
  readonly teams: number;
}

const OPTIONS = { perMessageDeflate: false, skipUTF8Validation: true, maxPayload: 0 } as const;
const ANSWER = '43/live,7[';
let sockets: WebSocket[] = [];

/** Resolves with the answer to the join when the screen is whole. */
function screen(order: StormOrder): Promise<Buffer | undefined> {
  const { kind, url, token, scope, cursor, entries } = order;
  const socket = new WebSocket(`${url}/socket.io/?EIO=4&transport=websocket`, OPTIONS);
  sockets.push(socket);
  return new Promise((resolve, reject) => {
    let answer: Buffer | undefined;
    let hasFrame = false;
    let events = 0;
    const look = () => answer && hasFrame && resolve(answer);
    socket.once('error', reject);
    socket.on('message', (bytes: Buffer, isBinary) => {
      if (isBinary) {
        hasFrame = true;
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
  for (const socket of sockets) socket.terminate();
  sockets = [];
  const since = performance.now();
  const answers = await Promise.all(Array.from({ length: order.many }, () => screen(order)));
  const ms = performance.now() - since;
  const text = answers[0]?.toString().slice(ANSWER.length, -1);
  if (text === undefined) return { ms, mode: '', backlog: 0, teams: 0 };
  const told = JSON.parse(text) as { mode: string; backlog?: unknown[]; roster: { teams: number } };
  return { ms, mode: told.mode, backlog: told.backlog?.length ?? 0, teams: told.roster.teams };
}

process.on('message', (order: StormOrder) => void storm(order).then((told) => process.send?.(told)));
process.on('disconnect', () => process.exit(0));
