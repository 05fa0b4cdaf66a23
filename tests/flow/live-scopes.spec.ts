import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Centre, Incident, Team } from '@app/shared';
import { ask, openApp, type Person, type RunningApp } from '../support/app.js';
import { centresOf, commit, factOf, mint } from '../support/facts.js';
import { Screen } from '../support/screen.js';

const REPORT = { category: 'traffic', severity: 3, source: 'phone' };

let running: RunningApp;
let duty: Person;
let centres: Centre[];
let ours: Centre;
let theirs: Centre;
let us: Person;
let them: Person;

const inside = ({ anchor }: Centre) => ({ lng: anchor?.[0] ?? 0, lat: anchor?.[1] ?? 0 });
const report = async (by: Person, place: Centre): Promise<Incident> => {
  const { body, status } = await by.post<Incident>('/api/incidents', { ...REPORT, ...inside(place) });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
};
const step = async (by: Person, incident: Incident, action: string, more: object = {}): Promise<Incident> => {
  const path = `/api/incidents/${incident.id}/${action}`;
  const { body, status } = await by.post<Incident>(path, { version: incident.version, ...more });
  if (status !== 200 && status !== 201) throw new Error(JSON.stringify(body));
  return body;
};

beforeAll(async () => {
  running = await openApp();
  duty = await running.signIn('duty');
  centres = (await duty.get<{ items: Centre[] }>('/api/centres')).body.items;
  const below = centres.filter(({ parent, anchor }) => parent === centres[0]?.id && anchor !== null);
  const [first, second] = below;
  if (!first || !second) throw new Error('two centres below the root');
  [ours, theirs] = [first, second];
  us = await running.signIn('county', ours.id);
  them = await running.signIn('county', theirs.id);
});
afterAll(() => running?.close());

describe('two sibling centres', () => {
  it('never receive a byte of each other', async () => {
    const screen = await Screen.joined(us, ours.id);
    const sibling = await Screen.joined(them, theirs.id);
    const foreign: string[] = [];
    for (let i = 0; i < 5; i++) {
      const incident = await report(them, theirs);
      foreign.push(incident.id, incident.number);
      const accepted = await step(them, incident, 'accept');
      if (i === 0) await step(them, accepted, 'complete');
      const aside = { scope: theirs.id, topic: `draft-${i}`, data: { token: `word-${i}-of-theirs` } };
      expect(await ask(sibling.socket, 'aside', aside)).toMatchObject({ ok: true });
      foreign.push(`word-${i}-of-theirs`);
    }
    await sibling.sees(foreign[0] ?? '', 2);
    const mine = await report(us, ours);
    await screen.sees(mine.id);
    const { pulses } = screen;
    await screen.until(() => screen.pulses > pulses + 1, 'two pulses');
    const bytes = screen.raw.join('\n');
    expect(bytes).toContain(mine.id);
    for (const word of foreign) expect(bytes).not.toContain(word);
    expect([screen.faults, sibling.faults]).toEqual([[], []]);
    screen.close();
    sibling.close();
  });

  it('cannot join, leave, speak in or ask frames of the other', async () => {
    const screen = await Screen.joined(us, ours.id);
    const scope = theirs.id;
    expect(await ask(screen.socket, 'join', { protocol: 1, scope })).toMatchObject({
      ok: false,
      error: { code: 'centre.unknown' },
    });
    expect(await ask(screen.socket, 'join', { protocol: 1, scope: mint() })).toMatchObject({
      ok: false,
      error: { code: 'centre.unknown' },
    });
    for (const [event, more] of [
      ['keyframe', {}],
      ['aside', { topic: 'draft', data: 1 }],
    ] as const)
      expect(await ask(screen.socket, event, { scope, ...more })).toMatchObject({
        ok: false,
        error: { code: 'scope.denied' },
      });
    screen.close();
  });

  it('nor read its journal over HTTP, nor one that does not exist', async () => {
    for (const scope of [theirs.id, mint()]) {
      const { status, body } = await us.get(`/api/journal?scope=${scope}`);
      expect([status, body]).toMatchObject([404, { error: { code: 'centre.unknown' } }]);
    }
    const own = await us.get(`/api/journal?scope=${ours.id}`);
    expect(own).toMatchObject({ status: 200, body: { mode: 'snapshot' } });
  });

  it('and what leaves a scope is told to it with five keys and no other byte', async () => {
    const screen = await Screen.joined(us, ours.id);
    const root = centresOf(running).root;
    const id = mint();
    await commit(running, factOf([root, ours.id], { id }));
    await screen.sees(id);
    screen.raw.length = 0;
    await commit(running, factOf([root, theirs.id], { id, version: 2 }));
    await screen.until(() => screen.picture.get('alert', id) === undefined, 'the entity leaves');
    expect(screen.entries.at(-1)).toEqual({ kind: 'alert', id, version: 2, fact: 'left', card: null });
    const { pulses } = screen;
    await screen.until(() => screen.pulses > pulses, 'a pulse');
    for (const word of [theirs.id, root, 'probe.told', 'seenBy', 'a card'])
      expect(screen.raw.join()).not.toContain(word);
    expect(screen.faults).toEqual([]);
    screen.close();
  });

  it('see a team of the other while it works for them, and are told when it has left', async () => {
    const teams = (await duty.get<{ items: Team[] }>('/api/teams?limit=200')).body.items;
    const lineage = (id: string): string[] => {
      const centre = centres.find((one) => one.id === id);
      return centre ? [id, ...(centre.parent === null ? [] : lineage(centre.parent))] : [];
    };
    const team = teams.find(
      ({ centre, sharedWith }) =>
        lineage(centre).includes(theirs.id) &&
        !sharedWith.some((shared) => lineage(shared).includes(ours.id)),
    );
    if (!team) throw new Error('a team of the sibling');
    const screen = await Screen.joined(us, ours.id);
    const plain = await Screen.open(us, ours.id, 'ids');
    await plain.join();
    expect(screen.roster).toEqual(plain.roster);
    expect(screen.picture.get('team', team.id)).toBeUndefined();
    const incident = await step(duty, await report(duty, ours), 'accept');
    const sent = await step(duty, incident, 'dispatch', { teams: [team.id] });
    await screen.sees(team.id);
    for (const one of [screen, plain])
      await one.until(() => one.roster?.slots.includes(team.id) === true, 'a roster with it');
    await step(duty, sent, 'recall', { team: team.id });
    await screen.until(() => screen.picture.get('team', team.id) === undefined, 'the team leaves');
    const last = screen.entries.filter(({ id }) => id === team.id).at(-1);
    expect(Object.keys(last ?? {}).sort()).toEqual(['card', 'fact', 'id', 'kind', 'version']);
    for (const one of [screen, plain]) {
      await one.until(() => one.roster?.slots.includes(team.id) === false, 'a roster without it');
      expect(one.faults).toEqual([]);
      one.close();
    }
  });
});
