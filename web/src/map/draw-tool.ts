import type { BeatPolygon, LngLat } from '@app/shared';
import {
  type GeoJSONStoreFeatures,
  type SnapToCustom,
  TerraDraw,
  TerraDrawModeUndoRedo,
  TerraDrawPointMode,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
} from 'terra-draw';
import { DrawAdapter, DRAWN_DECIMALS } from './draw-adapter.js';
import type { MapEngine } from './engine.js';
import { snap, type SnapLine } from './snap.js';

export type Drawn =
  | { readonly kind: 'beat'; readonly polygon: BeatPolygon }
  | { readonly kind: 'point'; readonly place: LngLat };
export type DrawMode = 'select' | 'beat' | 'point';

export interface DrawHandlers {
  readonly lines: () => Iterable<SnapLine>;
  /** Something new was drawn. */
  readonly onDrawn: (drawn: Drawn) => void;
  /** What is held for change has another shape. */
  readonly onReshaped: (key: string, drawn: Drawn) => void;
}

const REACH_PX = 12;
const MODE = { select: 'select', beat: 'polygon', point: 'point' } as const;
const LINE = '#e8f1fa';

/** Draws one beat or place at a time, or holds one for change; everything else on the map is somebody else's. */
export class DrawTool {
  readonly #draw: TerraDraw;
  readonly #engine: MapEngine;
  readonly #handlers: DrawHandlers;
  #count = 0;
  #held: { readonly key: string; readonly print: string } | undefined;

  constructor(engine: MapEngine, unit: number, handlers: DrawHandlers) {
    this.#engine = engine;
    this.#handlers = handlers;
    this.#draw = new TerraDraw({
      adapter: new DrawAdapter(engine, unit),
      modes: this.#modes(unit),
      idStrategy: { isValidId: (id) => typeof id === 'string', getId: () => `drawn-${++this.#count}` },
      undoRedo: { modeLevel: new TerraDrawModeUndoRedo() },
    });
    this.#draw.start();
    this.#draw.setMode('select');
    this.#draw.on('finish', (id, { action }) => this.#finished(String(id), action));
  }

  /** Goes to drawing, or back to changing; what is begun and not closed is dropped. */
  setMode(mode: DrawMode): void {
    if (this.#draw.getMode() === MODE[mode]) return;
    this.#held = undefined;
    this.#draw.clear();
    this.#draw.setMode(MODE[mode]);
  }

  /** Holds a shape for change, in the place of the one before. */
  hold(key: string | undefined, drawn: Drawn | undefined): void {
    const print = JSON.stringify(drawn);
    if (this.#held?.key === key && this.#held?.print === print) return;
    this.#draw.clear();
    this.#held = undefined;
    if (key === undefined || !drawn) return;
    this.#held = { key, print };
    const [added] = this.#draw.addFeatures([featureOf(key, drawn)]);
    if (added?.valid) this.#draw.selectFeature(key);
  }

  /** Takes the last corner back while a line is being drawn; false: none is. */
  undo(): boolean {
    return this.#draw.getModeState() === 'drawing' && this.#draw.undo();
  }

  destroy(): void {
    this.#draw.stop();
  }

  #finished(id: string, action: string): void {
    const feature = this.#draw.getSnapshotFeature(id);
    const drawn = feature && drawnOf(feature);
    if (!drawn) return;
    if (action === 'draw') {
      // Not within the event: the library still works on it, and the click that ended it would pick what lies below.
      setTimeout(() => this.#handlers.onDrawn(drawn));
      return;
    }
    this.#held = { key: id, print: JSON.stringify(drawn) };
    this.#handlers.onReshaped(id, drawn);
  }

  #modes(unit: number) {
    const toCustom: SnapToCustom = ({ lng, lat, containerX, containerY }) => {
      const [beside] = this.#engine.unproject(containerX + REACH_PX * unit, containerY);
      const found = snap([lng, lat], this.#handlers.lines(), Math.abs(beside - lng));
      return found && [rounded(found[0]), rounded(found[1])];
    };
    const coordinates = {
      draggable: true,
      deletable: true,
      midpoints: true,
      snappable: { toCustom },
    };
    return [
      new TerraDrawPolygonMode({
        pointerDistance: REACH_PX * unit,
        snapping: { toCustom },
        keyEvents: { cancel: 'Escape', finish: 'Enter' },
        styles: {
          fillColor: LINE,
          fillOpacity: 0.1,
          outlineColor: LINE,
          outlineWidth: 2,
          closingPointColor: LINE,
          closingPointWidth: 5,
          closingPointOutlineColor: '#0b1118',
          closingPointOutlineWidth: 2,
        },
      }),
      new TerraDrawPointMode({ styles: { pointColor: LINE, pointWidth: 6 } }),
      new TerraDrawSelectMode({
        pointerDistance: REACH_PX * unit,
        allowManualSelection: false,
        allowManualDeselection: false,
        keyEvents: null,
        flags: {
          polygon: { feature: { draggable: false, coordinates } },
          point: { feature: { draggable: true } },
        },
        styles: {
          selectedPolygonColor: LINE,
          selectedPolygonFillOpacity: 0.12,
          selectedPolygonOutlineColor: LINE,
          selectedPolygonOutlineWidth: 2,
          selectionPointColor: LINE,
          selectionPointWidth: 5,
          selectionPointOutlineColor: '#0b1118',
          selectionPointOutlineWidth: 2,
          midPointColor: '#0b1118',
          midPointWidth: 3.5,
          midPointOutlineColor: LINE,
          midPointOutlineWidth: 1.5,
          selectedPointColor: LINE,
          selectedPointWidth: 7,
          selectedPointOutlineColor: '#0b1118',
          selectedPointOutlineWidth: 2,
        },
      }),
    ];
  }
}

const rounded = (degrees: number): number => Number(degrees.toFixed(DRAWN_DECIMALS));

function featureOf(key: string, drawn: Drawn): GeoJSONStoreFeatures {
  if (drawn.kind === 'point') {
    const coordinates = drawn.place.map(rounded);
    return {
      type: 'Feature',
      id: key,
      geometry: { type: 'Point', coordinates },
      properties: { mode: 'point' },
    };
  }
  const coordinates = drawn.polygon.coordinates.map((line) => line.map((place) => place.map(rounded)));
  return {
    type: 'Feature',
    id: key,
    geometry: { type: 'Polygon', coordinates },
    properties: { mode: 'polygon' },
  };
}

function drawnOf({ geometry }: GeoJSONStoreFeatures): Drawn | undefined {
  if (geometry.type === 'Point') {
    const [lng = NaN, lat = NaN] = geometry.coordinates;
    return { kind: 'point', place: [lng, lat] };
  }
  if (geometry.type !== 'Polygon') return undefined;
  const line = geometry.coordinates[0] ?? [];
  const coordinates = [line.map(([lng = NaN, lat = NaN]): [number, number] => [lng, lat])];
  return { kind: 'beat', polygon: { type: 'Polygon', coordinates } };
}
