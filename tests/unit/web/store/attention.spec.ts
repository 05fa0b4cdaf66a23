import { describe, expect, it } from '@jest/globals';
import {
  attentionList,
  etaMinutes,
  goersOf,
  ongoingList,
  openAlerts,
} from '../../../../web/src/store/attention.js';
import { ago, alertCard, incidentCard, NOW, teamCard } from '../cards.js';

const due = (minutesAgo: number, stage: 'accept' | 'dispatch' | 'arrive' = 'dispatch') => ({
  stage,
  at: ago(minutesAgo),
  soonAt: ago(minutesAgo + 1),
});
const ids = (
  incidents: Parameters<typeof attentionList>[0],
  alerts: Parameters<typeof attentionList>[1] = [],
) => attentionList(incidents, alerts, NOW).map(({ id }) => id);

describe('what needs somebody', () => {
  it('is overdue, unaccepted or unanswered, and nothing else', () => {
    const incidents = [
      incidentCard({ id: 'unaccepted' }),
      incidentCard({ id: 'accepted in time', status: 'accepted', due: due(-5) }),
      incidentCard({ id: 'overdue', status: 'accepted', due: due(5) }),
      incidentCard({ id: 'handling', status: 'handling' }),
      incidentCard({ id: 'closed late', status: 'closed', due: due(5) }),
    ];
    const alerts = [alertCard({ id: 'raised' }), alertCard({ id: 'answered', state: 'acknowledged' })];
    expect(ids(incidents, alerts).sort()).toEqual(['overdue', 'raised', 'unaccepted']);
  });

  it('goes by severity, then by how long it waits', () => {
    const incidents = [
      incidentCard({ id: 'IV long', since: ago(90) }),
      incidentCard({ id: 'II short', severity: 2, since: ago(1) }),
      incidentCard({ id: 'II long', severity: 2, since: ago(9) }),
      incidentCard({ id: 'I', severity: 1, since: ago(0) }),
    ];
    expect(ids(incidents)).toEqual(['I', 'II long', 'II short', 'IV long']);
  });

  it('an overdue clock waits since it ran out, not since the report', () => {
    const [first] = attentionList(
      [incidentCard({ since: ago(60), status: 'accepted', due: due(4) })],
      [],
      NOW,
    );
    expect(first).toMatchObject({ why: 'overdue', stage: 'dispatch', waitingSince: NOW - 240_000 });
  });

  it('nothing leaves because it is old', () => {
    expect(ids([incidentCard({ since: ago(60 * 24 * 30) })])).toEqual(['incident']);
  });

  it('an incident is named once although its clock has raised an alert', () => {
    const overdue = incidentCard({ id: 'late', due: due(1, 'accept') });
    expect(ids([overdue], [alertCard({ id: 'about it', rule: 'clock', incidents: ['late'] })])).toEqual([
      'late',
    ]);
  });
});

describe('teams that deviate', () => {
  const of = (kind: 'off-beat' | 'lost-contact', asks?: 'militia') => ({
    kind,
    team: 'team',
    callSign: '雄关201',
    from: ago(9),
    to: null,
    limitS: 300,
    bound: null,
    ...(asks && { asks }),
  });
  it('wait at the desks; only one that is lost, and not a question to a liaison, needs somebody', () => {
    const alerts = [
      alertCard({ id: 'off', rule: 'deviation', deviation: of('off-beat') }),
      alertCard({ id: 'lost', rule: 'deviation', deviation: of('lost-contact') }),
      alertCard({ id: 'asked', rule: 'deviation', deviation: of('lost-contact', 'militia') }),
    ];
    expect(ids([], alerts)).toEqual(['lost']);
  });
  it('of which its liaison desk says that it needs help needs somebody', () => {
    const deviation = { ...of('lost-contact', 'militia'), answer: 'help-wanted' } as const;
    expect(ids([], [alertCard({ id: 'asked', rule: 'deviation', deviation })])).toEqual(['asked']);
  });
  it('are one thing when many are lost at once, and three are three', () => {
    const lost = Array.from({ length: 4 }, (_, i) =>
      alertCard({
        id: `lost ${i}`,
        rule: 'deviation',
        since: ago(9 - i),
        deviation: { ...of('lost-contact'), callSign: `组${4 - i}` },
      }),
    );
    expect(ids([], lost.slice(1))).toHaveLength(3);
    const [one, ...none] = attentionList([], lost, NOW);
    expect(none).toEqual([]);
    expect(one).toMatchObject({ id: 'lost 0', lost: ['组1', '组2', '组3', '组4'] });
  });
});

