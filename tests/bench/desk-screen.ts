import type { Incident } from '@app/shared';
import { openBrowser, takeSeat } from '../support/browser.js';
import type { ServerProcess } from '../support/server.js';
import { type BenchRow, median, p99 } from './measure.js';

/** In the page: tells when each number's row first reads as accepted, by the machine's clock. */
const WATCH = `
  window.told = new Set();
  new MutationObserver(() => {
    for (const row of document.querySelectorAll('.ant-table-row')) {
      const text = row.innerText;
      const number = text.match(/\\d{6}/)?.[0];
      if (!number || window.told.has(number) || !text.includes('待派遣')) continue;
      window.told.add(number);
      window.tellSeen(number, Date.now());
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });`;

/** A page of the list holds so many. */
const PAGE = 50;

/** From the command's decision, before its commit, to the row of a list in a real browser. */
export async function benchScreen(server: ServerProcess, count: number): Promise<BenchRow> {
  const duty = await server.signIn('duty');
  const browser = await openBrowser();
  const [shown, answered]: [number[], number[]] = [[], []];
  try {
    const seat = await takeSeat(browser, { url: server.url, person: await server.signIn('commander') });
    const waiting = new Map<string, (at: number) => void>();
    await seat.page.exposeFunction('tellSeen', (number: string, at: number) => waiting.get(number)?.(at));
    for (let done = 0; done < count; done += PAGE) {
      const some = Math.min(PAGE, count - done);
      const made: Incident[] = [];
      for (let i = 0; i < some; i++) made.push(await reported(duty));
      await seat.page.goto('/centre?still=1');
      await seat.page.locator('.ant-table-row', { hasText: made.at(-1)?.number ?? '' }).waitFor();
      await seat.page.waitForSelector('.link-state.is-live');
      await seat.page.evaluate(WATCH);
      for (const incident of made) {
        const seen = new Promise<number>((resolve) => waiting.set(incident.number.slice(-6), resolve));
        const since = performance.now();
        const { id, version } = incident;
        const { body } = await duty.post<Incident>(`/api/incidents/${id}/accept`, { version });
        answered.push(performance.now() - since);
        shown.push((await seen) - Date.parse(body.statusAt));
      }
    }
  } finally {
    await browser.close();
  }
  return {
    name: '11c from a command, before its commit, to its row in a browser, p99',
    goal: '≤ 300 ms',
    measured: `${p99(shown).toFixed(0)} ms (p50 ${median(shown).toFixed(0)}; its own answer ${median(answered).toFixed(0)} / ${p99(answered).toFixed(0)}; ${count} commands)`,
    holds: p99(shown) <= 300,
  };
}

async function reported(by: Awaited<ReturnType<ServerProcess['signIn']>>): Promise<Incident> {
  const report = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721 };
  return (await by.post<Incident>('/api/incidents', report)).body;
}
