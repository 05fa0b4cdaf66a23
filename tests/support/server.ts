import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { DemoAccount } from '@app/shared';
import { Person } from './app.js';

/** The repository, also for a copy of this file that was built for a command. */
export const ROOT = import.meta.dirname.replace(/\/(tests|\.build\/[^/]+)\/support$/, '');
export const BUILT_SERVER = join(ROOT, '.build/server/src');
const FIRST_PORT = 22_000;
const PORTS = 9_000;

/** A port of this machine that nobody listens on, below those that the system hands out by itself. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    const isFree = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}

export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Signs in one of the demo accounts; those below the city stand at `centre`. */
  signIn(demo: DemoAccount, centre?: string): Promise<Person>;
  /** Sends a signal and resolves with exit code, signal and how long it took (ms). */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<{ code: number | null; signal: string | null; ms: number }>;
}

interface ServerOptions {
  readonly port: number;
  readonly env?: Record<string, string>;
  /** A file descriptor for what it says. */
  readonly logTo?: number | 'ignore';
  /** For Node itself. */
  readonly execArgv?: readonly string[];
}

/** The built server as a process of its own: what can be killed. */
export async function openServer(
  databaseUrl: string,
  { port, env = {}, logTo = 'ignore', execArgv = [] }: ServerOptions,
): Promise<ServerProcess> {
  const child = fork(join(BUILT_SERVER, 'main.js'), {
    execArgv: [...execArgv],
    stdio: ['ignore', logTo, logTo === 'ignore' ? 'inherit' : logTo, 'ipc'],
    env: {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      JT808_PORT: '0',
      LOG_LEVEL: 'silent',
      ...env,
    },
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.on('message', (word: { ready?: string; failed?: string }) => {
      if (word.ready) resolve(word.ready);
      if (word.failed) reject(new Error(word.failed));
    });
    child.once('exit', (code) => reject(new Error(`the server ended with code ${code}`)));
  });
  return {
    url,
    child,
    signIn: async (demo, centre) => {
      const wish = centre === undefined ? { demo } : { demo, centre };
      const answer = await new Person(url, {}).post('/api/session', wish);
      return new Person(url, { cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' });
    },
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null)
        return { code: child.exitCode, signal: child.signalCode, ms: 0 };
      const since = performance.now();
      child.kill(signal);
      const [code, by] = (await once(child, 'exit')) as [number | null, string | null];
      return { code, signal: by, ms: performance.now() - since };
    },
  };
}
