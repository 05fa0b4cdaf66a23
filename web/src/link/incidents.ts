import {
  Candidates,
  Duplicate,
  Incident,
  type IncidentAction,
  IncidentPage,
  type IncidentReport,
  type IncidentStep,
} from '@app/shared';
import { z } from 'zod';
import { ask } from './http.js';

const stopBy = (signal: AbortSignal | undefined) => (signal ? { signal } : {});

/** One incident with its timeline and what the session may do next. @throws HttpFault */
export const fetchIncident = (id: string, signal?: AbortSignal): Promise<Incident> =>
  ask(`/api/incidents/${id}`, Incident, stopBy(signal));

/** A page of a list, newest report first; `query` as `IncidentQuery` is written. @throws HttpFault */
export const fetchIncidents = (query: URLSearchParams, signal?: AbortSignal): Promise<IncidentPage> =>
  ask(`/api/incidents?${query}`, IncidentPage, stopBy(signal));

/** Who could go, and why the others cannot. @throws HttpFault */
export const fetchCandidates = (id: string, signal?: AbortSignal): Promise<Candidates> =>
  ask(`/api/incidents/${id}/candidates`, Candidates, stopBy(signal));

const DuplicateList = z.object({ items: z.array(Duplicate) });

/** What may be the same as what is told at a place. @throws HttpFault */
export async function fetchDuplicates(
  { category, lng, lat, id }: Pick<Incident, 'category' | 'lng' | 'lat'> & { readonly id?: string },
  signal?: AbortSignal,
): Promise<readonly Duplicate[]> {
  const query = new URLSearchParams({
    category,
    lng: String(lng),
    lat: String(lat),
    ...(id ? { but: id } : {}),
  });
  return (await ask(`/api/incidents/duplicates?${query}`, DuplicateList, stopBy(signal))).items;
}

/** @throws HttpFault `incident.stale` with what stands now in its detail, and others */
export const stepIncident = (
  id: string,
  action: IncidentAction,
  body: IncidentStep,
  key?: string,
): Promise<Incident> =>
  ask(`/api/incidents/${id}/${action}`, Incident, { method: 'POST', body, ...(key ? { key } : {}) });

/** The same key never reports twice. @throws HttpFault */
export const reportIncident = (body: IncidentReport, key: string): Promise<Incident> =>
  ask('/api/incidents', Incident, { method: 'POST', body, key });

/** Takes a team back whatever the incident has become since it was sent. @throws HttpFault */
export async function recallTeam(id: string, team: string): Promise<Incident> {
  const { version } = await fetchIncident(id);
  return stepIncident(id, 'recall', { version, team });
}
