import { toMs } from '@app/shared';
import type { Crew } from '../../link/handheld-box.js';
import type { QueueItem } from '../../link/handheld-queue.js';
import { handheldSync, useHandheld } from '../../store/handheld.store.js';
import { type Texts, useText } from '../../ui/catalogue.js';
import { clockText } from '../../ui/time-format.js';

const CITY = 'Asia/Shanghai';

interface QueueListProps {
  readonly crew: Crew | undefined;
  readonly timeZone?: string | undefined;
}

/** What waits on this machine: the own, and what others left here, which goes out when they sign in again. */
export function QueueList({ crew, timeZone = CITY }: QueueListProps) {
  const text = useText();
  const queue = useHandheld((state) => state.queue);
  const own = queue.filter(({ account }) => account === crew?.account);
  const others = queue.filter(({ account }) => account !== crew?.account);
  if (queue.length === 0) return null;
  return (
    <section className="hh-queue" aria-label={text.handheld.queue(own.length)}>
      {own.length > 0 && <h2>{text.handheld.queue(own.length)}</h2>}
      <ul>
        {own.map((item) => (
          <QueueLine key={item.id} item={item} zone={timeZone} />
        ))}
      </ul>
      {others.length > 0 && (
        <>
          <h2>{text.handheld.othersQueue(others.length)}</h2>
          <ul>
            {others.map((item) => (
              <li key={item.id} className="is-foreign">
                <span>{item.callSign}</span> <span>{text.handheld.did[item.command.kind]}</span>{' '}
                <time>{clockText(toMs(item.madeAt), timeZone)}</time>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function QueueLine({ item, zone }: { item: QueueItem; zone: string }) {
  const text = useText();
  const isSending = useHandheld((state) => state.sending === item.id);
  const { refusal } = item;
  return (
    <li className={refusal ? 'is-refused' : ''}>
      <span>
        <b>{wordOf(item, text)}</b> {item.about} <time>{clockText(toMs(item.madeAt), zone)}</time>
      </span>
      <span className="hh-state">
        {refusal ? text.handheld.refused : isSending ? text.handheld.sending : text.handheld.waiting}
      </span>
      {refusal && (
        <p>
          {refusal.code === 'unknown' ? text.errorUnknown : text.error[refusal.code]}{' '}
          <button type="button" className="hh-quiet" onClick={() => void handheldSync.drop(item.id)}>
            {text.handheld.understood}
          </button>
        </p>
      )}
    </li>
  );
}

function wordOf({ command }: QueueItem, text: Texts): string {
  if (command.kind === 'step') return text.action[command.action];
  if (command.kind === 'status') return text.teamStatus[command.to];
  return text.handheld.did[command.kind];
}
