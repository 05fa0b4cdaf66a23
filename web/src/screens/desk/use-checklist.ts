import type { Checklist, Incident } from '@app/shared';
import { fetchChecklist } from '../../link/action-cards.js';
import { type Fetched, useFetched } from '../../link/use-fetched.js';

const CHECKLIST_MS = 60_000;

/** The action card of an incident, read again when the incident has moved. */
export const useChecklist = (id: string, incident: Incident | undefined): Fetched<Checklist> =>
  useFetched({
    // A card tells what kind of incident it is: whoever sees a mask is not told.
    subject: incident && incident.view !== 'masked' ? id : undefined,
    mark: incident?.version,
    everyMs: CHECKLIST_MS,
    read: (signal) => fetchChecklist(id, signal),
  });
