import { type IncidentCard, toMs } from '@app/shared';
import { type ReactNode, useMemo } from 'react';
import { useInstallation } from '../../link/installation.js';
import {
  type Attention,
  attentionList,
  awaitsTeam,
  type Goer,
  goersOf,
  MOST_NAMED,
  ongoingList,
} from '../../store/attention.js';
import type { Fleet } from '../../store/fleet.js';
import { useWall } from '../../store/wall.store.js';
import { type Texts, useText } from '../../ui/catalogue.js';
import { Panel } from '../../ui/panel.js';
import { SeverityMark } from '../../ui/severity-mark.js';
import { ageText, momentText, spanText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { IncidentName } from '../desk/sensitive-mark.js';
import { usePlaceText } from '../desk/use-place-text.js';
import { DutyWaitsLines } from './duty-waits.js';
import { useAlertSentence } from './use-alert-sentence.js';
import { usePictureState } from './use-panel-state.js';

/** The first panel: at most eight things that need somebody, most urgent first; then what is in hand, as room is left. */
export function AttentionPanel({ fleet }: { fleet: Fleet }) {
  const text = useText();
  const now = useNow();
  const incidents = useWall((wall) => wall.incidents);
  const alerts = useWall((wall) => wall.alerts);
  const state = usePictureState();
  const all = useMemo(
    () => attentionList(incidents.values(), alerts.values(), now),
    [incidents, alerts, now],
  );
  const inHand = useMemo(() => ongoingList(incidents.values(), all), [incidents, all]);
  const named = all.slice(0, MOST_NAMED);
  const rest = all.length - named.length;
  // A quiet wall says so in one row, and the rows that are left show who is busy with what.
  const room = MOST_NAMED - Math.max(1, named.length);
  const ongoing = inHand.slice(0, room);
  const shown = [...named.flatMap((item) => ('incident' in item ? item.incident : [])), ...ongoing];
  const places = fleet.places(new Set(shown.flatMap(({ teams }) => teams.map(({ id }) => id))));

  return (
    <Panel
      title={text.wall.attention}
      className="attention"
      corner={<strong className="attention-count">{state.state === 'none' ? '—' : all.length}</strong>}
      {...state}
    >
      <ol className="attention-list" style={rowsOf(MOST_NAMED - room)}>
        {named.length === 0 && <li className="attention-none">{text.wall.attentionNone}</li>}
        {named.map((item) => (
          <AttentionRow key={item.id} item={item} now={now} places={places} />
        ))}
      </ol>
      <DutyWaitsLines />
      {rest > 0 && <p className="attention-rest">{text.wall.attentionMore(rest)}</p>}
      {room > 0 && inHand.length > 0 && (
        <>
          <p className="attention-rest">{text.wall.ongoing(inHand.length)}</p>
          <ol className="attention-list" style={rowsOf(room)}>
            {ongoing.map((incident) => (
              <OngoingRow key={incident.id} incident={incident} now={now} places={places} />
            ))}
          </ol>
        </>
      )}
      {named.length > 0 && room > 0 && inHand.length === 0 && <div style={{ flex: room }} />}
      {inHand.length > room && (
        <p className="attention-rest">{text.wall.ongoingMore(inHand.length - room)}</p>
      )}
    </Panel>
  );
}

const rowsOf = (count: number) => ({ flex: count, gridTemplateRows: `repeat(${count}, minmax(0, 1fr))` });

interface Seen {
  readonly now: number;
  readonly places: ReadonlyMap<string, { readonly lng: number; readonly lat: number }>;
}

/** Something that needs somebody: why, where, since when, and who is going. */
function AttentionRow({ item, now, places }: Seen & { readonly item: Attention }) {
  const text = useText();
  const goingOf = useGoingText();
  const placeOf = usePlaceText();
  const sentenceOf = useAlertSentence();
  const teams = useWall((wall) => wall.teams);
  const isAlert = item.why === 'unanswered';
  const about = isAlert ? item.alert : item.incident;
  return (
    <Row
      of={isAlert ? 'alert' : 'incident'}
      about={about}
      now={now}
      title={isAlert ? alertTitle(item, text) : undefined}
      why={<span className="attention-why">{whyText(item, now, text)}</span>}
      where={isAlert ? undefined : placeOf(item.incident)}
      sentence={isAlert ? (lostText(item, text) ?? sentenceOf(item.alert)) : undefined}
      number={isAlert ? undefined : item.incident.number}
      going={isAlert ? undefined : goingOf(goersOf(item.incident, teams, places), now)}
    />
  );
}

/** An incident that somebody has in hand: what is done, and by whom. */
function OngoingRow({ incident, now, places }: Seen & { readonly incident: IncidentCard }) {
  const text = useText();
  const goingOf = useGoingText();
  const placeOf = usePlaceText();
  const teams = useWall((wall) => wall.teams);
  const goers = goersOf(incident, teams, places);
  const isGone = goers.length === 0 && !awaitsTeam(incident);
  return (
    <Row
      of="incident"
      about={incident}
      now={now}
      why={<span className="attention-state">{text.status[incident.status]}</span>}
      where={placeOf(incident)}
      number={incident.number}
      going={isGone ? undefined : goingOf(goers, now)}
    />
  );
}

/** How many of the teams that are lost together are named. */
const NAMED_LOST = 4;
/** Words about who is going that leave no room for an age beside them. */
const LONG_WORDS = 20;

interface RowProps {
  readonly of: 'incident' | 'alert';
  readonly about: Pick<IncidentCard, 'id' | 'severity' | 'category' | 'since'>;
  readonly now: number;
  /** Where it is not called by its category. */
  readonly title?: string | undefined;
  readonly why: ReactNode;
  readonly where?: string | undefined;
  /** Says where and since when by itself, in as many lines as there are. */
  readonly sentence?: string | undefined;
  readonly number: string | undefined;
  readonly going: Going | undefined;
}

function Row({ of, about, now, title, why, where, sentence, number, going }: RowProps) {
  const text = useText();
  const { settings } = useInstallation();
  const isSelected = useWall((wall) => wall.selection?.id === about.id);
  const select = useWall((wall) => wall.select);
  const since = toMs(about.since);
  const clock = momentText(since, now, settings.timeZone);
  // Who is going and when matters more than an age that the clock tells as well.
  const isBrief = (going?.words.length ?? 0) > LONG_WORDS;
  return (
    <li>
      <button
        type="button"
        className={`attention-row ${isSelected ? 'is-selected' : ''}`}
        onClick={() => select({ kind: of, id: about.id })}
      >
        <SeverityMark severity={about.severity} size={2.5} />
        <span className="attention-main">
          <span className="attention-top">
            <b>{title ?? <IncidentName card={about} />}</b>
            {why}
          </span>
          {sentence === undefined ? (
            <>
              <span className="attention-place">
                <span>{where}</span>
                {number !== undefined && <span className="number">{number}</span>}
              </span>
              <span className="attention-when">
                <span>
                  {isBrief ? text.wall.sinceClock(clock) : text.wall.since(clock, ageText(now - since, text))}
                </span>
                {going && <span className={going.isNobody ? 'is-nobody' : ''}>{going.words}</span>}
              </span>
            </>
          ) : (
            <span className="attention-sentence">{sentence}</span>
          )}
        </span>
      </button>
    </li>
  );
}

type Unanswered = Attention & { readonly why: 'unanswered' };

/** A deviation is called by its kind, as it is about a team and of no category; help that is wanted goes before that. */
function alertTitle({ alert: { deviation } }: Unanswered, text: Texts): string | undefined {
  if (deviation?.answer === 'help-wanted') return text.deviation.answer['help-wanted'];
  return deviation && text.deviation.kind[deviation.kind];
}

/** Many teams that are lost at once, in one sentence. */
function lostText({ lost }: Unanswered, text: Texts): string | undefined {
  return lost && text.deviation.manyLost(lost.slice(0, NAMED_LOST).join(text.listComma), lost.length);
}

function whyText(item: Attention, now: number, text: Texts): string {
  const span = spanText(now - item.waitingSince, text);
  if (item.why === 'overdue') return text.wall.overdue(text.stage[item.stage], span);
  return item.why === 'unaccepted' ? text.wall.unaccepted(span) : text.wall.unanswered(span);
}

interface Going {
  readonly words: string;
  readonly isNobody: boolean;
}

/** Says who is going and when they arrive, or since when they are there. */
function useGoingText(): (goers: readonly Goer[], now: number) => Going {
  const text = useText();
  const { settings } = useInstallation();
  return (goers, now) => goingText(goers, text, (at) => momentText(at, now, settings.timeZone));
}

function goingText(goers: readonly Goer[], text: Texts, clockOf: (at: number) => string): Going {
  const [first] = goers;
  if (!first) return { words: text.wall.nobody, isNobody: true };
  const more = goers.length > 1 ? text.wall.moreTeams(goers.length) : '';
  const who = (first.callSign ?? '—') + more;
  if (first.isThere) {
    const clock = first.thereSince === undefined ? undefined : clockOf(first.thereSince);
    return { words: text.wall.onScene(who, clock), isNobody: false };
  }
  const verb = first.isOnTheWay ? text.wall.going(who) : text.wall.assigned(who);
  const eta = first.etaMinutes === undefined ? text.wall.etaUnknown : text.wall.eta(first.etaMinutes);
  return { words: `${verb} · ${eta}`, isNobody: false };
}
