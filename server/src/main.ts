import 'reflect-metadata';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SetupLink } from './access/setup-link.js';
import { createApp } from './app.js';
import { type Config, readConfig } from './platform/config.js';
import { causeOf, Log } from './platform/log.js';
import { prepareDatabase } from './prepare.js';

/** What the parent process (`npm start`) is told, when there is one. */
function tell(word: Record<string, unknown>): void {
  process.send?.(word);
}

async function listen(app: NestExpressApplication, { host, port }: Config): Promise<string> {
  await app.listen(port, host);
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Whoever told us to stop waits so long; what has not ended by then (a database that is gone) never will. */
const LONGEST_DRAIN_MS = 9_000;

function endInTime(log: Log): void {
  setTimeout(() => {
    log.warn('server.drain-cut-short');
    process.exit(0);
  }, LONGEST_DRAIN_MS).unref();
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = new Log(config);
  process.on('unhandledRejection', (reason) => log.error('process.unhandled-rejection', causeOf(reason)));
  for (const { name, ms } of await prepareDatabase(config, { past: true })) tell({ step: name, ms });
  const startedAt = performance.now();
  const app = await createApp(config);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => endInTime(log));
  // A parent that is gone cannot end us any more: then we end ourselves.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  const url = await listen(app, config);
  log.info('server.ready', { url });
  tell({ step: 'start server', ms: performance.now() - startedAt });
  const { path } = app.get(SetupLink, { strict: false });
  if (path !== null) tell({ setup: `${config.publicUrl ?? url}${path}` });
  tell({ ready: config.publicUrl ?? url });
}

main().catch((error: unknown) => {
  const { message } = error instanceof Error ? error : new Error(String(error));
  tell({ failed: message });
  process.stderr.write(`${JSON.stringify({ level: 60, msg: 'server.failed', ...causeOf(error) })}\n`);
  process.exit(1);
});
