// For commands that break or wear out a whole city: one of their own, and `tests/chaos` built so that Node can run it.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, transpile } from '../../server/bin/build.mjs';
import { step } from '../../server/bin/steps.mjs';
import { openCluster } from './cluster.mjs';
import { cloneTemplate, prepareTemplates } from './templates.mjs';

/** A PostgreSQL with fsync and the demo city in it, for as long as `use` takes; `load` imports from `tests/chaos`. */
export async function onOwnCity(name, use) {
  // Of this run alone: another may run beside it.
  const built = join(ROOT, `.build/${name}-${process.pid}`);
  for (const part of ['chaos', 'support']) await transpile(join(ROOT, 'tests', part), join(built, part));
  const cluster = await step('start database', () => openCluster({ fast: false }));
  try {
    await step('load demo city', () => prepareTemplates(cluster.url, ['city']));
    const databaseUrl = await cloneTemplate(cluster.url, 'city', name);
    const load = (file) => import(pathToFileURL(join(built, 'chaos', file)).href);
    const say = (line) => process.stdout.write(`  ${new Date().toISOString().slice(11, 19)} ${line}\n`);
    return await use({ cluster, databaseUrl, say }, load);
  } finally {
    await cluster.close();
    await rm(built, { recursive: true, force: true });
  }
}