describe('what is in hand', () => {
  it('is every open incident that waits for nobody, gravest and longest known first', () => {
    const incidents = [
      incidentCard({ id: 'waits' }),
      incidentCard({ id: 'III new', status: 'handling', severity: 3, since: ago(2) }),
      incidentCard({ id: 'III old', status: 'handled', severity: 3, since: ago(20) }),
      incidentCard({ id: 'II', status: 'dispatched', severity: 2, since: ago(1) }),
      incidentCard({ id: 'over', status: 'closed' }),
    ];
    const found = ongoingList(incidents, attentionList(incidents, [], NOW));
    expect(found.map(({ id }) => id)).toEqual(['II', 'III old', 'III new']);
  });
});

describe('who is going', () => {
  const teams = new Map([
    ['near', teamCard({ id: 'near', callSign: '近' })],
    ['far', teamCard({ id: 'far', callSign: '远' })],
  ]);
  const places = new Map([
    ['near', { lng: 98.281, lat: 39.77 }],
    ['far', { lng: 98.33, lat: 39.77 }],
  ]);
  const at = ago(1);

  it('those there come first, then the nearest; those released are not going', () => {
    const incident = incidentCard({
      teams: [
        { id: 'far', step: 'departed', at },
        { id: 'near', step: 'acknowledged', at },
        { id: 'home', step: 'recalled', at },
      ],
    });
    expect(goersOf(incident, teams, places).map(({ team }) => team)).toEqual(['near', 'far']);
    const there = incidentCard({
      teams: [...incident.teams.slice(1, 2), { id: 'far', step: 'arrived', at }],
    });
    expect(goersOf(there, teams, places)[0]).toMatchObject({
      team: 'far',
      isThere: true,
      thereSince: NOW - 60_000,
    });
  });

  it('without a position nothing is estimated', () => {
    const incident = incidentCard({ teams: [{ id: 'lost', step: 'departed', at }] });
    expect(goersOf(incident, teams, places)).toEqual([
      { team: 'lost', callSign: undefined, isThere: false, isOnTheWay: true, etaMinutes: undefined },
    ]);
  });

  it('a car needs 4 min for 1.5 km as the crow flies, somebody on foot 23', () => {
    const [from, to] = [
      { lng: 98.28, lat: 39.77 },
      { lng: 98.28, lat: 39.77 + 1500 / 111_195 },
    ];
    expect(etaMinutes('vehicle', from, to)).toBe(4);
    expect(etaMinutes('foot', from, to)).toBe(23);
    expect(etaMinutes('video', from, to)).toBeUndefined();
    expect(etaMinutes('drone', from, from)).toBe(1);
  });
});

describe('alerts on the wall', () => {
  it('unanswered ones stand first, clocks behind what is unusual, ended and shelved ones not at all', () => {
    const alerts = [
      alertCard({ id: 'acting', state: 'acting', severity: 1 }),
      alertCard({ id: 'clock I', rule: 'clock', severity: 1 }),
      alertCard({ id: 'raised IV', severity: 4 }),
      alertCard({ id: 'raised II' }),
      alertCard({ id: 'shelved', state: 'shelved' }),
      alertCard({ id: 'resolved', state: 'resolved' }),
    ];
    expect(openAlerts(alerts).map(({ id }) => id)).toEqual(['raised II', 'raised IV', 'clock I', 'acting']);
  });
});
