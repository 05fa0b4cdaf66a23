import { type IncidentCard, toMs } from '@app/shared';
import { Table, type TableColumnsType } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { SeverityMark } from '../../ui/severity-mark.js';
import { ageText, momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { serverClock } from '../../ui/server-clock.js';
import { CourseMarks } from '../desk/course-marks.js';
import { DueClock } from '../desk/due-clock.js';
import { FaultNote } from '../desk/fault-note.js';
import { isBelow } from '../desk/centre-branches.js';
import { IncidentName } from '../desk/sensitive-mark.js';
import { usePlaceText } from '../desk/use-place-text.js';
import { Age } from '../../ui/panel.js';
import { currentRows, freshOf, type Listed, type Row } from './fresh-rows.js';
import { type Filter, hasBounds, listQuery, matches, showsAllSeen } from './incident-filter.js';
import { useIncidentPages } from './use-incident-pages.js';

export interface IncidentTableProps {
  readonly scope: string;
  readonly filter: Filter;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  /** Exactly these, where a figure has named them. */
  readonly only?: ReadonlySet<string> | undefined;
}

/** Incidents of a centre. Rows stay where they are: what came or left meanwhile is counted in a bar above. */
export function IncidentTable({ scope, filter, selected, onSelect, only }: IncidentTableProps) {
  const text = useText();
  const { session } = useInstallation();
  const query = listQuery(filter, scope, session.centre.id);
  const pages = useIncidentPages(only ? undefined : query);
  const live = useWall((wall) => wall.incidents);
  const isLive = useWall((wall) => wall.isKnown);
  const rows = useMemo(
    () => (only ? namedRows(only, live) : currentRows(pages.rows ?? [], live, isLive)),
    [pages.rows, live, isLive, only],
  );
  const fresh = useFresh({ rows, scope, filter, readAt: pages.readAt });
  const columns = useColumns();

  return (
    <div className="incident-table">
      {!only && fresh.added + fresh.gone > 0 && (
        <button type="button" className="fresh-bar" onClick={pages.reload}>
          {text.desk.fresh(fresh.added, fresh.gone)}
        </button>
      )}
      <FaultNote fault={pages.fault} onRetry={pages.reload} />
      {!only && pages.isPartial && (
        <p className="note is-stale" role="status">
          {text.desk.searchPartial}
        </p>
      )}
      <div className="table-box">
        <Table<Row>
          size="small"
          rowKey={({ item }) => item.id}
          columns={columns}
          dataSource={rows}
          loading={!only && pages.rows === undefined && pages.fault === undefined}
          pagination={false}
          sticky
          showSorterTooltip={false}
          locale={{ emptyText: pages.rows || only ? text.desk.noIncidents : text.state.none }}
          rowClassName={({ item, hasEnded }) =>
            `${item.id === selected ? 'is-selected' : ''} ${hasEnded ? 'is-over' : ''}`
          }
          onRow={({ item }) => ({
            tabIndex: 0,
            onClick: () => onSelect(item.id),
            onKeyDown: ({ key }) => key === 'Enter' && onSelect(item.id),
          })}
        />
      </div>
      {!only && (
        <footer className="pages">
          <button
            type="button"
            className="button"
            disabled={pages.page === 0}
            onClick={() => pages.turn(pages.page - 1)}
          >
            {text.desk.pageBack}
          </button>
          <span className="soft">{text.desk.pageNumber(pages.page + 1, rows.length)}</span>
          <Age at={pages.observedAt} />
          <button
            type="button"
            className="button"
            disabled={!pages.hasNext}
            onClick={() => pages.turn(pages.page + 1)}
          >
            {text.desk.pageNext}
          </button>
        </footer>
      )}
    </div>
  );
}

/** Those that a figure named, as they stand in the picture that it was counted from. */
function namedRows(only: ReadonlySet<string>, live: ReadonlyMap<string, IncidentCard>): Row[] {
  return [...only].flatMap((id) => {
    const card = live.get(id);
    return card ? [{ item: { ...card, closedAt: null }, hasEnded: false }] : [];
  });
}

/** Incidents that belong into the list and came after it was read, and rows that no longer belong there. */
function useFresh({
  rows,
  scope,
  filter,
  readAt,
}: {
  rows: readonly Row[];
  scope: string;
  filter: Filter;
  readAt: number;
}) {
  const { centres, session } = useInstallation();
  const own = session.centre.id;
  const live = useWall((wall) => wall.incidents);
  const isLive = useWall((wall) => wall.isKnown);
  const { belongs, stays } = useMemo(() => {
    const isHere = (centre: string) => showsAllSeen(filter, scope, own) || isBelow(centres, centre, scope);
    const { q: _words, ...rest } = filter;
    const by = (wanted: Filter) => (card: IncidentCard) =>
      matches(card, wanted, { now: serverClock.now(), isHere });
    return { belongs: by(filter), stays: by(rest) };
  }, [centres, scope, own, filter]);
  const [known, setKnown] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const cards = useWall.getState().incidents.values();
    setKnown(new Set([...cards].filter(belongs).map(({ id }) => id)));
  }, [readAt, isLive, belongs]);
  return useMemo(() => {
    if (!isLive || readAt === 0 || hasBounds(filter)) return { added: 0, gone: 0 };
    const wantsOpen = (filter['open'] ?? 'true') === 'true';
    return freshOf(rows, live.values(), { known, belongs, stays, wantsOpen });
  }, [rows, live, isLive, known, belongs, stays, filter, readAt]);
}

