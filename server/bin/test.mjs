// `npm test`: installs and builds what is missing, finds a browser, Redis, nginx and Mosquitto (as root on Debian it
// installs them),
// runs every kind of test, and says which were left out for want of something.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { buildServer, buildWeb, installPackages, ROOT, run } from './build.mjs';
import { giveUp, step } from './steps.mjs';

const onPath = (names) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((directory) => names.map((name) => join(directory, name)))
    .find((path) => existsSync(path));

const PARTS = [
  {
    name: 'chromium',
    finds: () => onPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']),
    setting: 'CHROMIUM',
    projects: ['e2e'],
  },
  { name: 'redis-server', finds: () => onPath(['redis-server']), setting: 'REDIS_SERVER', projects: [] },
  {
    name: 'nginx',
    // Not on everybody's path: it belongs to the system.
    finds: () =>
      onPath(['nginx']) ?? ['/usr/sbin/nginx', '/usr/local/sbin/nginx'].find((path) => existsSync(path)),
    setting: 'NGINX_PATH',
    projects: [],
  },
  {
    name: 'mosquitto',
    finds: () =>
      onPath(['mosquitto']) ??
      ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'].find((path) => existsSync(path)),
    setting: 'MOSQUITTO',
    projects: [],
  },
];

async function findParts() {
  const missing = PARTS.filter(({ finds, setting }) => !process.env[setting] && !finds());
  if (missing.length > 0 && process.getuid?.() === 0 && onPath(['apt-get'])) {
    const names = missing.map(({ name }) => name);
    await step(`install ${names.join(' and ')}`, async () => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      await run('apt-get', ['update', '-qq'], { env });
      await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env });
    });
  }
  const leftOut = [];
  for (const { name, finds, setting, projects } of PARTS) {
    const path = process.env[setting] ?? finds();
    if (path) process.env[setting] = path;
    else {
      leftOut.push(...projects);
      process.stdout.write(
        `  ! ${name} is not here: tests that need it are left out; install it, or set ${setting} to its path\n`,
      );
    }
  }
  return leftOut;
}

/** Jest over some projects; resolves with its exit code. */
function jest(projects, rest) {
  return new Promise((done) => {
    const args = ['--experimental-vm-modules', '--no-warnings', join(ROOT, 'node_modules/jest/bin/jest.js')];
    const child = spawn(
      process.execPath,
      [...args, '--config', join(ROOT, '.jest.config.mjs'), '--selectProjects', ...projects, ...rest],
      {
        cwd: ROOT,
        stdio: 'inherit',
      },
    );
    child.on('close', (code) => done(code ?? 1));
  });
}

/**
 * Jest over everything. At most `FEW` suites that fail beside others are run once more, alone: what passes then is
 * named as unsteady and is a defect to be mended; what fails twice, or more suites than that, fails the run.
 */
async function wholeRun(projects) {
  const folder = await mkdtemp(join(tmpdir(), 'test-results-'));
  const reads = async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'));
  const told = (name) => ['--json', '--outputFile', join(folder, name)];
  try {
    const code = await jest(projects, ['--maxWorkers', '2', ...told('first')]);
    if (code === 0 || !existsSync(join(folder, 'first'))) return code;
    const first = await reads('first');
    const failed = first.testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
    if (failed.length === 0 || failed.length > FEW) return code;
    const again = await jest(projects, ['--runInBand', ...told('again'), '--runTestsByPath', ...failed]);
    if (!existsSync(join(folder, 'again'))) return again;
    const second = await reads('again');
    const passed = first.testResults
      .filter(({ status }) => status !== 'failed')
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === 'passed').length;
    for (const { name, status } of second.testResults)
      process.stdout.write(
        `  ! ${status === 'failed' ? 'failed twice' : 'unsteady'}: ${relative(ROOT, name)}\n`,
      );
    process.stdout.write(`${passed + second.numPassedTests} passed, ${second.numFailedTests} failed\n`);
    return again;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const FEW = 3;
const ALL = ['unit', 'web', 'contract', 'architecture', 'flow', 'chaos', 'e2e'];

try {
  const asked = process.argv.slice(2);
  const only = asked.filter((word) => ALL.includes(word));
  await installPackages();
  const leftOut = await findParts();
  await buildServer();
  await buildWeb();
  const projects = (only.length > 0 ? only : ALL).filter((name) => !leftOut.includes(name));
  const rest = asked.filter((word) => !ALL.includes(word));
  process.exitCode =
    asked.length > 0
      ? await jest(projects, ['--maxWorkers', '2', '--passWithNoTests', ...rest])
      : await wholeRun(projects);
} catch (error) {
  giveUp(error);
}
