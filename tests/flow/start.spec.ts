import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../support/server.js';

const START = join(import.meta.dirname, '../../server/bin/start.mjs');
const READY_MS = 60_000;

let directory: string;
let port: number;
let pgPort: number;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'xiongguan-start-'));
  await chmod(directory, 0o755);
  [port, pgPort] = [await freePort(), await freePort()];
});
afterAll(() => rm(directory, { recursive: true, force: true }));

interface Run {
  readonly child: ChildProcess;
  readonly printed: () => string;
  /** Resolves with the exit code once everything is printed. */
  readonly ended: Promise<number | null>;
  /** Resolves with what was printed when the last line says that it is ready. */
  ready(): Promise<string>;
}

/** `npm start` without npm and without the demo, on ports and in a directory of its own. */
function start(env: Record<string, string> = {}, flags = ['--no-simulator']): Run {
  const child = spawn(process.execPath, [START, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      DEMO: 'off',
      PORT: String(port),
      PG_PORT: String(pgPort),
      JT808_PORT: '0',
      DATA_DIR: join(directory, 'data'),
      LOG_LEVEL: 'warn',
      ...env,
    },
  });
  let text = '';
  let look = (): void => undefined;
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      look();
    });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    printed: () => text,
    ended,
    ready: () =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`not ready:\n${text}`)), READY_MS);
        look = () => {
          if (!/^ready http.*$/m.test(text)) return;
          clearTimeout(timer);
          resolve(text);
        };
        void ended.then((code) => reject(new Error(`ended with code ${code}:\n${text}`)));
        look();
      }),
  };
}

/** Every process below one, by what their parents are; those that run now. */
async function below(pid: number): Promise<{ pid: number; command: string }[]> {
  const found: { pid: number; parent: number; command: string }[] = [];
  for (const name of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    const status = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    const parent = Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
    if (command !== '') found.push({ pid: Number(name), parent, command: command.replaceAll('\0', ' ') });
  }
  const family = new Set([pid]);
  for (let size = 0; size !== family.size;) {
    size = family.size;
    for (const one of found) if (family.has(one.parent)) family.add(one.pid);
  }
  return found.filter((one) => family.has(one.pid) && one.pid !== pid);
}

/** A process that has ended and waits for whoever adopted it to notice (`Z`) does not run. */
function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function gone(pids: readonly number[], withinMs: number): Promise<number[]> {
  for (let waited = 0; waited < withinMs && pids.some(isRunning); waited += 100) await pause(100);
  return pids.filter(isRunning);
}

const family = async (run: Run): Promise<{ pid: number; command: string }[]> => below(run.child.pid ?? 0);

describe('npm start', () => {
  it('says who holds its port, and ends with code 1', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
    const run = start();
    expect(await run.ended).toBe(1);
    expect(run.printed()).toContain(`PORT ${port} is taken by process ${process.pid} (`);
    expect(run.printed()).toContain('PORT=3001 npm start');
    await new Promise((resolve) => holder.close(resolve));
  });

  it('refuses the demo in production', async () => {
    const run = start({ NODE_ENV: 'production', DEMO: 'on' });
    expect(await run.ended).toBe(1);
    expect(run.printed()).toContain('NODE_ENV=production wants DEMO=off');
  });

  it('names a bad port', async () => {
    const run = start({ PORT: 'eighty' });
    expect(await run.ended).toBe(1);
    expect(run.printed()).toContain('PORT: a number from 1 to 65535 is wanted; seen eighty');
  });

  it.each([
    [{ SIMULATOR_JT808: '6809' }, 'SIMULATOR_JT808=6809, but the server'],
    [{ SIMULATOR_JT808: '6808', JT808_PORT: 'off' }, 'JT808_PORT=off: nobody would be let in'],
  ])('says that the simulator’s terminals would knock at another door: %j', async (env, said) => {
    const run = start({ DEMO: 'on', JT808_PORT: '6808', ...env }, []);
    expect(await run.ended).toBe(1);
    expect(run.printed()).toContain(said);
  });

  it('names a directory that it may not use', async () => {
    const data = join(directory, 'a-file', 'data');
    await writeFile(join(directory, 'a-file'), '');
    const run = start({ DATA_DIR: data });
    expect(await run.ended).toBe(1);
    expect(run.printed()).toContain(`${data} cannot be made`);
    expect(run.printed()).not.toMatch(/ at .*\.mjs:\d+/);
  });
});

describe('a run', () => {
  it('starts, starts again after anything was killed, and leaves nothing behind', async () => {
    // The first: empty directory, so it prints the set-up link, and `ready` last.
    const first = start();
    const text = await first.ready();
    expect(text).toMatch(/^setup http/m);
    expect(text.trim().split('\n').at(-1)).toBe(`ready http://127.0.0.1:${port}`);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    const running = await family(first);
    const keeper = running.find(({ command }) => command.includes('postgres.mjs'));
    const postmaster = running.find(({ command }) => /bin\/postgres /.test(command));
    if (!keeper || !postmaster) throw new Error(running.map(({ command }) => command).join('\n'));

    // Its database's keeper is killed: the run says so and ends; PostgreSQL itself is left over.
    process.kill(keeper.pid, 'SIGKILL');
    expect(await first.ended).toBe(1);
    expect(first.printed()).toContain('the embedded PostgreSQL ended');
    expect(isRunning(postmaster.pid)).toBe(true);

    // The next run ends the left-over one and is ready again.
    const second = start();
    expect(await second.ready()).toContain(
      'a PostgreSQL of an earlier run was still there and has been ended',
    );
    expect(isRunning(postmaster.pid)).toBe(false);

    // The run itself is killed: server and database end by themselves, and the next one waits for them.
    const left = await family(second);
    second.child.kill('SIGKILL');
    await second.ended;
    const third = start();
    await third.ready();
    expect(
      await gone(
        left.map(({ pid }) => pid),
        1_000,
      ),
    ).toEqual([]);

    // Ctrl-C ends all of it, in order, with code 0.
    const last = await family(third);
    expect(last.length).toBeGreaterThan(2);
    third.child.kill('SIGINT');
    expect(await third.ended).toBe(0);
    expect(
      await gone(
        last.map(({ pid }) => pid),
        1_000,
      ),
    ).toEqual([]);
    // That the database was away is said, and nothing else is an error.
    const errors = (await readFile(join(directory, 'data/server.log'), 'utf8'))
      .split('\n')
      .filter((line) => line.includes('"level":50'));
    expect(errors.filter((line) => !/unconfirmed|tracks\.stalled/.test(line))).toEqual([]);
  });
});
