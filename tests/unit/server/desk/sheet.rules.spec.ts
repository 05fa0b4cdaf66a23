import { describe, expect, it } from '@jest/globals';
import { type HandoverSheet, USUAL_EQUIPMENT } from '@app/shared';
import {
  changesBetween,
  drawSheet,
  type Found,
  wholeSheet,
} from '../../../../server/src/desk/sheet.rules.js';
import { alertCard, incidentCard, NOW } from '../../web/cards.js';

const matter = (number: number) => ({
  id: `m${number}`,
  number,
  text: 'words',
  by: 'duty',
  at: new Date(NOW).toISOString(),
});
const found = (part: Partial<Found> = {}): Found => ({
  seq: 1,
  incidents: [],
  alerts: [],
  instructions: [],
  matters: [],
  equipment: USUAL_EQUIPMENT,
  ...part,
});
const draw = (part: Partial<Found>, before: HandoverSheet | null = null) =>
  drawSheet(found(part), before, NOW);
const withFault = (sheet: HandoverSheet): HandoverSheet => ({
  ...sheet,
  equipment: sheet.equipment.map((check) =>
    check.key === 'radio' ? { ...check, ok: false, note: 'dead' } : { ...check, ok: true },
  ),
});

describe('a handover sheet', () => {
  it('has what is open with its clock, and nothing that has ended', () => {
    const due = {
      stage: 'accept',
      at: new Date(NOW).toISOString(),
      soonAt: new Date(NOW).toISOString(),
    } as const;
    const { incidents } = draw({
      incidents: [incidentCard({ id: 'a', due }), incidentCard({ id: 'b', status: 'closed' })],
    });
    expect(incidents).toMatchObject([{ id: 'a', due: { stage: 'accept', at: due.at }, carried: 0 }]);
  });

  it.each([
    ['raised', true],
    ['shelved', true],
    ['acknowledged', false],
    ['acting', false],
    ['resolved', false],
  ] as const)('an alert that is %s is on it: %s', (state, is) => {
    expect(draw({ alerts: [alertCard({ state })] }).alerts).toHaveLength(is ? 1 : 0);
  });

  it('counts the handovers that each thing has gone through, and drops none of them', () => {
    const open = { incidents: [incidentCard({ id: 'a' })], matters: [matter(1)], alerts: [alertCard()] };
    const first = draw(open);
    const second = draw(open, first);
    const third = draw({ ...open, incidents: [...open.incidents, incidentCard({ id: 'new' })] }, second);
    expect(second.incidents[0]?.carried).toBe(1);
    expect(third.incidents.map(({ id, carried }) => [id, carried])).toEqual([
      ['a', 2],
      ['new', 0],
    ]);
    expect([third.matters[0]?.carried, third.alerts[0]?.carried]).toEqual([2, 2]);
  });

  it('asks for every piece of equipment anew, but for a fault that still stands', () => {
    const first = withFault(draw({}));
    const radio = draw({}, first).equipment.find(({ key }) => key === 'radio');
    expect(radio).toEqual({ key: 'radio', ok: false, note: 'dead', carried: 1 });
    expect(draw({}, first).equipment.filter(({ ok }) => ok === null)).toHaveLength(7);
  });

  it('asks for what the centre has set, by its names; a fault of what is not on the list any more is over', () => {
    const names = { hans: '无人机', hant: '無人機', en: 'Drone' };
    const equipment = [{ key: 'drone', names }];
    expect(draw({ equipment }, withFault(draw({}))).equipment).toEqual([
      { key: 'drone', names, ok: null, note: null, carried: 0 },
    ]);
  });
});

describe('what changes between the two signatures', () => {
  const signed = draw({ incidents: [incidentCard({ id: 'a' })], matters: [matter(1)] });
  const later = draw({ incidents: [incidentCard({ id: 'b' })], matters: [matter(1), matter(2)] });
  const change = changesBetween(signed, later);

  it('is what came and what ended', () => {
    expect(change.added.incidents.map(({ id }) => id)).toEqual(['b']);
    expect(change.added.matters.map(({ id }) => id)).toEqual(['m2']);
    expect(change.gone).toEqual(['incident:a']);
  });

  it('is carried to the next shift with the rest', () => {
    const whole = wholeSheet(signed, change);
    expect(whole.incidents.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(draw({ incidents: [incidentCard({ id: 'b' })] }, whole).incidents).toMatchObject([{ carried: 1 }]);
  });
});
