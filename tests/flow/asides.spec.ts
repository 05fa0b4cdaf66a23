import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AsideWord, Centre, Incident } from '@app/shared';
import type { Socket } from 'socket.io-client';
import { ask, connected, once, openApp, type Person, type RunningApp } from '../support/app.js';
import { mint } from '../support/facts.js';

let app: RunningApp;
let counties: Centre[];
let root: Centre;
let incident: Incident;
let city: Socket;
let county: Socket;
let sibling: Socket;

async function joined(person: Person, scope: string): Promise<Socket> {
  const socket = await connected(person.socket());
  expect(await ask(socket, 'join', { protocol: 1, scope })).toMatchObject({ ok: true });
  return socket;
}

beforeAll(async () => {
  app = await openApp();
  const duty = await app.signIn('duty');
  const { items } = (await duty.get<{ items: Centre[] }>('/api/centres')).body;
  const [first] = items;
  if (!first) throw new Error('no root in the demo city');
  root = first;
  counties = items.filter(({ parent }) => parent === root.id);
  const [own, other] = counties;
  if (!own?.anchor || !other) throw new Error('two counties with a place');
  const person = await app.signIn('county', own.id);
  const [lng, lat] = own.anchor;
  const report = { category: 'traffic', severity: 3, lng, lat, source: 'phone' };
  incident = (await person.post<Incident>('/api/incidents', report)).body;
  city = await joined(duty, root.id);
  county = await joined(person, own.id);
  sibling = await joined(await app.signIn('county', other.id), other.id);
}, 120_000);
afterAll(async () => {
  for (const socket of [city, county, sibling]) socket?.disconnect();
  await app?.close();
});

/** The topics that a socket is told until one with this name comes. */
function told(socket: Socket, last: string): { topics: string[]; end: Promise<AsideWord> } {
  const topics: string[] = [];
  socket.on('aside', ({ topic }: AsideWord) => topics.push(topic));
  return { topics, end: once<AsideWord>(socket, 'aside', ({ topic }) => topic === last) };
}
const say = (socket: Socket, scope: string | undefined, topic: string) =>
  ask(socket, 'aside', { scope, topic, data: true });

describe('a word about an incident', () => {
  it('is heard at every centre that sees it, with who said it, and at no other', async () => {
    const topic = `incident:${incident.id}:a-seat`;
    const above = once<AsideWord>(city, 'aside', (word) => word.topic === topic);
    const beside = told(sibling, 'last');
    expect(await say(county, counties[0]?.id, topic)).toEqual({ ok: true });
    expect(await above).toMatchObject({
      scope: root.id,
      data: true,
      from: { role: 'staff', centre: counties[0]?.id, name: expect.stringContaining('demo-county') },
    });
    await say(sibling, counties[1]?.id, 'last');
    await beside.end;
    expect(beside.topics).toEqual(['last']);
  });

  it('is heard in the own room alone from whoever does not see it', async () => {
    const up = told(city, 'last');
    const own = told(sibling, `incident:${incident.id}:b`);
    await say(sibling, counties[1]?.id, `incident:${incident.id}:b`);
    await own.end;
    await say(sibling, counties[1]?.id, `incident:${mint()}:c`);
    await say(sibling, counties[1]?.id, 'draft:d');
    await say(city, root.id, 'last');
    await up.end;
    expect(up.topics).toEqual(['last']);
  });

  it('is not said by a display', async () => {
    const display = await joined(await app.signIn('display'), root.id);
    expect(await say(display, root.id, `incident:${incident.id}:x`)).toMatchObject({
      ok: false,
      error: { code: 'role.denied' },
    });
    display.disconnect();
  });
});
