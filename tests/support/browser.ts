import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Person } from './app.js';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * A real browser that draws with WebGL in software and speaks to nobody but the page's own server. `film`: what its
 * camera sees, a file of YUV4MPEG2.
 */
export function openBrowser(film?: string): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? PLACES.find((path) => existsSync(path));
  if (!executablePath)
    throw new Error(`CHROMIUM: the path of a browser is wanted; none at ${PLACES.join(', ')}`);
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--enable-unsafe-swiftshader',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      ...(film === undefined
        ? []
        : [
            '--use-fake-device-for-media-stream',
            '--use-fake-ui-for-media-stream',
            `--use-file-for-fake-video-capture=${film}`,
          ]),
    ],
  });
}

/** A page of somebody, with what it complained about: errors, broken requests, breaches of the security policy. */
export interface Seat {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: string[];
  close(): Promise<void>;
}

export interface SeatOptions {
  /** Where the browser goes: the server, or a proxy before it. */
  readonly url: string;
  readonly person: Person;
  readonly width?: number;
  readonly height?: number;
}

/** Somebody signed in at a browser of a certain size. */
export async function takeSeat(browser: Browser, options: SeatOptions): Promise<Seat> {
  const { url, person, width = 1920, height = 1080 } = options;
  const context = await browser.newContext({ viewport: { width, height }, baseURL: url });
  const [name = '', value = ''] = (person.headers['cookie'] ?? '').split('=');
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  // A busy machine paints late: what is right stays right.
  page.setDefaultTimeout(120_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error')
      complaints.push(`console: ${message.text()} ${message.location().url}`.trim());
  });
  await page.addInitScript(
    `addEventListener('securitypolicyviolation', (e) => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))`,
  );
  return { page, context, complaints, close: () => context.close() };
}
