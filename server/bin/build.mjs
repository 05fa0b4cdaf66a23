// Installs what is missing and builds what is stale. Node's own modules alone until the packages are there.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { step, Told } from './steps.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Runs a command to its end; what it printed is told only when it failed. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env, ...options });
    let printed = '';
    child.stdout?.on('data', (chunk) => (printed += chunk));
    child.stderr?.on('data', (chunk) => (printed += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(printed);
      else reject(new Told(`${command} ${args.join(' ')} ended with code ${code}:\n${printed.slice(-4000)}`));
    });
  });
}

async function newest(paths) {
  let latest = 0;
  for (const path of paths) {
    const full = join(ROOT, path);
    if (!existsSync(full)) continue;
    const found = await stat(full);
    if (!found.isDirectory()) {
      latest = Math.max(latest, found.mtimeMs);
      continue;
    }
    for (const entry of await readdir(full, { recursive: true, withFileTypes: true }))
      if (entry.isFile())
        latest = Math.max(latest, (await stat(join(entry.parentPath ?? entry.path, entry.name))).mtimeMs);
  }
  return latest;
}

const stampOf = (name) => join(ROOT, '.build', `${name}.stamp`);

async function isFresh(name, sources) {
  const stamp = await readFile(stampOf(name), 'utf8').catch(() => '');
  return stamp === String(await newest(sources));
}

async function stamp(name, sources) {
  await mkdir(join(ROOT, '.build'), { recursive: true });
  await writeFile(stampOf(name), String(await newest(sources)));
}

/** Packages as the lock file says; `npm install`, since `npm ci` refuses a lock made on another platform. */
export async function installPackages() {
  if ((await isFresh('packages', ['package-lock.json'])) && existsSync(join(ROOT, 'node_modules'))) return;
  await step('install packages', () => run(NPM, ['install', '--no-audit', '--no-fund']));
  await stamp('packages', ['package-lock.json']);
}

const SERVER = ['server/src', 'shared/src', 'migrations', '.swcrc'];

export async function buildServer() {
  if (await isFresh('server', SERVER)) return;
  await step('build server', async () => {
    const next = join(ROOT, `.build/next-${process.pid}`);
    const builds = [
      ['server/src', '.build/server/src'],
      ['migrations', '.build/migrations'],
      ['shared/src', 'shared/dist'],
    ];
    for (const [from, to] of builds) await transpile(join(ROOT, from), join(next, to));
    // Whoever runs or starts meanwhile sees the old build or the new one, never half of one.
    for (const [, to] of builds) {
      await mkdir(dirname(join(ROOT, to)), { recursive: true });
      await rename(join(ROOT, to), join(next, `${to}.old`)).catch(() => undefined);
      await rename(join(next, to), join(ROOT, to));
    }
    await rm(next, { recursive: true, force: true });
  });
  await stamp('server', SERVER);
}

/** Every TypeScript file below `from` as JavaScript below `to`, with its source map. */
export async function transpile(from, to) {
  const { transformFile } = await import('@swc/core');
  const configFile = join(ROOT, '.swcrc');
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const source = join(entry.parentPath ?? entry.path, entry.name);
    const target = join(to, relative(from, source)).replace(/\.ts$/, '.js');
    const { code, map } = await transformFile(source, { configFile, sourceFileName: source });
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, `${code}\n//# sourceMappingURL=${entry.name.replace(/\.ts$/, '.js')}.map\n`);
    if (map) await writeFile(`${target}.map`, map);
  }
}

const WEB = [
  'web/src',
  'web/index.html',
  'web/vite.config.ts',
  'web/public',
  'shared/src',
  'package-lock.json',
];

export async function buildWeb() {
  if ((await isFresh('web', WEB)) && existsSync(join(ROOT, 'web/dist/index.html'))) return;
  await step('build screens', async () => {
    await run(
      process.execPath,
      [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
      {
        cwd: join(ROOT, 'web'),
      },
    );
  });
  await stamp('web', WEB);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await installPackages();
  await buildServer();
  await buildWeb();
}