/** What one decides by stands first: the drawer of one incident lies over the right of a small screen. */
function useColumns(): TableColumnsType<Row> {
  const text = useText();
  const placeOf = usePlaceText();
  return useMemo(() => {
    const by = (value: (item: Listed) => number) => (a: Row, b: Row) => value(a.item) - value(b.item);
    return [
      {
        key: 'severity',
        title: text.desk.severity,
        width: '5.5em',
        sorter: by(({ severity }) => severity),
        render: (_, { item }) => <SeverityMark severity={item.severity} size={1.5} />,
      },
      {
        key: 'number',
        title: text.wall.number,
        width: '12.5em',
        render: (_, { item }) => <span className="number">{item.number}</span>,
      },
      {
        key: 'category',
        title: text.desk.category,
        width: '9.5em',
        ellipsis: true,
        render: (_, { item }) => <IncidentName card={item} />,
      },
      {
        key: 'status',
        title: text.desk.statusOf,
        width: text.desk.width.status,
        render: (_, { item, hasEnded }) => (
          <span className={`status is-${item.status}`}>
            {hasEnded ? text.desk.hasEnded : text.status[item.status]}
          </span>
        ),
      },
      {
        key: 'due',
        title: text.desk.clock,
        width: text.desk.width.clock,
        sorter: by(({ due }) => (due ? toMs(due.at) : Infinity)),
        render: (_, { item, hasEnded }) =>
          !hasEnded && (
            <>
              {item.due && <DueClock due={item.due} />} <CourseMarks card={item} />
            </>
          ),
      },
      {
        key: 'place',
        title: text.desk.place,
        ellipsis: true,
        render: (_, { item }) => placeOf(item),
      },
      {
        key: 'teams',
        title: text.desk.teams,
        width: '13em',
        ellipsis: true,
        render: (_, { item }) => <Going item={item} />,
      },
      {
        key: 'since',
        title: text.desk.occurredAt,
        width: '10.5em',
        sorter: by(({ since }) => toMs(since)),
        render: (_, { item }) => <Since at={item.since} />,
      },
    ];
  }, [text, placeOf]);
}

/** Call signs of the teams bound to it. */
function Going({ item }: { item: Listed }) {
  const text = useText();
  const teams = useWall((wall) => wall.teams);
  const signs = item.teams.map(({ id }) => teams.get(id)?.callSign ?? '—').join(text.listComma);
  return <span title={signs}>{signs}</span>;
}

/** When it happened, and how long that is ago. */
function Since({ at }: { at: string }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const ms = toMs(at);
  return (
    <span className="since">
      {momentText(ms, now, settings.timeZone)} <small className="soft">{ageText(now - ms, text)}</small>
    </span>
  );
}
