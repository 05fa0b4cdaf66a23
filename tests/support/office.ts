import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { openApp, type Person, type RunningApp } from './app.js';
import { openBrowser, type Seat, takeSeat } from './browser.js';

/** The whole server with its screens, and a browser at which people sit as at a small console. */
export class Office {
  private constructor(
    readonly app: RunningApp,
    private readonly browser: Browser,
  ) {}

  static async open(): Promise<Office> {
    const app = await openApp({ env: { WEB_DIR: resolve('web/dist') } });
    const browser = await openBrowser().catch(async (error: unknown) => {
      await app.close();
      throw error;
    });
    return new Office(app, browser);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.app.close();
  }

  seat(person: Person): Promise<Seat> {
    return takeSeat(this.browser, { url: this.app.url, person, width: 1366, height: 768 });
  }
}
