import { describe, expect, it } from '@jest/globals';
import {
  type DutyShiftCard,
  INSTRUCTION_STATES,
  type InstructionCard,
  WAITING_INSTRUCTION_STATES,
} from '../../../../shared/src/index.js';
import { dutyWaits } from '../../../../web/src/store/attention.js';
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
    expect(dutyWaits(cards, [], 'county').instructions).toBe(isWaiting);
    expect(dutyWaits(cards, [], 'city').instructions).toBe(0);
  });

  it('is overdue, or a handover of the own desk that is late', () => {
    const cards = [instruction({ overdue: true }), instruction({ id: 'two' })];
    expect(dutyWaits(cards, [shift({})], 'county')).toEqual({ instructions: 2, overdue: 1, isLate: true });
    expect(dutyWaits([], [shift({ overran: false })], 'county').isLate).toBe(false);
    expect(dutyWaits([], [shift({})], 'city').isLate).toBe(false);
  });
});
