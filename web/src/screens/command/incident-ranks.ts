import { type AlertCard, type IncidentCard, toMs } from '@app/shared';
import { attentionList } from '../../store/attention.js';
import { isOpen } from '../../store/tallies.js';

/** An open incident in the order of the wall: those that need somebody first. */
export interface Ranked {
  readonly incident: IncidentCard;
  readonly needsSomebody: boolean;
}

const NO_ALERTS: readonly AlertCard[] = [];

/** Every open incident: first those that need somebody, as the wall ranks them, then the others by gravity and age. */
export function rankIncidents(incidents: ReadonlyMap<string, IncidentCard>, now: number): Ranked[] {
  const urgent = attentionList(incidents.values(), NO_ALERTS, now).flatMap((need) =>
    'incident' in need ? [need.incident] : [],
  );
  const named = new Set(urgent.map(({ id }) => id));
  const calm = [...incidents.values()]
    .filter((incident) => isOpen(incident) && !named.has(incident.id))
    .sort((a, b) => a.severity - b.severity || toMs(a.since) - toMs(b.since) || (a.id < b.id ? -1 : 1));
  return [
    ...urgent.map((incident) => ({ incident, needsSomebody: true })),
    ...calm.map((incident) => ({ incident, needsSomebody: false })),
  ];
}
