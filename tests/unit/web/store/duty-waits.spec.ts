import { describe, expect, it } from '@jest/globals';
import {
  type DutyShiftCard,
  INSTRUCTION_STATES,
  type InstructionCard,
  WAITING_INSTRUCTION_STATES,
} from '../../../../shared/src/index.js';
import { dutyWaits, unsignedUrgent } from '../../../../web/src/store/attention.js';
import { ago } from '../cards.js';

const instruction = (part: Partial<InstructionCard>): InstructionCard => ({
  id: 'one',
  parent: 'parent',
  from: 'city',
  to: 'county',
  state: 'sent',
  version: 1,
  urgent: false,
  incident: null,
  sentAt: ago(9),
  stateAt: ago(9),
  dueAt: ago(-9),
  overdue: false,
  ...part,
});
const shift = (part: Partial<DutyShiftCard>): DutyShiftCard => ({
  id: 'shift',
  centre: 'county',
  state: 'on',
  version: 1,
  since: ago(500),
  dueAt: ago(20),
  overran: true,
  ...part,
});

describe('what waits at a duty desk', () => {
  it.each(INSTRUCTION_STATES)('an instruction that is %s waits only for its recipient', (state) => {
    const cards = [instruction({ state })];
    const isWaiting = Number(WAITING_INSTRUCTION_STATES.includes(state));
    expect(dutyWaits(cards, [], 'county').instructions).toHaveLength(isWaiting);
    expect(dutyWaits(cards, [], 'city').instructions).toEqual([]);
  });

  it('by rank, with what is not signed for, what is not answered, what is late, and since when', () => {
    const cards = [
      instruction({ id: 'a', state: 'signed', sentAt: ago(90), overdue: true }),
      instruction({ id: 'b', sentAt: ago(30) }),
      instruction({ id: 'c', sentAt: ago(20) }),
      instruction({ id: 'd', urgent: true, state: 'signed', sentAt: ago(7) }),
    ];
    expect(dutyWaits(cards, [], 'county').instructions).toEqual([
      { rank: 'urgent', unsigned: 0, unanswered: 1, overdue: 0, oldestAt: Date.parse(ago(7)) },
      { rank: 'ordinary', unsigned: 2, unanswered: 1, overdue: 1, oldestAt: Date.parse(ago(30)) },
    ]);
  });

  it('sounds for what is urgent and not signed for at the own centre', () => {
    const cards = [
      instruction({ id: 'a', urgent: true }),
      instruction({ id: 'b', urgent: true, state: 'signed' }),
      instruction({ id: 'c' }),
      instruction({ id: 'd', urgent: true, to: 'city' }),
    ];
    expect(unsignedUrgent(cards, 'county')).toEqual(['a']);
  });

  it('is a handover of the own desk that is late', () => {
    expect(dutyWaits([], [shift({})], 'county').isLate).toBe(true);
    expect(dutyWaits([], [shift({ overran: false })], 'county').isLate).toBe(false);
    expect(dutyWaits([], [shift({})], 'city').isLate).toBe(false);
    const { dueAt } = shift({});
    expect(dutyWaits([], [shift({})], 'county').lateSince).toBe(Date.parse(dueAt));
    expect(dutyWaits([], [], 'county').lateSince).toBeNull();
  });
});
