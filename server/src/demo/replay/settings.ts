import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';

const USAGE = `npm run replay -- FILE [--speed N|max] [--city FILE] [--mapping FILE] [--verify]
                          [--url URL --token TOKEN] [--data-dir DIR] [--port N] [--exit]

  FILE        the recording: JSON lines or CSV, plain or .gz
  --speed     times real time (default 60), or max: as fast as the answers come
  --city      the city to make, JSON (.github/docs/replay-city.schema.json)
  --mapping   how the columns are read, JSON (.github/docs/replay-mapping.schema.json)
  --url       an instance that runs already, with --token (scopes import report read)
  --verify    afterwards, read everything back and compare it with the recording
  --exit      end when done instead of leaving the instance running
  --data-dir  where the own instance keeps its data (default .data/replay)
  --port      of the own instance (default 3100)`;

const Given = z
  .object({
    file: z.string('expected the recording to replay'),
    speed: z.union([z.literal('max'), z.coerce.number().positive()], 'expected a number above 0, or max'),
    city: z.string().optional(),
    mapping: z.string().optional(),
    url: z.url('expected an address such as http://127.0.0.1:3000').optional(),
    token: z.string().min(1).optional(),
    dataDir: z.string(),
    port: z.coerce.number().int().min(1).max(65_535),
    verify: z.boolean(),
    exit: z.boolean(),
  })
  .refine(({ url, token }) => (url === undefined) === (token === undefined), {
    error: 'an instance that runs already wants both --url and --token',
  });
export type ReplaySettings = z.infer<typeof Given>;

/** @throws Error that says what was seen and what was wanted, with the usage */
export function readSettings(argv: readonly string[]): ReplaySettings {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        speed: { type: 'string', default: '60' },
        city: { type: 'string' },
        mapping: { type: 'string' },
        url: { type: 'string' },
        token: { type: 'string' },
        'data-dir': { type: 'string' },
        port: { type: 'string', default: '3100' },
        verify: { type: 'boolean', default: false },
        exit: { type: 'boolean', default: false },
      },
    });
    if (positionals.length > 1) throw new Error(`one file wanted, ${positionals.length} seen`);
    const [file] = positionals;
    const { 'data-dir': dataDir = '.data/replay', url, ...rest } = values;
    // npm runs us at the root of the repository; files are named from where it was called.
    const named = (path: string | undefined) => path && resolve(process.env['INIT_CWD'] ?? '.', path);
    const files = { file: named(file), city: named(rest.city), mapping: named(rest.mapping) };
    const given = { ...rest, ...files, dataDir: resolve(dataDir) };
    return Given.parse(url === undefined ? given : { ...given, url: url.replace(/\/$/, '') });
  } catch (error) {
    throw new Error(`${reasonOf(error)}\n\n${USAGE}`, { cause: error });
  }
}

/** What a zod schema, or anything else, did not like: one line for each place, with what was wanted. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
  return error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('\n');
}

export const nameOf = (file: string): string =>
  basename(file)
    .replace(/\.(gz|jsonl|csv|json)$/g, '')
    .replace(/\.\w+$/, '');
