import { describe, expect, it } from '@jest/globals';
import { ALERT_STATES } from '@app/shared';
import { alertsForDesk } from '../../../../web/src/screens/command/alert-order.js';
import { rankIncidents } from '../../../../web/src/screens/command/incident-ranks.js';
import { ago, alertCard, incidentCard, NOW } from '../cards.js';

describe('rankIncidents', () => {
  it('puts what needs somebody first, then the others by grade and age; what has ended is left out', () => {
    const overdue = { stage: 'arrive', at: ago(1), soonAt: ago(5) } as const;
    const cards = [
      incidentCard({ id: 'calm-young', status: 'handling', since: ago(5) }),
      incidentCard({ id: 'calm-old', status: 'handling', since: ago(50) }),
      incidentCard({ id: 'calm-grave', status: 'handling', severity: 2, since: ago(1) }),
      incidentCard({ id: 'new', status: 'reported', severity: 4, since: ago(1) }),
      incidentCard({ id: 'late', status: 'handling', severity: 3, due: overdue }),
      incidentCard({ id: 'closed', status: 'closed' }),
    ];
    const ranked = rankIncidents(new Map(cards.map((card) => [card.id, card])), NOW);
    expect(ranked.map(({ incident }) => incident.id)).toEqual([
      'late',
      'new',
      'calm-grave',
      'calm-old',
      'calm-young',
    ]);
    expect(ranked.map(({ needsSomebody }) => needsSomebody)).toEqual([true, true, false, false, false]);
  });
});

describe('alertsForDesk', () => {
  it('keeps every state that has not ended: unanswered first, put aside last', () => {
    const alerts = ALERT_STATES.map((state) => alertCard({ id: state, state }));
    expect(alertsForDesk(alerts).map(({ id }) => id)).toEqual([
      'raised',
      'acknowledged',
      'acting',
      'shelved',
    ]);
  });
});
