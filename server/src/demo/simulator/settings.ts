import { parseArgs } from 'node:util';
import { z } from 'zod';

const Given = z.object({
  url: z.url('expected the address of the server, such as http://127.0.0.1:3000'),
  secret: z.string().min(1, 'expected the password of the account simulator'),
  seed: z.coerce.number().int().min(0).max(0xffff_ffff),
  /** Incidents: times as often as the city has them. */
  rate: z.coerce.number().positive().max(10_000),
  /** Staff: times as fast as people are. */
  pace: z.coerce.number().positive().max(1_000),
  /** Synthetic teams are made until there are so many; 0 makes none. */
  teams: z.coerce.number().int().min(0).max(50_000),
  /** The server's port for JT/T 808, over which teams then tell where they are; 0: over HTTP. */
  jt808: z.coerce.number().int().min(0).max(65_535),
});
export type SimulatorSettings = z.infer<typeof Given>;

/**
 * Settings of one run: flags before the environment (`SIMULATOR_URL`, `SIMULATOR_SECRET`,
 * `SIMULATOR_JT808`).
 * @throws Error that names each bad setting, what was seen and what was wanted
 */
export function readSettings(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): SimulatorSettings {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      url: { type: 'string' },
      secret: { type: 'string' },
      seed: { type: 'string' },
      rate: { type: 'string' },
      pace: { type: 'string' },
      teams: { type: 'string' },
      jt808: { type: 'string' },
    },
  });
  const parsed = Given.safeParse({
    url: (values.url ?? env['SIMULATOR_URL'] ?? 'http://127.0.0.1:3000').replace(/\/$/, ''),
    secret: values.secret ?? env['SIMULATOR_SECRET'] ?? '',
    seed: values.seed ?? '7',
    rate: values.rate ?? '1',
    pace: values.pace ?? '1',
    teams: values.teams ?? '0',
    jt808: values.jt808 ?? env['SIMULATOR_JT808'] ?? '0',
  });
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`);
  throw new Error(`bad settings:\n  ${lines.join('\n  ')}`);
}
