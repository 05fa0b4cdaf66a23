// The databases that tests clone: `empty` (migrated) and `city` (the demo city without its past).
import pg from 'pg';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../server/bin/build.mjs';

const built = (path) => import(pathToFileURL(join(ROOT, '.build/server/src', path)).href);

export async function prepareTemplates(url, wanted = ['empty', 'city']) {
  const { readConfig } = await built('platform/config.js');
  const { prepareDatabase } = await built('prepare.js');
  for (const name of wanted) {
    const client = new pg.Client(url);
    await client.connect();
    await client.query(`create database ${name}`);
    await client.end();
    const config = readConfig({
      DATABASE_URL: url.replace(/\/app$/, `/${name}`),
      DEMO: name === 'city' ? 'on' : 'off',
      LOG_LEVEL: 'warn',
    });
    await prepareDatabase(config, { past: false });
  }
}

/** A database of one's own on a cluster with templates; its URL. */
export async function cloneTemplate(url, template, name) {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`create database ${name} template ${template}`);
  await client.end();
  return url.replace(/\/app$/, `/${name}`);
}
