import { say } from '../client/say.js';
import { readSettings } from './settings.js';
import { simulate } from './simulator.js';

const stop = new AbortController();
const end = (reason: string) => {
  if (stop.signal.aborted) return;
  say('simulator.stops', { reason });
  stop.abort();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end(signal));
// A parent that is gone takes its simulator with it.
process.on('disconnect', () => end('parent gone'));

try {
  await simulate(readSettings(process.argv.slice(2), process.env), stop.signal);
} catch (error) {
  if (!stop.signal.aborted) {
    const failed = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${failed}\n`);
    process.exitCode = 1;
    // Whoever started it looks there, and not into its log.
    await new Promise<unknown>((done) => (process.send ? process.send({ failed }, done) : done(undefined)));
    stop.abort();
  }
} finally {
  if (process.connected) process.disconnect();
}
