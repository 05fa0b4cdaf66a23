import { afterEach, expect, it } from '@jest/globals';
import type { Incident } from '@app/shared';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { TextEncoder } from 'node:util';
import { ago, incidentCard } from '../cards.js';

// The router wants one; pages in tests have none.
Object.assign(globalThis, { TextEncoder });
const { renderSignedIn } = await import('../house.js');
const { IncidentView } = await import('../../../../web/src/screens/desk/incident-view.js');
const { Fleet } = await import('../../../../web/src/store/fleet.js');
const { useWall } = await import('../../../../web/src/store/wall.store.js');
const { CATALOGUE, useLanguage } = await import('../../../../web/src/ui/catalogue.js');

const text = CATALOGUE['zh-Hans'];
const ID = '01890000-0000-7000-8000-00000000000a';
const CENTRE = '01890000-0000-7000-8000-000000000001';
const WANTED = [{ action: 'complete' as const, what: 'photo' as const, least: 1, seen: 0 }];

const incidentAt = (version: number, evidence?: Incident['evidence']): Incident => ({
  ...incidentCard({ id: ID, centre: CENTRE, status: 'accepted', version }),
  origin: CENTRE,
  description: `第 ${version} 版`,
  externalId: null,
  occurredAt: ago(2),
  recordedAt: ago(2),
  closedAt: null,
  demo: true,
  actions: [],
  assignments: [],
  timeline: [],
  ...(evidence ? { evidence } : {}),
});

/** Nobody takes a file. */
class DeadRequest extends EventTarget {
  readonly upload = new EventTarget();
  open(): void {}
  setRequestHeader(): void {}
  send(): void {
    this.dispatchEvent(new Event('error'));
  }
}
const { XMLHttpRequest: kept } = globalThis;

afterEach(() => {
  cleanup();
  globalThis.XMLHttpRequest = kept;
});

it('a file that could not be sent is still there to be tried again when the next step wants no evidence', async () => {
  useLanguage.setState({ language: 'zh-Hans' });
  globalThis.XMLHttpRequest = DeadRequest as unknown as typeof XMLHttpRequest;
  let seen = incidentAt(1, WANTED);
  const show = (incident: Incident) => {
    seen = incident;
    useWall.setState({ incidents: new Map([[ID, incident]]) });
  };
  show(seen);
  const answer = ({ path }: { path: string }) => {
    if (path === `/api/incidents/${ID}`) return seen;
    if (path === `/api/incidents/${ID}/evidence`) return { items: [] };
    throw new TypeError('nobody answers');
  };
  renderSignedIn(<IncidentView id={ID} fleet={new Fleet(CENTRE)} />, { role: 'duty', answer });
  const picker = await screen.findByLabelText<HTMLInputElement>(text.desk.addEvidence, { selector: 'input' });
  fireEvent.change(picker, { target: { files: [new File(['x'], 'door.jpg')] } });
  await screen.findByText('door.jpg');
  act(() => show(incidentAt(2)));
  await screen.findByText('第 2 版');
  expect(screen.queryAllByText('door.jpg')).toHaveLength(1);
});
