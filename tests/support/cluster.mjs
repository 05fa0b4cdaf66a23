// Jest globalSetup: one throw-away PostgreSQL for all projects of a run, with a migrated template to clone from.
import { fork } from 'node:child_process';
import { mkdtemp, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServer, ROOT } from '../../server/bin/build.mjs';

export default async function openCluster() {
  if (globalThis.xiongguanCluster) return;
  await buildServer();
  const directory = await mkdtemp(join(tmpdir(), 'xiongguan-test-'));
  await chmod(directory, 0o755);
  const keeper = fork(join(ROOT, 'server/bin/postgres.mjs'), { stdio: 'ignore' });
  keeper.send({ directory, port: 20_432, fast: true });
  const told = await new Promise((done, fail) => {
    keeper.once('message', done);
    keeper.once('exit', (code) => fail(new Error(`the test database ended with code ${code}`)));
  });
  if (!told.ok) throw new Error(told.error);
  const { prepareTemplates } = await import('./templates.mjs');
  await prepareTemplates(told.url);
  process.env.TEST_CLUSTER_URL = told.url;
  globalThis.xiongguanCluster = {
    close: async () => {
      keeper.removeAllListeners('exit');
      const gone = new Promise((done) => keeper.once('exit', done));
      keeper.disconnect();
      await gone;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
