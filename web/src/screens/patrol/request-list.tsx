import { useState } from 'react';
import { fetchRequests } from '../../link/forces.js';
import { useFetched } from '../../link/use-fetched.js';
import { versionsText } from '../../store/versions-text.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { FaultNote } from '../desk/fault-note.js';
import { Part } from '../../ui/part.js';
import { RequestForm } from './request-form.js';
import { RequestItem } from './request-item.js';

const READ_MS = 30_000;

/** Requests of the session's centre and below; of one incident where it is named. */
export function useRequests(incident?: string) {
  const cards = useWall((wall) => wall.forceRequests);
  return useFetched({
    subject: incident ?? 'all',
    mark: versionsText(cards.values()),
    everyMs: READ_MS,
    read: (signal) => fetchRequests(incident, signal),
  });
}

/** What was asked of armed police and militia, and how to ask: the only way to have any of them sent. */
export function RequestList({ incident }: { incident?: string }) {
  const text = useText();
  const { value, fault, readAt, reload } = useRequests(incident);
  const [isAsking, setAsking] = useState(false);
  const shown = value?.filter(({ state }) => incident !== undefined || isLive(state)) ?? [];
  return (
    <Part title={text.patrol.requests} observedAt={readAt} className="requests">
      <FaultNote fault={fault} onRetry={reload} />
      {shown.map((request) => (
        <RequestItem key={`${request.id}:${request.version}`} request={request} onDone={reload} />
      ))}
      <p className="note-acts">
        <button type="button" className="button is-small" onClick={() => setAsking(true)}>
          {text.patrol.askForce}
        </button>
      </p>
      {isAsking && (
        <RequestForm
          {...(incident === undefined ? {} : { incident })}
          onDone={reload}
          onClose={() => setAsking(false)}
        />
      )}
    </Part>
  );
}

const isLive = (state: string): boolean => state !== 'ended' && state !== 'withdrawn';
