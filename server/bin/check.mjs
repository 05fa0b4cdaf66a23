// `npm run check`: format, lint, types, one-way imports, dead code, unit tests. Says what failed, all of it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installPackages, ROOT } from './build.mjs';

const bin = (name) => join(ROOT, 'node_modules/.bin', name);
// The compiler as a native program takes a quarter of the time; the JavaScript one stays for the tools that load it.
const TSC = join(ROOT, 'node_modules/@typescript/native/bin/tsc');
const isFix = process.argv.includes('--fix');

const CHECKS = [
  ['format', bin('oxfmt'), isFix ? ['.'] : ['--check', '.']],
  ['lint', bin('oxlint'), ['--type-aware', '--deny-warnings', ...(isFix ? ['--fix'] : []), '.']],
  ['types', process.execPath, [TSC, '-p', '.']],
  ['types of screens', process.execPath, [TSC, '-p', 'web']],
  ['imports', process.execPath, [join(ROOT, 'tests/architecture/imports.mjs')]],
  ['dead code', bin('knip'), ['--no-progress']],
  [
    'unit tests',
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      join(ROOT, 'node_modules/jest/bin/jest.js'),
      '--config',
      '.jest.config.mjs',
      '--selectProjects',
      'unit',
      'web',
      '--silent',
    ],
  ],
];

await installPackages();
const failed = [];
for (const [name, command, args] of CHECKS) {
  const since = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  process.stdout.write(`  ${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n`);
  if (status === 0) continue;
  failed.push(name);
  process.stdout.write(`${`${stdout}\n${stderr}`.slice(-6_000)}\n`);
}
process.stdout.write(
  failed.length === 0 ? 'all checks hold\n' : `${failed.length} failed: ${failed.join(', ')}\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
