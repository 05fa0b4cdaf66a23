import { describe, expect, it } from '@jest/globals';
import type { Incident, TimelineEntry } from '@app/shared';
import { HttpFault } from '../../../../web/src/link/http.js';
import { staleOf } from '../../../../web/src/screens/desk/use-incident.js';
import { ago, incidentCard } from '../cards.js';

const ID = '0192f3a4-0000-7000-8000-000000000001';
const line = (id: string, action: string, by: string): TimelineEntry => ({
  id,
  fact: `incident.${action}`,
  action,
  team: null,
  callSign: null,
  by,
  occurredAt: ago(1),
  recordedAt: ago(1),
  reason: null,
  note: null,
  derived: false,
  flags: [],
});
const REPORTED = line('0192f3a4-0000-7000-8000-000000000002', 'report', 'demo-county');
const ACCEPTED = line('0192f3a4-0000-7000-8000-000000000003', 'accept', 'demo-duty');

const incident = (part: Partial<Incident>): Incident => ({
  ...incidentCard({ id: ID, centre: ID }),
  origin: ID,
  description: null,
  externalId: null,
  occurredAt: ago(2),
  recordedAt: ago(2),
  closedAt: null,
  demo: false,
  actions: [],
  assignments: [],
  timeline: [REPORTED],
  ...part,
});
const fault = (code: 'incident.stale' | 'incident.illegal-step', detail: Record<string, unknown>) =>
  new HttpFault(code, 409, { code, detail, requestId: 'r' });

describe('staleOf', () => {
  const current = incident({ version: 2, status: 'accepted', timeline: [REPORTED, ACCEPTED] });

  it('tells what the others did since, and who told it last', () => {
    const detail = { current, changedBy: 'demo-duty', changedAt: ACCEPTED.recordedAt };
    const found = staleOf(fault('incident.stale', detail), 'accept', incident({}));
    expect(found?.current.version).toBe(2);
    expect(found?.stale).toEqual({
      tried: 'accept',
      missed: [ACCEPTED],
      changedBy: 'demo-duty',
      changedAt: ACCEPTED.recordedAt,
    });
  });

  it.each<[string, unknown]>([
    ['another refusal', fault('incident.illegal-step', { current })],
    ['an answer that says nothing of the incident', fault('incident.stale', {})],
    ['no refusal at all', new Error('broken')],
  ])('is nothing for %s', (_, cause) => {
    expect(staleOf(cause, 'accept', incident({}))).toBeUndefined();
  });
});
