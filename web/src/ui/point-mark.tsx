import { POINT_STATES, type PointKind, type PointState } from '@app/shared';

/** Outlines in a box of 32 × 32: what a place is for is told by the shape. */
export const POINT_OUTLINE = {
  checkpoint: 'M16 4A12 12 0 1 1 16 28 12 12 0 1 1 16 4Z',
  control: 'M16 2 30 16 16 30 2 16Z',
  post: 'M5 5H27V27H5Z',
} as const satisfies Record<PointKind, string>;

/** How a place looks: how it stands, or `idle` where no shift that is on owes it anything. */
export type PointLook = PointState | 'idle';
export const POINT_LOOKS: readonly PointLook[] = [...POINT_STATES, 'idle'];

/** How it stands is told by the sign inside, and without colour. */
export const POINT_SIGN = {
  missed: 'M11 11 21 21M21 11 11 21',
  late: 'M16 9V16.5L21 19',
  there: 'M16 12.5A3.5 3.5 0 1 1 16 19.5 3.5 3.5 0 1 1 16 12.5Z',
  owed: '',
  done: 'M10.5 16.5 14.5 20.5 21.5 12',
  ahead: 'M12 16H20',
  idle: '',
} as const satisfies Record<PointLook, string>;

/** Calm but for what needs somebody. */
export const POINT_COLOUR = {
  missed: '#ff7a6b',
  late: '#f5b84a',
  there: '#c3d0dc',
  owed: '#c3d0dc',
  done: '#7d90a2',
  ahead: '#7d90a2',
  idle: '#7d90a2',
} as const satisfies Record<PointLook, string>;
export const POINT_GROUND = '#0b1118';

interface PointMarkProps {
  readonly kind?: PointKind;
  readonly state: PointState;
  /** In rem. */
  readonly size?: number;
}

/** The mark of a checkpoint as the map draws it; what it says stands beside it. */
export function PointMark({ kind = 'checkpoint', state, size = 1.25 }: PointMarkProps) {
  const colour = POINT_COLOUR[state];
  return (
    <svg
      className="point-mark"
      viewBox="0 0 32 32"
      style={{ width: `${size}rem`, height: `${size}rem` }}
      aria-hidden="true"
    >
      <path d={POINT_OUTLINE[kind]} fill={POINT_GROUND} stroke={colour} strokeWidth="2.5" />
      <path d={POINT_SIGN[state]} fill="none" stroke={colour} strokeWidth="3" strokeLinecap="round" />
    </svg>
  );
}
