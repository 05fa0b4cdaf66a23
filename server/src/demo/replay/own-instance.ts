import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { once } from 'node:events';

export interface InstanceSettings {
  /** The script behind `npm start`. */
  readonly startScript: string;
  readonly dataDir: string;
  readonly port: number;
  readonly timeZone: string;
}

/** An instance of our own: `npm start` without demo and simulator, with its own data. */
export interface OwnInstance {
  readonly url: string;
  /** Code of the one-time set-up link; null when somebody has set it up before. */
  readonly setupCode: string | null;
  /** What it said last on its error output. */
  readonly ended: Promise<string>;
  readonly end: () => Promise<void>;
}

const PG_PORT = 15_433;
const JT808_PORT = 6_818;

/** @throws Error with its last words when it does not get ready */
export async function startInstance(
  { startScript, dataDir, port, timeZone }: InstanceSettings,
  say: (line: string) => void,
): Promise<OwnInstance> {
  const child = spawn(process.execPath, [startScript, '--no-simulator'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PG_PORT: String(PG_PORT),
      JT808_PORT: String(JT808_PORT),
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataDir,
      DEMO: 'off',
      TIME_ZONE: timeZone,
    },
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4_000)));
  const ended = once(child, 'close').then(() => errors.trim());
  const told = { setupCode: null as string | null, url: '' };
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    createInterface({ input: child.stdout }).on('line', (line) => {
      const setup = /^setup \S*[?&]setup=(\S+)/.exec(line)?.[1];
      const ready = /^ready (\S+)/.exec(line)?.[1];
      if (setup !== undefined) told.setupCode = setup;
      else if (ready === undefined) say(line);
      if (ready === undefined) return;
      told.url = ready.replace(/\/$/, '');
      resolve();
    });
  });
  if (told.url === '') throw new Error(`the instance did not start:\n${errors.trim()}`);
  return { ...told, ended, end: () => endChild(child, ended) };
}

async function endChild(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await ended;
}
