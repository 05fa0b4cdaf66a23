import { spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';

/** What a scanner says of bytes; rejects when it says nothing of use. */
export type Verdict = { readonly isClean: true } | { readonly isClean: false; readonly found: string };

const LONGEST_MS = 60_000;
const PIECE = 64 * 1024;

/**
 * Asks the scanner of the installation.
 * @param scanner `clamd:host:port`, `clamd:/path/to/socket`, or `command:` with a program that reads the bytes
 *   and ends with 0 for clean and 1 for infected
 * @throws Error when the scanner is not there, fails, or does not answer in time
 */
export function scan(scanner: string, bytes: Uint8Array): Promise<Verdict> {
  const [, kind, rest = ''] = /^(clamd|command):(.+)$/.exec(scanner) ?? [];
  return kind === 'clamd' ? askClamd(rest, bytes) : askCommand(rest, bytes);
}

/** The INSTREAM command of clamd(8): pieces with their length before them, an empty one at the end. */
async function askClamd(at: string, bytes: Uint8Array): Promise<Verdict> {
  const [, host = '', port = ''] = /^(.+):(\d+)$/.exec(at) ?? [];
  const socket = port === '' ? connect({ path: at }) : connect({ host, port: Number(port) });
  socket.setTimeout(LONGEST_MS, () => socket.destroy(new Error('the scanner did not answer in time')));
  const answer = answerOf(socket);
  socket.write('zINSTREAM\0');
  for (let from = 0; from < bytes.length; from += PIECE) {
    const piece = bytes.subarray(from, from + PIECE);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    socket.write(length);
    socket.write(piece);
  }
  socket.write(Buffer.alloc(4));
  const told = (await answer).replace(/\0$/, '');
  if (/^stream: OK$/.test(told)) return { isClean: true };
  const [, found] = /^stream: (.+) FOUND$/.exec(told) ?? [];
  if (found === undefined) throw new Error(`the scanner answered ${JSON.stringify(told.slice(0, 200))}`);
  return { isClean: false, found };
}

function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    socket.once('error', reject);
    socket.once('close', () => resolve(Buffer.concat(pieces).toString()));
  });
}

/** No shell stands between: words are split at spaces, and nothing of the upload is among them. */
function askCommand(line: string, bytes: Uint8Array): Promise<Verdict> {
  const [program = '', ...words] = line.split(' ').filter((word) => word !== '');
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'ignore'], timeout: LONGEST_MS });
    const told: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => told.push(piece));
    child.once('error', reject);
    // It may have made up its mind before it has read all.
    child.stdin.on('error', () => undefined);
    child.once('close', (code, signal) => {
      if (code === 0) resolve({ isClean: true });
      else if (code === 1)
        resolve({ isClean: false, found: Buffer.concat(told).toString().trim().slice(0, 200) });
      else reject(new Error(`the scanner ended with ${code ?? signal}`));
    });
    child.stdin.end(bytes);
  });
}
