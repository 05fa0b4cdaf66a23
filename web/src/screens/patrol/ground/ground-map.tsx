import type { PointCover } from '@app/shared';
import { type RefObject, useCallback, useMemo } from 'react';
import { GroundLayer, type ShownGround } from '../../../layers/ground-layer.js';
import type { Basemap } from '../../../link/basemap.js';
import type { DrawMode, Drawn, DrawTool } from '../../../map/draw-tool.js';
import type { MapHit } from '../../../map/engine.js';
import { useEngine } from '../../../map/map-view.js';
import { snap, snapLine } from '../../../map/snap.js';
import { useText } from '../../../ui/catalogue.js';
import { DeskMap } from '../../desk/desk-map.js';
import { DrawLayer } from './draw-layer.js';
import type { Shape } from './ground-draft.js';
import { RadiusLayer } from './radius-layer.js';
import { beatLines, roadLines } from './snap-lines.js';

const NONE: readonly PointCover[] = [];
/** So near to the border that is held, a click is for it and picks nothing else. */
const NEAR_PX = 14;

interface GroundMapProps {
  readonly scope: string;
  readonly shapes: readonly Shape[];
  readonly selected: Shape | undefined;
  readonly mode: DrawMode;
  readonly tool: RefObject<DrawTool | null>;
  readonly onSelect: (key: string) => void;
  readonly onDrawn: (drawn: Drawn) => void;
  readonly onReshaped: (key: string, drawn: Drawn) => void;
}

/** The ground as it would be once saved, with the pen. */
export function GroundMap(props: GroundMapProps) {
  const { scope, mode, selected } = props;
  const place =
    selected?.kind === 'point' ? ([selected.terms.lng, selected.terms.lat] as const) : cornerOf(selected);
  return (
    <div className={`desk-map ground-map ${mode === 'select' ? '' : 'is-picking'}`}>
      <DeskMap centre={scope} place={place} overlay={<Hint {...props} />}>
        {(basemap) => <Layers {...props} basemap={basemap} />}
      </DeskMap>
    </div>
  );
}

const cornerOf = (shape: Shape | undefined) =>
  shape?.kind === 'beat' ? shape.terms.polygon.coordinates[0]?.[0] : undefined;

function Layers({ basemap, shapes, selected, mode, tool, ...props }: GroundMapProps & { basemap: Basemap }) {
  const engine = useEngine();
  const ground = useMemo(() => shownOf(shapes), [shapes]);
  const roads = useMemo(() => roadLines(basemap), [basemap]);
  const held = useMemo(() => heldOf(selected), [selected]);
  const lines = useMemo(() => [...beatLines(shapes, held?.key), ...roads], [shapes, held?.key, roads]);
  const { onSelect } = props;
  const border = held?.drawn.kind === 'beat' ? held.drawn.polygon.coordinates[0] : undefined;
  const onPick = useCallback(
    ({ id, lngLat }: MapHit) => {
      const [x, y] = engine.project(lngLat);
      const reach = Math.abs((engine.unproject(x + NEAR_PX, y)[0] ?? 0) - lngLat[0]);
      if (mode !== 'select' || (border && snap(lngLat, [snapLine(border)], reach))) return;
      onSelect(id);
    },
    [engine, mode, border, onSelect],
  );
  return (
    <>
      <GroundLayer ground={ground} covers={NONE} onPick={onPick} />
      {selected?.kind === 'point' && !selected.isRemoved && <RadiusLayer {...selected.terms} />}
      <DrawLayer
        mode={mode}
        held={held}
        tool={tool}
        lines={() => lines}
        onDrawn={props.onDrawn}
        onReshaped={props.onReshaped}
      />
    </>
  );
}

function shownOf(shapes: readonly Shape[]): ShownGround {
  const there = shapes.filter(({ isRemoved }) => !isRemoved);
  return {
    beats: there.flatMap((shape) => (shape.kind === 'beat' ? [{ id: shape.key, ...shape.terms }] : [])),
    points: there.flatMap((shape) => {
      if (shape.kind !== 'point') return [];
      const { names, kind, lng, lat } = shape.terms;
      return [{ id: shape.key, names, kind, lng, lat }];
    }),
  };
}

function heldOf(shape: Shape | undefined): { key: string; drawn: Drawn } | undefined {
  if (!shape || shape.isRemoved || !shape.mayChange) return undefined;
  const { key } = shape;
  return shape.kind === 'beat'
    ? { key, drawn: { kind: 'beat', polygon: shape.terms.polygon } }
    : { key, drawn: { kind: 'point', place: [shape.terms.lng, shape.terms.lat] } };
}

/** What the pen does now; who has no pointer puts something at the middle and writes where it belongs. */
function Hint({ mode, selected, onDrawn }: GroundMapProps) {
  const text = useText();
  const engine = useEngine();
  const hint = {
    beat: text.ground.drawingBeat,
    point: text.ground.drawingPoint,
    select: !selected?.mayChange
      ? ''
      : selected.kind === 'beat'
        ? text.ground.editingBeat
        : text.ground.editingPoint,
  }[mode];
  if (hint === '') return null;
  return (
    <p className="ground-hint" role="status">
      {hint}{' '}
      {mode !== 'select' && (
        <button
          type="button"
          className="button is-small"
          onClick={() =>
            onDrawn(mode === 'point' ? { kind: 'point', place: engine.camera().center } : middleOf(engine))
          }
        >
          {text.ground.placeAtMiddle}
        </button>
      )}
    </p>
  );
}

function middleOf(engine: ReturnType<typeof useEngine>): Drawn {
  const { width, height } = engine.size();
  const corners = [
    [0.4, 0.6],
    [0.6, 0.6],
    [0.6, 0.4],
    [0.4, 0.4],
    [0.4, 0.6],
  ] as const;
  const line = corners.map(([x, y]): [number, number] => {
    const [lng, lat] = engine.unproject(x * width, y * height);
    return [lng, lat];
  });
  return { kind: 'beat', polygon: { type: 'Polygon', coordinates: [line] } };
}
