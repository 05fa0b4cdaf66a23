import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const COMMAND = join(import.meta.dirname, '../../server/bin/chaos.mjs');
/** Another one is drawn by `npm run chaos`, which also takes one of your own: `--seed N`. */
const SEED = process.env['CHAOS_SEED'] ?? '20261125';
const LONGEST_MS = 300_000;

it(
  `loses and doubles nothing while servers, PostgreSQL, Redis, links and disks break under load (seed ${SEED})`,
  async () => {
    const child = spawn(process.execPath, [COMMAND, '--short', '--seed', SEED]);
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => (printed += text.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    // The whole of it: what was broken, and on failure the smallest history that shows it.
    expect({ code, printed }).toEqual({
      code: 0,
      printed: expect.stringContaining('lost = 0, doubled = 0\n'),
    });
  },
  LONGEST_MS,
);
