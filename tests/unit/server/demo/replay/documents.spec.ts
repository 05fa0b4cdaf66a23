import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { CityFile } from '../../../../../server/src/demo/replay/city-file.js';
import { Mapping } from '../../../../../server/src/demo/replay/mapping.js';
import { reasonOf } from '../../../../../server/src/demo/replay/settings.js';

const read = (name: string): unknown => JSON.parse(readFileSync(`.github/docs/${name}.json`, 'utf8'));

describe('the files of --city and --mapping', () => {
  it.each([
    ['replay-mapping', Mapping],
    ['replay-city', CityFile],
  ])('%s: the published schema is ours and the example fits', (name, schema) => {
    expect(read(`${name}.schema`)).toEqual(JSON.parse(JSON.stringify(schema.toJSONSchema({ io: 'input' }))));
    expect(schema.safeParse(read(`${name}.example`)).error).toBeUndefined();
  });

  it('say what was wanted, and where', () => {
    const example = read('replay-city.example') as object;
    const wrong = {
      ...example,
      timeZone: 'Mars/Olympus',
      centres: [{ key: 'a', parent: 'b', level: 'moon', names: {} }],
    };
    const reason = reasonOf(CityFile.safeParse(wrong).error);
    expect(reason).toContain('timeZone: expected an IANA time zone such as America/Los_Angeles');
    expect(reason).toContain('centres.0.names.hans');
    const orphan = {
      ...example,
      centres: [{ key: 'a', parent: 'b', level: 'county', names: { hans: '甲', hant: '甲', en: 'A' } }],
    };
    expect(reasonOf(CityFile.safeParse(orphan).error)).toBe('centres.0.parent: b does not stand above a');
    const both = { ...(read('replay-mapping.example') as object), kinds: { a: 'report' } };
    expect(reasonOf(Mapping.safeParse(both).error)).toContain('either `kinds`');
  });
});
