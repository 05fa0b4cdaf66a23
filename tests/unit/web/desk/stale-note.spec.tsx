import { afterEach, expect, it } from '@jest/globals';
import type { Incident, TimelineEntry } from '@app/shared';
import { cleanup, screen } from '@testing-library/react';
import { StaleNote } from '../../../../web/src/screens/desk/stale-note.js';
import { useLanguage } from '../../../../web/src/ui/catalogue.js';
import { ago, incidentCard } from '../cards.js';
import { renderSignedIn } from '../house.js';

const ID = '01890000-0000-7000-8000-00000000000a';
const names = { hans: '城管队', hant: '城管隊', en: 'Street Wardens' };
const sent: TimelineEntry = {
  id: ID,
  fact: 'incident.dispatched',
  action: 'dispatch',
  team: null,
  callSign: names.hans,
  by: 'li.wei',
  occurredAt: ago(1),
  recordedAt: ago(1),
  reason: null,
  note: null,
  derived: false,
  flags: [],
  about: { department: { id: ID, names } },
};

afterEach(cleanup);

it.each([
  ['zh-Hans', names.hans],
  ['zh-Hant', names.hant],
  ['en', names.en],
] as const)('who was faster and sent a department is told of with its name in %s', async (language, name) => {
  useLanguage.setState({ language });
  // Of the incident the note reads its status alone.
  const incident = incidentCard({ id: ID, centre: ID }) as Incident;
  const stale = { tried: 'dispatch', missed: [sent], changedBy: null, changedAt: null } as const;
  renderSignedIn(<StaleNote stale={stale} incident={incident} onClose={() => undefined} />);
  const line = (await screen.findByRole('listitem')).textContent ?? '';
  expect(Object.values(names).filter((one) => line.includes(one))).toEqual([name]);
});
