import { type Figure, type Figures, toMs } from '@app/shared';
import { standingOf } from '../../charts/hourly-option.js';
import { FIGURES_STALE_MS } from '../../link/figures.js';
import { useInstallation } from '../../link/installation.js';
import { isOpen } from '../../store/tallies.js';
import { useWall } from '../../store/wall.store.js';
import { type Texts, useText } from '../../ui/catalogue.js';
import { Age } from '../../ui/panel.js';
import { clockText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';

interface Tile {
  readonly key: string;
  readonly title: string;
  readonly figure: Figure | undefined;
  readonly unit: string;
  readonly window: string;
  readonly format: (value: number) => string;
  /** Whether more than usual is bad; less is bad otherwise. */
  readonly isMoreBad: boolean;
  readonly onOpen: (() => void) | undefined;
}

const whole = (value: number): string => value.toFixed(0);
const percent = (value: number): string => (value * 100).toFixed(0);
const minutes = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));

/** A window with how many incidents the list behind the figure has. */
const counted = (window: string, count: number | undefined, words: (n: number) => string): string =>
  count === undefined ? window : `${window} · ${words(count)}`;

/** Key figures: each names its window, what is usual for this weekday and hour, and opens the list behind it. */
export function FiguresRow({ figures }: { figures: Figures | undefined }) {
  const text = useText();
  const tiles = useTiles(figures, text);
  const now = useNow();
  const at = figures ? toMs(figures.at) : null;
  const isBlind = useWall((wall) => wall.sight.state === 'blind');
  const isOld = at !== null && (isBlind || now - at > FIGURES_STALE_MS);
  return (
    <section className={`figures ${isOld ? 'is-stale' : ''}`} aria-label={text.wall.figures}>
      {tiles.map((tile) => (
        <FigureTile key={tile.key} tile={tile} at={at} text={text} />
      ))}
    </section>
  );
}

function useTiles(figures: Figures | undefined, text: Texts): Tile[] {
  const { settings } = useInstallation();
  const incidents = useWall((wall) => wall.incidents);
  const isKnown = useWall((wall) => wall.isKnown);
  const showList = useWall((wall) => wall.showList);
  const clock = clockText(figures ? toMs(figures.at) : NaN, settings.timeZone);
  const open = [...incidents.values()].filter(isOpen).map(({ id }) => id);
  // Counted from the picture itself, so that it always equals the list behind it; the server knows what is usual.
  const openFigure = figures?.open && { ...figures.open, value: isKnown ? open.length : null };
  const listOf = (title: string, query: Readonly<Record<string, string>> | undefined) =>
    query && (() => showList({ of: 'query', query, title }));
  return [
    {
      key: 'reported',
      title: text.wall.reportedToday,
      figure: figures?.reported,
      unit: text.unit.incidents,
      window: text.wall.windowToday(clock),
      format: whole,
      isMoreBad: true,
      onOpen: listOf(text.wall.reportedToday, figures?.reported.list),
    },
    {
      key: 'open',
      title: text.wall.openNow,
      figure: openFigure,
      unit: text.unit.incidents,
      window: text.wall.windowNow(clock),
      format: whole,
      isMoreBad: true,
      onOpen: () => showList({ of: 'open', ids: open, title: text.wall.openNow }),
    },
    {
      key: 'arrival',
      title: text.wall.arrival,
      figure: figures?.arrivalMinutes,
      unit: text.unit.minutes,
      window: counted(text.wall.window24h, figures?.arrivalMinutes.count, text.wall.arrived),
      format: minutes,
      isMoreBad: true,
      onOpen: listOf(text.wall.arrival, figures?.arrivalMinutes.list),
    },
    {
      key: 'in-time',
      title: text.wall.inTime,
      figure: figures?.inTime,
      unit: text.unit.percent,
      window: counted(text.wall.window24h, figures?.inTime.count, text.wall.lateCount),
      format: percent,
      isMoreBad: false,
      onOpen: listOf(text.wall.late, figures?.inTime.list),
    },
  ];
}

function FigureTile({ tile, at, text }: { tile: Tile; at: number | null; text: Texts }) {
  const { title, figure, unit, window, format, isMoreBad, onOpen } = tile;
  const standing = figure ? standingOf(figure) : 'unknown';
  const isAbnormal = isMoreBad ? standing === 'above' : standing === 'below';
  return (
    <button
      type="button"
      className={`figure ${isAbnormal ? 'is-abnormal' : ''}`}
      onClick={onOpen}
      disabled={!onOpen}
    >
      <span className="figure-title">
        {title}
        <Age at={at} />
      </span>
      <span className="figure-value">
        {figure?.value === null || !figure ? (
          <span className="figure-none">{text.wall.noFigure}</span>
        ) : (
          <>
            <strong>{format(figure.value)}</strong>
            <small>{unit}</small>
          </>
        )}
      </span>
      <span className="figure-window">
        {window}
        <br />
        {figure ? usualText(figure, format, text) : text.wall.usualNone}
      </span>
    </button>
  );
}

function usualText({ usual, low, high }: Figure, format: (value: number) => string, text: Texts): string {
  if (usual === null || low === null || high === null) return text.wall.usualNone;
  return text.wall.usual(format(usual), `${format(low)}–${format(high)}`);
}
