import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Centre, Incident } from '@app/shared';
import { ask, openApp, type Person, type RunningApp } from '../support/app.js';
import { Screen } from '../support/screen.js';

const REPORT = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721, source: 'phone' };

let app: RunningApp;
let duty: Person;
let root: Centre;

const reported = async (by: Person = duty): Promise<Incident> => {
  const { status, body } = await by.post<Incident>('/api/incidents', REPORT);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
};

beforeAll(async () => {
  app = await openApp();
  duty = await app.signIn('duty');
  const { body } = await duty.get<{ items: Centre[] }>('/api/centres');
  const [first] = body.items;
  if (!first) throw new Error('the demo city has a root');
  root = first;
});
afterAll(() => app?.close());

describe('a screen that joined', () => {
  it('sees an incident that somebody reports', async () => {
    const screen = await Screen.joined(duty, root.id);
    const incident = await reported();
    await screen.sees(incident.id);
    expect(screen.picture.get('incident', incident.id)).toMatchObject({
      version: 1,
      card: { number: incident.number, status: 'reported' },
    });
    await screen.until(() => screen.pulses > 0, 'a pulse');
    expect(screen.faults).toEqual([]);
    screen.close();
  });

  it('whose picture was not the server’s is counted, and only for a scope that it joined', async () => {
    const screen = await Screen.joined(duty, root.id);
    const found = {
      scope: root.id,
      cursor: '1.1',
      ours: '00000000000000aa',
      theirs: '00000000000000bb',
      entity: { kind: 'incident', id: 'x', ours: 2, theirs: null },
    };
    const counted = async () => {
      const text = await (await fetch(`${app.url}/metrics`)).text();
      return Number(/^xiongguan_picture_differences_total (\d+)$/m.exec(text)?.[1]);
    };
    const elsewhere = '00000000-0000-7000-8000-00000000dead';
    const before = await counted();
    expect(await ask(screen.socket, 'difference', found)).toEqual({ ok: true });
    expect(await counted()).toBe(before + 1);
    expect(await ask(screen.socket, 'difference', { ...found, scope: elsewhere })).toMatchObject({
      error: { code: 'scope.denied' },
    });
    expect(await ask(screen.socket, 'difference', { ...found, entity: 'all' })).toMatchObject({
      error: { code: 'wire.malformed' },
    });
    expect(await counted()).toBe(before + 1);
    screen.close();
  });
});
