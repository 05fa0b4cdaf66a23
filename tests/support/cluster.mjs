// Jest globalSetup: one throw-away PostgreSQL for all projects of a run, with a migrated template to clone from.
import { fork } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServer, ROOT } from '../../server/bin/build.mjs';

const FIRST_PORT = 20_432;
const PORTS = 2_000;

/** An empty PostgreSQL in a directory of its own, ended by `close`. `fast` leaves out fsync. */
export async function openCluster({ fast = true } = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'xiongguan-test-'));
  await chmod(directory, 0o755);
  const keeper = fork(join(ROOT, 'server/bin/postgres.mjs'), { stdio: 'ignore' });
  const gone = new Promise((done) => keeper.once('exit', done));
  const close = async () => {
    if (keeper.connected) keeper.disconnect();
    await gone;
    await rm(directory, { recursive: true, force: true });
  };
  // Runs that start at the same moment look for a port at the same moment: each looks elsewhere.
  const port = FIRST_PORT + (process.pid % PORTS);
  const told = await new Promise((done) => {
    keeper.once('message', done);
    keeper.once('exit', (code) => done({ ok: false, error: `the database ended with code ${code}` }));
    keeper.send({ directory, port, fast });
  });
  if (told.ok) return { url: told.url, close };
  await close();
  throw new Error(told.error);
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
