import { describe, expect, it } from '@jest/globals';
import { type DoorSpeaker, raiseDoor, silentDoors } from '../../../../server/src/risk/door-silence.rules.js';
import { contactFrom, held, lostSince } from '../../../../server/src/risk/lost-contact.rules.js';

const NOW = Date.parse('2026-11-20T23:59:30+08:00');
const speaker = (i: number, agoS: number, part: Partial<DoorSpeaker> = {}): DoorSpeaker => ({
  door: 'jt808',
  team: `team-${i}`,
  home: 'home',
  desk: undefined,
  seenAt: NOW - agoS * 1_000,
  demo: false,
  ...part,
});
const many = (agoS: readonly number[], part: Partial<DoorSpeaker> = {}): DoorSpeaker[] =>
  agoS.map((ago, i) => speaker(i, ago, part));

describe('a door', () => {
  it.each([
    ['whose devices fell silent at once is silent', many([61, 62, 70, 80, 91]), ['jt808']],
    ['of which one is still heard is not', many([59, 62, 70, 80, 91]), []],
    ['whose devices went one by one is not', many([61, 100, 160, 230, 300]), []],
    ['with too few devices is not', many([61, 62, 70, 80]), []],
    [
      'whose devices are all of two teams is not',
      many([61, 62, 63, 64, 65]).map((s, i) => ({ ...s, team: `team-${i % 2}` })),
      [],
    ],
    [
      'most of whose devices had been silent before is not',
      many([61, 62, 63, 64, 65, 200, 210, 220, 230, 240, 250]),
      [],
    ],
    [
      'with devices broken since long is',
      many([61, 62, 63, 64, 65, 9_000, 9_100, 9_200, 9_300, 9_400, 9_500]),
      ['jt808'],
    ],
    [
      'beside another that is heard is the only one',
      [...many([90, 91, 92, 93, 94]), ...many([1, 2, 3, 4, 5], { door: 'mqtt' })],
      ['jt808'],
    ],
  ])('%s', (_, speakers, wanted) => {
    expect(silentDoors(speakers, NOW).map(({ door }) => door)).toEqual(wanted);
  });

  it('is silent since the last word through it, and knows who spoke through it then', () => {
    const [door] = silentDoors(many([61, 62, 63, 64, 65, 9_000]), NOW);
    expect([door?.from, door?.speakers.length]).toEqual([NOW - 61_000, 5]);
  });
});

describe('the alert of a silent door', () => {
  it('is told to the desk of each force whose teams it holds back, once, and to no other', () => {
    const [first, ...others] = many([61, 62, 63, 64, 65]);
    if (!first) throw new Error('five speakers are wanted');
    const led = others.map((one) => ({ ...one, desk: 'armed-police-desk' }));
    const raised = (speakers: readonly DoorSpeaker[]) =>
      raiseDoor(
        { door: 'mqtt', from: NOW - 61_000, speakers },
        { id: 'a', centre: 'city', anchor: [0, 0], now: NOW },
      );
    expect(raised([first, ...led]).next.others).toEqual(['armed-police-desk']);
    expect(raised([first]).next.others).toEqual([]);
  });
});

describe('whoever speaks through a silent door', () => {
  it('is silent from its return on, but for who was lost before', () => {
    expect(held(contactFrom(NOW), NOW + 1)).toEqual(contactFrom(NOW + 1));
    expect(held(contactFrom(NOW), NOW - 1)).toEqual(contactFrom(NOW));
    expect(held(contactFrom(NOW), undefined)).toEqual(contactFrom(NOW));
    expect(held(lostSince(NOW), NOW + 1)).toEqual(lostSince(NOW));
  });
});
