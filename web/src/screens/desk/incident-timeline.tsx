import { type Checklist, nameIn, sentName, type TimelineEntry, toMs } from '@app/shared';
import { useAnyCentreName } from '../../link/directory.js';
import { useInstallation } from '../../link/installation.js';
import { usePerson } from '../../link/use-person.js';
import { useWall } from '../../store/wall.store.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { clockText, momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { actionText, kindText } from './desk-words.js';

export interface IncidentTimelineProps {
  readonly timeline: readonly TimelineEntry[];
  /** The action card of the incident, as far as it is known. */
  readonly card: Checklist | undefined;
}

/** Everything that was told of an incident, newest first, with what the world's clock and ours said. */
export function IncidentTimeline({ timeline, card }: IncidentTimelineProps) {
  const text = useText();
  const personName = usePerson();
  const language = useLanguage((choice) => choice.language);
  // A tick keeps the words of the card's item in one script: here they are said in the one chosen.
  const noteOf = ({ action, note }: TimelineEntry) => {
    const isTick = action === 'tick' || action === 'untick';
    const item = isTick ? card?.items.find(({ text: names }) => names.hans === note) : undefined;
    return item ? nameIn(item.text, language) : note;
  };
  const whoOf = ({ callSign, about }: TimelineEntry) =>
    sentName({ callSign, department: about?.department }, language);
  const now = useNow();
  const { settings } = useInstallation();
  const { timeZone } = settings;
  const nameOf = useAnyCentreName(timeline.some(({ about }) => about?.centre !== undefined));
  return (
    <section className="timeline">
      <h4>{text.desk.timeline}</h4>
      <ol>
        {[...timeline].reverse().map((entry) => (
          <li key={entry.id}>
            <time dateTime={entry.occurredAt}>{momentText(toMs(entry.occurredAt), now, timeZone)}</time>
            <span>
              <b>{actionText(entry, text)}</b>
              {entry.callSign && ` ${whoOf(entry)}`} <span className="soft">{personName(entry.by)}</span>
              {isLate(entry) && (
                <span className="soft">
                  {' '}
                  {text.desk.recordedLater(clockText(toMs(entry.recordedAt), timeZone))}
                </span>
              )}
              {entry.derived && <span className="tag">{text.desk.derived}</span>}
              {entry.flags.includes('out-of-order') && <span className="tag">{text.desk.outOfOrder}</span>}
              {entry.flags.includes('reason-unsaid') && <span className="tag">{text.desk.reasonUnsaid}</span>}
              {entry.flags.includes('team-was-busy') && <span className="tag">{text.desk.wasBusy}</span>}
              {entry.action === 'share-team' && <Elsewhere incident={entry.about?.incident} />}
              {entry.about?.centre && (
                <span className="soft"> {text.flow.to(nameOf(entry.about.centre))}</span>
              )}
              {entry.about?.until && (
                <span className="soft"> {momentText(toMs(entry.about.until), now, timeZone)}</span>
              )}
              {entry.about?.trigger && (
                <span className="soft"> {text.flow.trigger[entry.about.trigger]}</span>
              )}
              {entry.about && <Changed about={entry.about} />}
              {entry.about?.corrected && <Corrected was={entry.about.corrected} />}
              {entry.about?.satisfaction && (
                <span className="soft"> {text.flow.satisfaction[entry.about.satisfaction]}</span>
              )}
              {entry.reason && <span className="timeline-words">{text.desk.because(entry.reason)}</span>}
              {entry.note && <span className="timeline-words">{noteOf(entry)}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The number of another incident, where it is in the picture. */
function Elsewhere({ incident }: { incident: string | undefined }) {
  const text = useText();
  const number = useWall(({ incidents }) => (incident ? incidents.get(incident)?.number : undefined));
  return number === undefined ? null : <span className="soft"> {text.flow.to(number)}</span>;
}

/** What it should be, or was made, instead of what it was. */
function Changed({ about: { category, severity, was } }: { about: NonNullable<TimelineEntry['about']> }) {
  const text = useText();
  if (category === undefined || severity === undefined) return null;
  const to = kindText({ category, severity }, text);
  return <span className="soft"> {was ? text.flow.change.changed(kindText(was, text), to) : to}</span>;
}

type Was = NonNullable<NonNullable<TimelineEntry['about']>['corrected']>;

/** What place and text said before; nothing of what was erased meanwhile. */
function Corrected({ was }: { was: Was }) {
  const text = useText();
  const { place, description, lng, lat } = was;
  const parts = [
    ...(place === undefined ? [] : [text.flow.was(text.desk.placeLabel, place)]),
    ...(lng === undefined && lat === undefined
      ? []
      : [text.flow.was(text.desk.coordinates, [lng, lat].filter((one) => one !== undefined).join(', '))]),
    ...(description === undefined ? [] : [text.flow.was(text.desk.description, description)]),
  ];
  return parts.map((part) => (
    <span key={part} className="timeline-words soft">
      {part}
    </span>
  ));
}

/** Told more than a minute after it happened. */
const isLate = ({ occurredAt, recordedAt }: TimelineEntry): boolean =>
  toMs(recordedAt) - toMs(occurredAt) > 60_000;
