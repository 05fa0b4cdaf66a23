// Jest globalSetup: one throw-away PostgreSQL for all projects of a run, with a migrated template to clone from.
import { fork } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildServer, ROOT } from '../../server/bin/build.mjs';

const FIRST_PORT = 20_432;
const PORTS = 2_000;

/**
 * An empty PostgreSQL in a directory of its own, ended by `close`. `fast` leaves out fsync. `kill` ends all of it with
 * SIGKILL and resolves when none of its processes is left; `start` brings it back at the same address.
 */
export async function openCluster({ fast = true } = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'xiongguan-test-'));
  await chmod(directory, 0o755);
  // Runs that start at the same moment look for a port at the same moment: each looks elsewhere.
  const port = FIRST_PORT + (process.pid % PORTS);
  let keeper = await keep({ directory, port, fast });
  const close = async () => {
    await keeper.end();
    await rm(directory, { recursive: true, force: true });
  };
  if (!keeper.told.ok) {
    await close();
    throw new Error(keeper.told.error);
  }
  return {
    url: keeper.told.url,
    directory,
    close,
    kill: async () => {
      await killAll(join(directory, 'pg/postmaster.pid'));
      await keeper.gone;
    },
    start: async () => {
      keeper = await keep({ directory, port, fast });
      if (!keeper.told.ok) throw new Error(keeper.told.error);
    },
  };
}

async function keep(order) {
  const child = fork(join(ROOT, 'server/bin/postgres.mjs'), { stdio: 'ignore' });
  const gone = new Promise((done) => child.once('exit', done));
  const told = await new Promise((done) => {
    child.once('message', done);
    child.once('exit', (code) => done({ ok: false, error: `the database ended with code ${code}` }));
    child.send(order);
  });
  const end = () => {
    if (child.connected) child.disconnect();
    return gone;
  };
  return { told, gone, end };
}

/** A postmaster and its backends at one stroke: those that outlived it would hold its memory for seconds. */
async function killAll(pidFile) {
  const postmaster = Number((await readFile(pidFile, 'utf8')).split('\n')[0]);
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8');
  const pids = [postmaster, ...children.trim().split(' ').filter(Boolean).map(Number)];
  for (const pid of pids) signal(pid, 'SIGKILL');
  while (pids.some((pid) => signal(pid, 0))) await pause(20);
}

function signal(pid, name) {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

export default async function setUp() {
  if (globalThis.xiongguanCluster) return;
  await buildServer();
  const cluster = await openCluster();
  try {
    const { prepareTemplates } = await import('./templates.mjs');
    await prepareTemplates(cluster.url);
  } catch (error) {
    await cluster.close();
    throw error;
  }
  process.env.TEST_CLUSTER_URL = cluster.url;
  globalThis.xiongguanCluster = cluster;
}
