import { type IncidentCard, toMs } from '@app/shared';
import { useMemo } from 'react';
import { useCentreName, useInstallation } from '../../link/installation.js';
import { type Attention, attentionList, type Goer, goersOf, MOST_NAMED } from '../../store/attention.js';
import type { Fleet } from '../../store/fleet.js';
import { useWall } from '../../store/wall.store.js';
import { type Texts, useText } from '../../ui/catalogue.js';
import { Panel } from '../../ui/panel.js';
import { SeverityMark } from '../../ui/severity-mark.js';
import { ageText, momentText, spanText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useAlertSentence } from './use-alert-sentence.js';
import { usePictureState } from './use-panel-state.js';

/** The first panel: at most eight things that need somebody, most urgent first; the rest is a count. */
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
  const named = all.slice(0, MOST_NAMED);
  const rest = all.length - named.length;
  const places = fleet.places(
    new Set(named.flatMap((item) => ('incident' in item ? teamsOf(item.incident) : []))),
  );

  return (
    <Panel
      title={text.wall.attention}
      className="attention"
      corner={<strong className="attention-count">{state.state === 'none' ? '—' : all.length}</strong>}
      {...state}
    >
      {all.length === 0 && <p className="panel-empty">{text.wall.attentionNone}</p>}
      <ol className="attention-list">
        {named.map((item) => (
          <AttentionRow key={item.id} item={item} now={now} places={places} />
        ))}
      </ol>
      {rest > 0 && <p className="attention-rest">{text.wall.attentionMore(rest)}</p>}
    </Panel>
  );
}

const teamsOf = ({ teams }: IncidentCard): string[] => teams.map(({ id }) => id);

interface RowProps {
  readonly item: Attention;
  readonly now: number;
  readonly places: ReadonlyMap<string, { readonly lng: number; readonly lat: number }>;
}

function AttentionRow({ item, now, places }: RowProps) {
  const text = useText();
  const { settings } = useInstallation();
  const centreName = useCentreName();
  const sentenceOf = useAlertSentence();
  const teams = useWall((wall) => wall.teams);
  const isSelected = useWall((wall) => wall.selection?.id === item.id);
  const select = useWall((wall) => wall.select);
  const about = item.why === 'unanswered' ? item.alert : item.incident;
  const since = toMs(about.since);
  const going =
    item.why === 'unanswered' ? undefined : goingText(goersOf(item.incident, teams, places), text);

  return (
    <li>
      <button
        type="button"
        className={`attention-row ${isSelected ? 'is-selected' : ''}`}
        onClick={() => select({ kind: item.why === 'unanswered' ? 'alert' : 'incident', id: item.id })}
      >
        <SeverityMark severity={item.severity} size={2.5} />
        <span className="attention-main">
          <span className="attention-top">
            <b>{text.category[about.category]}</b>
            <span className="attention-why">{whyText(item, now, text)}</span>
          </span>
          <span className="attention-place">
            <span>
              {item.why === 'unanswered' ? sentenceOf(item.alert) : placeText(item.incident, centreName)}
            </span>
            {item.why !== 'unanswered' && <span className="number">{item.incident.number}</span>}
          </span>
          <span className="attention-when">
            <span>
              {text.wall.since(momentText(since, now, settings.timeZone), ageText(now - since, text))}
            </span>
            {going && <span className={going.isNobody ? 'is-nobody' : ''}>{going.words}</span>}
          </span>
        </span>
      </button>
    </li>
  );
}

function whyText(item: Attention, now: number, text: Texts): string {
  const span = spanText(now - item.waitingSince, text);
  if (item.why === 'overdue') return text.wall.overdue(text.stage[item.stage], span);
  return item.why === 'unaccepted' ? text.wall.unaccepted(span) : text.wall.unanswered(span);
}

/** The place told with the report, after the centre that answers for it. */
function placeText({ place, centre }: IncidentCard, centreName: (id: string) => string): string {
  const name = centreName(centre);
  return place && place !== name ? (place.startsWith(name) ? place : `${name} ${place}`) : name;
}

function goingText(goers: readonly Goer[], text: Texts): { words: string; isNobody: boolean } {
  const [first] = goers;
  if (!first) return { words: text.wall.nobody, isNobody: true };
  const more = goers.length > 1 ? text.wall.moreTeams(goers.length) : '';
  const who = (first.callSign ?? '—') + more;
  if (first.isThere) return { words: text.wall.onScene(who), isNobody: false };
  const verb = first.isOnTheWay ? text.wall.going(who) : text.wall.assigned(who);
  const eta = first.etaMinutes === undefined ? text.wall.etaUnknown : text.wall.eta(first.etaMinutes);
  return { words: `${verb} · ${eta}`, isNobody: false };
}
