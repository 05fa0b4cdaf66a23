// Runs the import rules, and fails when fewer modules were read than the house has: a check of nothing is none.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const FEWEST = 100;
process.chdir(ROOT);
const { forbidden, options } = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs'));
const { enhancedResolveOptions, ...rest } = options;
const { output } = await cruise(
  ['server/src', 'shared/src', 'migrations', 'web/src'],
  { ...rest, validate: true, ruleSet: { forbidden }, enhancedResolveOptions },
  enhancedResolveOptions,
);
const { totalCruised, violations } = output.summary;
for (const { rule, from, to } of violations) process.stdout.write(`${rule.name}: ${from} → ${to}\n`);
const isTooFew = totalCruised < FEWEST;
if (isTooFew) process.stdout.write(`only ${totalCruised} modules were read; at least ${FEWEST} are there\n`);
process.exitCode = violations.length > 0 || isTooFew ? 1 : 0;
