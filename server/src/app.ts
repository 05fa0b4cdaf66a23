import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { ScreenAdapter } from './live/screen-adapter.js';
import type { Config } from './platform/config.js';
import { HttpFaults } from './platform/http-faults.js';
import { Log } from './platform/log.js';
import { parsePipe } from './platform/parse-pipe.js';
import { serveApiDocs } from './platform/api-docs.js';
import { bear, limitWaiting, proxiesOf, serveScreens } from './platform/http.js';

const BODY_LIMIT = '1mb';

/** The whole server for a configuration: schema up to date, ready to listen. */
export async function createApp(config: Config): Promise<NestExpressApplication> {
  const log = new Log(config);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config), {
    logger: log,
    bodyParser: false,
    abortOnError: false,
  });
  limitWaiting(app);
  if (config.trustProxy !== null) app.set('trust proxy', config.trustProxy);
  app.disable('x-powered-by');
  app.use(bear(config));
  app.useBodyParser('json', { limit: BODY_LIMIT, strict: true });
  app.useGlobalPipes(parsePipe());
  app.useGlobalFilters(new HttpFaults(log));
  app.useWebSocketAdapter(new ScreenAdapter(app, proxiesOf(app)));
  serveApiDocs(app);
  if (config.webDir !== null) serveScreens(app, config.webDir);
  app.enableShutdownHooks(['SIGTERM', 'SIGINT', 'SIGHUP'], { useProcessExit: true });
  return app;
}
