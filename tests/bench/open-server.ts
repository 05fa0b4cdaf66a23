import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../server/src/app.js';
import { readConfig } from '../../server/src/platform/config.js';

/** The whole server in this process, silent, listening at ports of its own. */
export async function openServer(
  databaseUrl: string,
  env: Record<string, string> = {},
): Promise<NestExpressApplication> {
  const app = await createApp(
    readConfig({ DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent', PORT: '0', JT808_PORT: '0', ...env }),
  );
  await app.listen(0, '127.0.0.1');
  return app;
}
