// `npm start`: install, build, embedded PostgreSQL, server, simulator. Its last line is `ready http://…`. Ctrl-C
// ends all of it, in order; when the server ends by itself, the rest is ended and the exit code says so.
import { fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { openSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { buildServer, buildWeb, installPackages, ROOT } from './build.mjs';
import { giveUp, step, Told } from './steps.mjs';

const settings = {
  host: process.env.HOST || '127.0.0.1',
  port: Number(process.env.PORT || 3000),
  pgPort: Number(process.env.PG_PORT || 15_432),
  dataDir: resolve(ROOT, process.env.DATA_DIR || '.data'),
  isDemo: (process.env.DEMO || 'on') !== 'off',
  hasSimulator: !process.argv.includes('--no-simulator'),
};

/** Started processes, in the order in which they are ended. */
const running = [];
let isStopping = false;

function checkSettings() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new Told(
      `Node 20.19 or newer is needed; this is ${process.version}: install a newer Node and start again`,
    );
  if (!Number.isInteger(settings.port) || settings.port < 1 || settings.port > 65_535)
    throw new Told(`PORT: a number from 1 to 65535 is wanted; seen ${process.env.PORT}`);
  if (process.env.NODE_ENV === 'production' && settings.isDemo)
    throw new Told('NODE_ENV=production wants DEMO=off: the demo city has open accounts');
  const { SIMULATOR_JT808: told = '0', JT808_PORT } = process.env;
  const door = JT808_PORT || '6808';
  if (settings.isDemo && settings.hasSimulator && told !== '' && told !== '0' && told !== door)
    throw new Told(
      `SIMULATOR_JT808=${told}, but the server's door for terminals is JT808_PORT=${door}: nobody would be let in; give both the same port, or leave SIMULATOR_JT808 out`,
    );
}

const listens = (port, host) =>
  new Promise((done) => {
    const probe = createServer();
    probe.once('error', (error) => done(error.code));
    probe.listen(port, host, () => probe.close(() => done(undefined)));
  });

/** A server of ours that lost its parent drains for some seconds: it is waited for. Anything else holds the port. */
async function checkPort() {
  for (let waited = 0; ; waited += 250) {
    const code = await listens(settings.port, settings.host);
    if (code === undefined) return;
    if (code === 'EACCES')
      throw new Told(
        `PORT ${settings.port}: this user may not listen there; choose another, PORT=3001 npm start`,
      );
    const ours = JSON.parse(await readFile(join(settings.dataDir, 'server.json'), 'utf8').catch(() => '{}'));
    const isOrphan = ours.pid && !isAlive(ours.parent) && isAlive(ours.pid);
    if (!isOrphan || waited > 12_000) {
      const holder = await holderOf(settings.port);
      throw new Told(
        `PORT ${settings.port} is taken${holder}: end it, or choose another, PORT=3001 npm start`,
      );
    }
    await new Promise((done) => setTimeout(done, 250));
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Who listens on a port, from /proc; empty where that cannot be told. */
async function holderOf(port) {
  const { readdir, readlink } = await import('node:fs/promises');
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = new Set();
  for (const line of tables.join('\n').split('\n')) {
    const columns = line.trim().split(/\s+/);
    if (columns[1]?.endsWith(wanted) && columns[3] === '0A') inodes.add(`socket:[${columns[9]}]`);
  }
  for (const pid of (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))) {
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const link = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      if (!inodes.has(link)) continue;
      const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''))
        .replaceAll('\0', ' ')
        .trim();
      return ` by process ${pid} (${command.slice(0, 80)})`;
    }
  }
  return '';
}

/** As root the database runs as another user, who must be able to reach its directory. */
function databaseDirectory() {
  if (process.getuid?.() !== 0) return settings.dataDir;
  for (let path = dirname(settings.dataDir); ; path = dirname(path)) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found && (found.mode & 0o001) === 0) {
      const other = join(
        '/var/tmp',
        `xiongguan-${Buffer.from(settings.dataDir).toString('base64url').slice(-24)}`,
      );
      process.stdout.write(`  ${path} is closed to the database's user: the database is kept in ${other}\n`);
      return other;
    }
    if (path === dirname(path)) return settings.dataDir;
  }
}

