import { replay } from './replay.js';
import { readSettings } from './settings.js';

/**
 * `npm run replay -- FILE …`. Ctrl-C once ends it in order, with its place kept.
 * @param startScript the script behind `npm start`, for an instance of its own
 */
export async function main(argv: readonly string[], startScript: string): Promise<void> {
  const stop = new AbortController();
  let isTold = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      isTold = true;
      stop.abort();
    });
  try {
    process.exitCode = await replay(readSettings(argv), startScript, stop);
  } catch (error) {
    // What fails because somebody stopped it is no failure.
    if (isTold) return;
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
