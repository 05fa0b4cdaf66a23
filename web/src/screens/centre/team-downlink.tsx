import { deskOf, leadOf, type Team, toMs } from '@app/shared';
import { useState } from 'react';
import { fetchMessages, fetchTerminals, sendMessage } from '../../link/downlink.js';
import { useInstallation } from '../../link/installation.js';
import { useFetched } from '../../link/use-fetched.js';
import { useText } from '../../ui/catalogue.js';
import { ageText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useChange } from '../admin/use-change.js';
import { FaultNote } from '../desk/fault-note.js';
import { DownlinkForm } from './downlink-form.js';
import { DownlinkList } from './downlink-list.js';

/** Who may speak to terminals, as the server has it too. */
const SPEAKERS: readonly string[] = ['duty', 'commander'];
const TERMINALS_MS = 30_000;
/** So often the states of what was sent are read while the sheet is open. */
const MESSAGES_MS = 2_000;

/** What can be said to a team's JT/T 808 terminals, and what became of it. */
export function TeamDownlink({ team }: { team: Team }) {
  const text = useText();
  const now = useNow();
  const { session } = useInstallation();
  const maySpeak = SPEAKERS.includes(session.account.role);
  const [chosen, choose] = useState<string>();
  const terminals = useFetched({
    subject: maySpeak ? team.id : undefined,
    everyMs: TERMINALS_MS,
    read: (signal) => fetchTerminals(team.id, signal),
  });
  const device = terminals.value?.find(({ id }) => id === chosen) ?? terminals.value?.[0];
  const messages = useFetched({
    subject: device?.id,
    everyMs: MESSAGES_MS,
    read: (signal) => fetchMessages(device?.id ?? '', signal),
  });
  const change = useChange(messages.reload);
  if (!maySpeak || (terminals.value === undefined && terminals.fault === undefined)) return null;
  const seenAt = device?.seenAt ?? null;
  return (
    <section className="downlink" aria-label={text.downlink.title}>
      <h3>{text.downlink.title}</h3>
      <FaultNote fault={terminals.fault} onRetry={terminals.reload} />
      {terminals.value?.length === 0 && <p className="soft">{text.downlink.none}</p>}
      {device && (
        <>
          <p className="acts-row">
            <select
              className="button"
              aria-label={text.downlink.terminal}
              value={device.id}
              onChange={({ target }) => choose(target.value)}
            >
              {terminals.value?.map(({ id, terminal, name }) => (
                <option key={id} value={id}>
                  {name ? `${name} · ${terminal}` : terminal}
                </option>
              ))}
            </select>
            <span className="soft">
              {seenAt === null ? text.downlink.never : text.downlink.seen(ageText(now - toMs(seenAt), text))}
            </span>
          </p>
          <DownlinkForm
            key={device.id}
            isOwnCommand={deskOf(leadOf(team)) !== undefined}
            isBusy={change.isBusy}
            onSend={(draft) => change.run(() => sendMessage(device.id, draft))}
          />
          <FaultNote fault={change.fault ?? messages.fault} onClose={change.forgive} />
          <DownlinkList messages={messages.value ?? []} />
        </>
      )}
    </section>
  );
}