async function openDatabase() {
  const keeper = fork(join(ROOT, 'server/bin/postgres.mjs'), { detached: true, stdio: 'ignore' });
  const answer = new Promise((done, fail) => {
    keeper.once('message', done);
    keeper.once('exit', (code) => fail(new Told(`the embedded PostgreSQL ended with code ${code}`)));
  });
  keeper.send({ directory: databaseDirectory(), port: settings.pgPort, fast: false });
  const told = await answer;
  if (!told.ok) throw new Told(told.error);
  running.push({ name: 'database', child: keeper, end: () => keeper.connected && keeper.disconnect() });
  keeper.removeAllListeners('exit');
  keeper.once('exit', () => stopAll(isStopping ? 0 : 1, 'the embedded PostgreSQL ended'));
  if (told.recovered)
    process.stdout.write('  a PostgreSQL of an earlier run was still there and has been ended\n');
  return told.url;
}

const logFile = (name) => openSync(join(settings.dataDir, `${name}.log`), 'a');

function startServer(databaseUrl, secret) {
  return new Promise((done, fail) => {
    const out = logFile('server');
    const child = fork(join(ROOT, '.build/server/src/main.js'), {
      detached: true,
      stdio: ['ignore', out, out, 'ipc'],
      execArgv: ['--enable-source-maps'],
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl,
        DATA_DIR: settings.dataDir,
        WEB_DIR: join(ROOT, 'web/dist'),
        SIMULATOR_SECRET: secret,
      },
    });
    running.unshift({ name: 'server', child, end: () => child.kill('SIGTERM') });
    child.on('message', (word) => {
      if (word.step)
        process.stdout.write(
          `  ✓ ${word.step} (${(word.ms / 1000).toFixed(1)} s${word.remark ? `, ${word.remark}` : ''})\n`,
        );
      if (word.setup) process.stdout.write(`setup ${word.setup}\n`);
      if (word.failed) fail(new Told(word.failed));
      if (word.ready) done({ url: word.ready, pid: child.pid });
    });
    child.once('exit', (code, signal) => {
      fail(
        new Told(
          `the server ended (${signal ?? `code ${code}`}); its last words are in ${join(settings.dataDir, 'server.log')}`,
        ),
      );
      stopAll(isStopping ? 0 : 1, `the server ended (${signal ?? `code ${code}`})`);
    });
  });
}

function startSimulator(url, secret) {
  const out = logFile('simulator');
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', join(ROOT, '.build/server/src/demo/simulator/main.js')],
    {
      detached: true,
      stdio: ['ignore', out, out, 'ipc'],
      env: { ...process.env, SIMULATOR_URL: url, SIMULATOR_SECRET: secret },
    },
  );
  running.unshift({ name: 'simulator', child, end: () => child.kill('SIGTERM') });
  child.on('message', (word) => word.failed && process.stderr.write(`the simulator: ${word.failed}\n`));
  child.once('exit', (code) => {
    if (!isStopping)
      process.stderr.write(
        `the simulator ended (code ${code}); see ${join(settings.dataDir, 'simulator.log')}\n`,
      );
  });
}

/** Ends simulator, server and database one after the other, each within its time. */
async function stopAll(code, reason) {
  if (isStopping) return;
  isStopping = true;
  if (reason) process.stderr.write(`${reason}\n`);
  for (const { child, end } of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = new Promise((done) => child.once('exit', done));
    end();
    const timer = setTimeout(() => child.kill('SIGKILL'), 12_000);
    await gone;
    clearTimeout(timer);
  }
  process.exit(code);
}

async function main() {
  checkSettings();
  process.stdout.write('雄关 Xiongguan\n');
  await mkdir(settings.dataDir, { recursive: true });
  await checkPort();
  await installPackages();
  await buildServer();
  await buildWeb();
  const secret = randomBytes(24).toString('base64url');
  const databaseUrl = process.env.DATABASE_URL || (await step('start database', openDatabase));
  const { url, pid } = await startServer(databaseUrl, secret);
  await writeFile(join(settings.dataDir, 'server.json'), JSON.stringify({ pid, parent: process.pid, url }));
  if (settings.isDemo && settings.hasSimulator) startSimulator(url, secret);
  process.stdout.write(`ready ${url}\n`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stopAll(0));
main().catch(async (error) => {
  giveUp(error);
  await stopAll(1);
});
