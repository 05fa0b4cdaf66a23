import { type IncidentCard, type TeamCard, toMs } from '@app/shared';
import { useEffect, useState } from 'react';
import { sentenceOf } from '../../link/http.js';
import { fetchIncidents } from '../../link/incidents.js';
import { useCentreName, useInstallation } from '../../link/installation.js';
import { IncidentName } from '../desk/sensitive-mark.js';
import { usePlaceText } from '../desk/use-place-text.js';
import { type ListAsk, useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { Age } from '../../ui/panel.js';
import { serverClock } from '../../ui/server-clock.js';
import { SeverityMark } from '../../ui/severity-mark.js';
import { ageText, momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';

const PER_PAGE = 12;
const CLOSES_AFTER_MS = 60_000;
/** What a row needs, of a card or of an item of a list. */
type Listed = Pick<
  IncidentCard,
  'id' | 'number' | 'severity' | 'category' | 'status' | 'place' | 'centre' | 'since'
>;

/** What stands behind a figure or chart, one page at a time; closes by itself when nobody reads it. */
export function ListSheet() {
  const list = useWall((wall) => wall.list);
  return list ? <Sheet key={JSON.stringify(list)} list={list} /> : null;
}

function Sheet({ list }: { list: ListAsk }) {
  const text = useText();
  const showList = useWall((wall) => wall.showList);
  const [page, setPage] = useState(0);
  const { incidents, teams, fault, listedAt } = useMembers(list);
  const provenAt = useWall((wall) => wall.provenAt);
  const members = incidents ?? teams;
  const rest = (members?.length ?? 0) - (page + 1) * PER_PAGE;

  useEffect(() => {
    const timer = setTimeout(() => showList(undefined), CLOSES_AFTER_MS);
    return () => clearTimeout(timer);
  }, [page, showList]);

  return (
    <section className="sheet" role="dialog" aria-label={list.title}>
      <header className="panel-head">
        <h2>
          {list.title} · {members ? text.wall.listCount(members.length) : text.state.loading}
        </h2>
        <Age at={listedAt ?? provenAt} />
        {rest > 0 && (
          <button type="button" className="button" onClick={() => setPage(page + 1)}>
            {text.wall.listMore(rest)}
          </button>
        )}
        <button type="button" className="button" onClick={() => showList(undefined)}>
          {text.wall.close}
        </button>
      </header>
      {fault !== undefined && <p className="fault">{sentenceOf(fault, text)}</p>}
      <table>
        <tbody>
          {incidents?.slice(page * PER_PAGE, (page + 1) * PER_PAGE).map((card) => (
            <IncidentRow key={card.id} card={card} />
          ))}
          {teams?.slice(page * PER_PAGE, (page + 1) * PER_PAGE).map((card) => (
            <TeamRow key={card.id} card={card} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface Members {
  readonly incidents?: readonly Listed[];
  readonly teams?: readonly TeamCard[];
  readonly fault?: unknown;
  /** When the server listed them, by its clock; missing for what the live picture holds. */
  readonly listedAt?: number;
}

function useMembers(list: ListAsk): Members {
  const known = useWall((wall) => wall.incidents);
  const teams = useWall((wall) => wall.teams);
  const [fetched, setFetched] = useState<Members>({});
  useEffect(() => {
    if (list.of !== 'query') return undefined;
    const stop = new AbortController();
    const read = async () => {
      try {
        const incidents = await fetchAll(list.query, stop.signal);
        setFetched({ incidents, listedAt: serverClock.now() });
      } catch (fault) {
        if (!stop.signal.aborted) setFetched({ fault });
      }
    };
    void read();
    return () => stop.abort();
  }, [list]);
  if (list.of === 'query') return fetched;
  if (list.of === 'teams') return { teams: list.ids.flatMap((id) => teams.get(id) ?? []) };
  return { incidents: list.ids.flatMap((id) => known.get(id) ?? []) };
}

async function fetchAll(query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Listed[]> {
  const found: Listed[] = [];
  let cursor: string | null = null;
  do {
    const page = new URLSearchParams({ ...query, limit: '200', ...(cursor === null ? {} : { cursor }) });
    const { items, next } = await fetchIncidents(page, signal);
    found.push(...items);
    cursor = next;
  } while (cursor !== null);
  return found;
}

function IncidentRow({ card }: { card: Listed }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const placeOf = usePlaceText();
  const select = useWall((wall) => wall.select);
  return (
    <tr onClick={() => select({ kind: 'incident', id: card.id })}>
      <td>
        <SeverityMark severity={card.severity} />
      </td>
      <td className="number">{card.number}</td>
      <td>
        <IncidentName card={card} />
      </td>
      <td>{placeOf(card)}</td>
      <td>{text.status[card.status]}</td>
      <td>
        {momentText(toMs(card.since), now, settings.timeZone)}{' '}
        <span className="age">{ageText(now - toMs(card.since), text)}</span>
      </td>
    </tr>
  );
}

function TeamRow({ card }: { card: TeamCard }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const centreName = useCentreName();
  const people = Object.values(card.forces).reduce((sum, count) => sum + count, 0);
  return (
    <tr>
      <td className="number">{card.callSign}</td>
      <td>{text.mode[card.mode]}</td>
      <td>{text.wall.headcount(people)}</td>
      <td>{centreName(card.centre)}</td>
      <td>{text.teamStatus[card.status]}</td>
      <td>
        {momentText(toMs(card.statusAt), now, settings.timeZone)}{' '}
        <span className="age">{ageText(now - toMs(card.statusAt), text)}</span>
      </td>
    </tr>
  );
}
