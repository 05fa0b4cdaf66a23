import { type DeviceMessage, toMs } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { type Texts, useText } from '../../ui/catalogue.js';
import { clockText } from '../../ui/time-format.js';

const MOST_SHOWN = 8;

/** What became of a message: how it stands, and since when (ms since 1970). Pure. */
export function standingOf(
  { state, createdAt, sentAt, answeredAt, result }: DeviceMessage,
  { downlink }: Texts,
): { words: string; at: number; isBad: boolean } {
  const at = toMs(answeredAt ?? sentAt ?? createdAt);
  const hasFailed = state === 'answered' && result !== null && result !== 0;
  const words = hasFailed
    ? downlink.failed(downlink.why[result - 1] ?? String(result))
    : downlink.state[state];
  return { words, at, isBad: hasFailed || state === 'lapsed' };
}

/** The newest messages to a terminal with the time of each state. */
export function DownlinkList({ messages }: { messages: readonly DeviceMessage[] }) {
  const text = useText();
  const { settings } = useInstallation();
  if (messages.length === 0) return <p className="soft">{text.downlink.noMessages}</p>;
  return (
    <>
      <ol className="downlink-list">
        {messages.slice(0, MOST_SHOWN).map((message) => {
          const { words, at, isBad } = standingOf(message, text);
          return (
            <li key={message.id}>
              <span>{text.downlink.kind[message.kind]}</span>
              <span className="soft">{clockText(toMs(message.createdAt), settings.timeZone, true)}</span>
              <span className={isBad ? 'is-warned' : ''}>
                {words} {clockText(at, settings.timeZone, true)}
              </span>
            </li>
          );
        })}
      </ol>
      <p className="soft">{text.downlink.sent}</p>
    </>
  );
}
