import { describe, expect, it } from '@jest/globals';
import { QUESTION_ANSWERS, QUESTION_FLOW } from '@app/shared';
import type { AlertRow } from '../../../../server/src/risk/alert.table.js';
import { answerQuestion, raiseDeviation } from '../../../../server/src/risk/deviation-alert.rules.js';

const NOW = 1_764_100_000_000;
const rule = {
  kind: 'lost-contact',
  level: null,
  force: null,
  mode: null,
  afterS: 300,
  clearS: 60,
  bound: null,
} as const;
const asked = raiseDeviation(
  {
    kind: 'lost-contact',
    team: { id: 'team', callSign: '武警一组', centre: 'centre', demo: false },
    from: NOW - 400_000,
    rule,
    asks: { force: 'armed-police', desk: 'desk' },
  },
  { id: 'alert', anchor: [98, 39], now: NOW },
).next;
const withAnswer = (answer: (typeof QUESTION_ANSWERS)[number] | 'asked'): AlertRow =>
  answer === 'asked' || !asked.deviation
    ? asked
    : { ...asked, deviation: { ...asked.deviation, answer, answeredAt: NOW } };

describe('a question to a liaison desk', () => {
  for (const from of ['asked', ...QUESTION_ANSWERS] as const)
    for (const said of QUESTION_ANSWERS) {
      const legal: readonly string[] = QUESTION_FLOW[from];
      it(`${from} → ${said}: ${legal.includes(said) ? 'taken' : 'refused'}`, () => {
        const decision = answerQuestion(withAnswer(from), said, NOW + 1);
        expect(decision.ok).toBe(legal.includes(said));
        if (!decision.ok) return;
        const { next, fact } = decision.value;
        expect([fact, next.version, next.deviation?.answer, next.deviation?.answeredAt]).toEqual([
          'alert.answered',
          2,
          said,
          NOW + 1,
        ]);
      });
    }

  it('leaves the alert to whoever asked, unless its team is not well: then it is grave and back', () => {
    const shelved: AlertRow = { ...asked, state: 'shelved', until: NOW + 60_000 };
    const safe = answerQuestion(shelved, 'safe', NOW + 1);
    expect(safe).toMatchObject({ value: { next: { state: 'shelved', until: NOW + 60_000, severity: 4 } } });
    const help = answerQuestion(shelved, 'help-wanted', NOW + 1);
    expect(help).toMatchObject({ value: { next: { state: 'raised', until: null, severity: 2 } } });
  });

  it('is none any more once the alert has ended, and never was one of a team of our own', () => {
    expect(answerQuestion({ ...asked, state: 'resolved' }, 'safe', NOW).ok).toBe(false);
    const { asks: _asks, ...own } = asked.deviation ?? raise();
    expect(answerQuestion({ ...asked, deviation: own }, 'safe', NOW).ok).toBe(false);
  });
});

function raise(): never {
  throw new Error('a deviation wanted');
}
