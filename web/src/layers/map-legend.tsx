import { MODES, type PointState } from '@app/shared';
import { useGroundShown } from '../store/ground-shown.js';
import { useText } from '../ui/catalogue.js';
import { Age } from '../ui/panel.js';
import { PointMark } from '../ui/point-mark.js';
import { TEAM_COLOUR } from '../store/team-looks.js';
import './map-legend.css';

const OUTLINE = {
  vehicle: 'M3 5a2 2 0 0 1 2-2h6a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2Z',
  foot: 'M8 2.5A5.5 5.5 0 1 1 8 13.5 5.5 5.5 0 1 1 8 2.5Z',
  motorcycle: 'M8 2 14 13H2Z',
  drone: 'M8 1.5 14.5 8 8 14.5 1.5 8Z',
  video: 'M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2Zm0 4a2 2 0 1 0 0 4 2 2 0 1 0 0-4Z',
} as const;

/** What a wall shows of checkpoints, apart from those that wait for their hours. */
const STATES: readonly PointState[] = ['missed', 'late', 'there', 'owed', 'done'];

interface MapLegendProps {
  /** When it was so how checkpoints stand (ms); null: not known. Without it there are none on this map. */
  readonly ground?: { readonly observedAt: number | null };
}

/** What a team's shape and colour say, and what a checkpoint's. */
export function MapLegend({ ground }: MapLegendProps) {
  const text = useText();
  const groups = [
    ['free', text.teamStatus.available],
    ['bound', text.teamStatus['en-route']],
    ['there', text.teamStatus['on-scene']],
    ['backup', text.teamStatus.backup],
    ['away', text.teamStatus.rest],
    ['stale', text.wall.staleTeam],
  ] as const;
  return (
    <div className="legend">
      {MODES.map((mode) => (
        <span key={mode}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d={OUTLINE[mode]} fill="#c3d0dc" fillRule="evenodd" />
          </svg>
          {text.mode[mode]}
        </span>
      ))}
      {groups.map(([group, label]) => (
        <span key={group}>
          <i style={{ background: TEAM_COLOUR[group] }} />
          {label}
        </span>
      ))}
      {ground && <GroundLegend observedAt={ground.observedAt} />}
    </div>
  );
}

function GroundLegend({ observedAt }: { observedAt: number | null }) {
  const text = useText();
  const { isShown, toggle } = useGroundShown();
  return (
    <div className="legend-ground">
      <button
        type="button"
        className="legend-switch"
        aria-pressed={isShown}
        title={isShown ? text.ground.hide : text.ground.show}
        onClick={toggle}
      >
        {text.ground.shown}
      </button>
      {isShown &&
        STATES.map((state) => (
          <span key={state}>
            <PointMark state={state} size={1} />
            {text.ground.point[state]}
          </span>
        ))}
      {isShown && <Age at={observedAt} />}
    </div>
  );
}
