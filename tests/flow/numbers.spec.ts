import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Centre, Incident } from '@app/shared';
import type { Person } from '../support/app.js';
import { mint } from '../support/facts.js';
import { FourLevels, type Refused } from '../support/four-levels.js';

const REPORTERS = 16;
const EACH = 4;

let levels: FourLevels;

beforeAll(async () => {
  levels = await FourLevels.open();
});
afterAll(() => levels.close());

const AWAY = { category: 'dispute', severity: 3, lng: 100.5, lat: 38.9 };

/** Reports as a program does: with a key, and again where the server says that it may be tried again. */
async function numbered(by: Person): Promise<string> {
  const key = { 'idempotency-key': mint() };
  for (;;) {
    const { status, body } = await by.post<Incident & Refused>('/api/incidents', AWAY, key);
    if (status === 201) return body.number;
    if (status !== 503) throw new Error(JSON.stringify(body));
  }
}

const split = (number: string) => {
  const [, word = '', , count = ''] = /^(.+)〔(\d{4})〕(\d{6})$/.exec(number) ?? [];
  return { word, count: Number(count) };
};

async function abbreviate(centre: Centre, abbreviation: string, by = levels.admin) {
  const { items } = (await by.get<{ items: Centre[] }>('/api/centres')).body;
  const version = items.find(({ id }) => id === centre.id)?.version;
  return by.ask<Centre & Refused>('PATCH', `/api/centres/${centre.id}`, { version, abbreviation });
}

it('numbers each centre’s reports apart, none twice, with sixteen reporters at once', async () => {
  const people: Person[] = [];
  for (let i = 0; i < REPORTERS; i++) people.push(await levels.person(i % 2 === 0 ? 'town' : 'village'));
  const told = await Promise.all(
    people.map(async (by) => {
      const numbers: string[] = [];
      for (let i = 0; i < EACH; i++) numbers.push(await numbered(by));
      return numbers;
    }),
  );
  const numbers = told.flat();
  expect(new Set(numbers).size).toBe(REPORTERS * EACH);
  const words = new Map<string, number[]>();
  for (const { word, count } of numbers.map(split)) words.set(word, [...(words.get(word) ?? []), count]);
  expect(words.size).toBe(2);
  for (const counts of words.values()) {
    const half = (REPORTERS * EACH) / 2;
    expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: half }, (_, i) => i + 1));
  }
});

it('begins with the abbreviation that an administrator set, and counts on', async () => {
  const { items } = (await levels.admin.get<{ items: Centre[] }>('/api/centres')).body;
  expect(items[0]).toMatchObject({ parent: null, abbreviation: '嘉综' });
  const by = await levels.person('east');
  const first = split((await levels.reported(by)).number);
  expect(first.word).toMatch(/综$/);
  expect((await abbreviate(levels.at.east, '雄指')).body.abbreviation).toBe('雄指');
  const second = split((await levels.reported(by)).number);
  expect(second).toEqual({ word: '雄指', count: first.count + 1 });
});

it('gives no centre the word of another, nor one that another had before', async () => {
  const before = split((await levels.reported(await levels.person('far'))).number).word;
  await abbreviate(levels.at.far, '远指');
  for (const word of ['雄指', before, '嘉综']) {
    const { status, body } = await abbreviate(levels.at.sister, word);
    expect([word, status, body.error?.code]).toEqual([word, 409, 'centre.taken']);
  }
  // Whoever had it may take it up again: its counter went on.
  expect((await abbreviate(levels.at.far, before)).status).toBe(200);
});

it('gives a new centre a word of its own', async () => {
  const names = { hans: levels.at.town.names.hans, hant: '', en: '' };
  const draft = { parent: levels.at.east.id, level: levels.at.town.level, names };
  const { items } = (await levels.admin.get<{ items: Centre[] }>('/api/centres')).body;
  const made = (await levels.admin.post<Centre>('/api/centres', draft)).body;
  expect(made.abbreviation).toMatch(/2综$/);
  expect(items.map(({ abbreviation }) => abbreviation)).not.toContain(made.abbreviation);
});
