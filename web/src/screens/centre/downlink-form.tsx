import { type DeviceMessageDraft, MESSAGE_TONES, type MessageTone, MESSAGE_CHARS } from '@app/shared';
import { useState } from 'react';
import { useText } from '../../ui/catalogue.js';

const FOLLOW_MINUTES = [5, 15, 30, 60] as const;
/** Seconds between two places of a terminal that is followed. */
const FOLLOW_EVERY_S = 5;
const TONES = Object.keys(MESSAGE_TONES) as MessageTone[];

interface DownlinkFormProps {
  /** The team is under another command: it is asked or told, and nothing else. */
  readonly isOwnCommand: boolean;
  readonly isBusy: boolean;
  readonly onSend: (draft: DeviceMessageDraft) => Promise<boolean>;
}

/** A text, the question where they are, and following them for a while. */
export function DownlinkForm({ isOwnCommand, isBusy, onSend }: DownlinkFormProps) {
  const text = useText();
  const [words, setWords] = useState('');
  const [isUrgent, setUrgent] = useState(false);
  const [tone, setTone] = useState<MessageTone>('request');
  const send = async () => {
    const said = { kind: 'text' as const, text: words.trim(), ...(isUrgent ? { urgent: true } : {}) };
    if (await onSend(isOwnCommand ? { ...said, tone } : said)) setWords('');
  };
  return (
    <>
      {isOwnCommand && <p className="soft">{text.downlink.otherCommand}</p>}
      <form
        className="acts-row"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {isOwnCommand && (
          <select
            className="button"
            aria-label={text.downlink.toneOf}
            value={tone}
            onChange={({ target }) => setTone(TONES.find((known) => known === target.value) ?? 'request')}
          >
            {TONES.map((known) => (
              <option key={known} value={known}>
                {text.downlink.tone[known]}
              </option>
            ))}
          </select>
        )}
        <input
          className="field"
          value={words}
          maxLength={MESSAGE_CHARS}
          placeholder={text.downlink.text}
          aria-label={text.downlink.text}
          onChange={({ target }) => setWords(target.value)}
        />
        <label className="downlink-urgent">
          <input type="checkbox" checked={isUrgent} onChange={({ target }) => setUrgent(target.checked)} />
          {text.downlink.urgent}
        </label>
        <button type="submit" className="button is-primary" disabled={isBusy || words.trim() === ''}>
          {text.downlink.send}
        </button>
      </form>
      {!isOwnCommand && <Whereabouts isBusy={isBusy} onSend={onSend} />}
    </>
  );
}

function Whereabouts({ isBusy, onSend }: Pick<DownlinkFormProps, 'isBusy' | 'onSend'>) {
  const text = useText();
  const [minutes, setMinutes] = useState<number>(FOLLOW_MINUTES[1]);
  const say = (draft: DeviceMessageDraft) => () => void onSend(draft);
  return (
    <p className="acts-row">
      <button type="button" className="button" disabled={isBusy} onClick={say({ kind: 'query' })}>
        {text.downlink.ask}
      </button>
      <select
        className="button"
        aria-label={text.downlink.followFor}
        value={minutes}
        onChange={({ target }) => setMinutes(Number(target.value))}
      >
        {FOLLOW_MINUTES.map((n) => (
          <option key={n} value={n}>
            {text.downlink.minutes(n)}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="button"
        disabled={isBusy}
        onClick={say({ kind: 'track', everyS: FOLLOW_EVERY_S, forS: minutes * 60 })}
      >
        {text.downlink.follow}
      </button>
      <button
        type="button"
        className="button"
        disabled={isBusy}
        onClick={say({ kind: 'track', everyS: 0, forS: 1 })}
      >
        {text.downlink.stop}
      </button>
    </p>
  );
}
