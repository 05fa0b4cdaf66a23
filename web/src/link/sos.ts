import { Sos, type SosOutcome } from '@app/shared';
import { ask } from './http.js';

/** @throws HttpFault `team.unknown`, `scope.denied` */
export const callForHelp = (team: string): Promise<Sos> =>
  ask('/api/sos', Sos, { method: 'POST', body: { team } });

/** @throws HttpFault `sos.ended`, `sos.stale` when somebody else has answered */
export const answerSos = (id: string): Promise<Sos> =>
  ask(`/api/sos/${id}/answer`, Sos, { method: 'POST', body: {} });

/** @throws HttpFault `sos.ended`, `sos.stale` when it was pressed again meanwhile */
export const endSos = (id: string, body: { version: number; outcome: SosOutcome }): Promise<Sos> =>
  ask(`/api/sos/${id}/end`, Sos, { method: 'POST', body });
