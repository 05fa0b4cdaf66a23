import {
  CheckIn,
  Handheld,
  type Id,
  Incident,
  IncidentPage,
  pageOf,
  type Session,
  Sos,
  Team,
  toMs,
  uuidv7,
  Visit,
} from '@app/shared';
import { sendEvidence } from './evidence.js';
import type { Kept } from './handheld-box.js';
import type { QueueItem } from './handheld-queue.js';
import { type Ask, ask, HttpFault } from './http.js';
import { fetchSession, fetchSettings } from './session.js';

const STORED_AS = 'handheld';
const Calls = pageOf(Sos);

/** An id of our own making: what is told twice by it is done once. */
export const mintId = (): Id => uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

/** The name of this machine, made once: what it did while it was cut off is believed from its last word on. */
export function deviceId(): Id {
  const made = mintId();
  try {
    const stored = localStorage.getItem(STORED_AS);
    if (stored !== null) return stored;
    localStorage.setItem(STORED_AS, made);
  } catch {
    // A browser without storage has a new name each time: what it tells late is not believed.
  }
  return made;
}

/** How the page speaks with the server. */
export interface HandheldApi {
  whoAmI(): Promise<Session>;
  /** Says that we are there; answers all that the handheld shows. */
  call(session: Session, timeZone: string | undefined): Promise<Kept>;
  /** Tells one command; answers the incident that a report became. */
  send(item: QueueItem, team: Team | undefined): Promise<Id | null>;
}

export const handheldApi: HandheldApi = {
  whoAmI: fetchSession,
  async call(session, zone) {
    const as = { account: session.account.id };
    const body = { device: deviceId() };
    const [handheld, incidents, calls, timeZone] = await Promise.all([
      ask('/api/handheld', Handheld, { method: 'POST', body, ...as }),
      ask('/api/incidents?limit=50', IncidentPage, as),
      ask('/api/sos?open=true', Calls, as),
      zone ?? fetchSettings().then((settings) => settings.timeZone),
    ]);
    return {
      account: session.account.id,
      session,
      timeZone,
      handheld,
      incidents: incidents.items,
      calls: calls.items,
      offsetMs: toMs(handheld.at) - Date.now(),
    };
  },
  send,
};

async function send({ id, account, team, command }: QueueItem, known: Team | undefined): Promise<Id | null> {
  const post = (body: unknown): Ask => ({ method: 'POST', body, key: id, account });
  switch (command.kind) {
    case 'check-in': {
      const { checkpoint, code, at } = command;
      await ask('/api/check-ins', CheckIn, post({ id, device: deviceId(), checkpoint, code, at }));
      return null;
    }
    case 'step': {
      const { incident, action, version, at, reason } = command;
      const body = { version, team, occurredAt: at, externalId: id, ...(reason ? { reason } : {}) };
      await ask(`/api/incidents/${incident}/${action}`, Incident, post(body));
      return null;
    }
    case 'status':
      await sendStatus({ team, account, version: known?.version ?? 1, ...command });
      return null;
    case 'report': {
      const body = { ...command.report, externalId: id };
      return (await ask('/api/incidents', Incident, post(body))).id;
    }
    case 'photo': {
      const file = new File([command.bytes], command.name, { type: command.type });
      const onProgress = () => undefined;
      await sendEvidence({ incident: command.incident ?? '', file, key: id, account, onProgress });
      return null;
    }
    case 'contest': {
      const { visit, version, note } = command;
      await ask(`/api/visits/${visit}/contest`, Visit, post({ version, note }));
      return null;
    }
    case 'sos': {
      const { at, place } = command;
      await ask('/api/sos', Sos, post({ team, at, ...place }));
      return null;
    }
  }
}

interface StatusChange {
  readonly team: Id;
  readonly account: Id;
  readonly version: number;
  readonly from: Team['status'];
  readonly to: Team['status'];
}

/** A status holds for the team as it was: what came between, such as a dispatch, is not undone by it. */
async function sendStatus(
  { team, account, version, from, to }: StatusChange,
  isAgain = false,
): Promise<void> {
  try {
    const body = { version, status: to };
    await ask(`/api/teams/${team}`, Team, { method: 'PATCH', body, account });
  } catch (fault) {
    if (!(fault instanceof HttpFault) || fault.code !== 'team.stale') throw fault;
    const current = Team.pick({ status: true, version: true }).safeParse(fault.detail['current']);
    if (!current.success) throw fault;
    if (current.data.status === to) return;
    if (isAgain || current.data.status !== from) throw fault;
    await sendStatus({ team, account, version: current.data.version, from, to }, true);
  }
}
