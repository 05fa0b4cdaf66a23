import type { Feature } from 'geojson';
import { TerraDrawExtend } from 'terra-draw';
import type { MapEngine, MapFeatures, MapLayer } from './engine.js';
import { slotLayer } from './slots.js';

type Adapter = TerraDrawExtend.TerraDrawBaseAdapter;
type Callbacks = TerraDrawExtend.TerraDrawCallbacks;

/** Ten millionths of a degree: a centimetre. */
export const DRAWN_DECIMALS = 7;
const SOURCE = 'drawn';

const drawnStyle = (unit: number): MapLayer[] => [
  {
    id: 'drawn-fill',
    type: 'fill',
    source: SOURCE,
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': ['get', 'polygonFillColor'], 'fill-opacity': ['get', 'polygonFillOpacity'] },
  },
  {
    id: 'drawn-line',
    type: 'line',
    source: SOURCE,
    filter: ['==', ['geometry-type'], 'Polygon'],
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': ['get', 'polygonOutlineColor'],
      'line-width': ['*', unit, ['get', 'polygonOutlineWidth']],
    },
  },
  {
    id: 'drawn-points',
    type: 'circle',
    source: SOURCE,
    filter: ['==', ['geometry-type'], 'Point'],
    layout: { 'circle-sort-key': ['get', 'zIndex'] },
    paint: {
      'circle-color': ['get', 'pointColor'],
      'circle-radius': ['*', unit, ['get', 'pointWidth']],
      'circle-stroke-color': ['get', 'pointOutlineColor'],
      'circle-stroke-width': ['*', unit, ['get', 'pointOutlineWidth']],
    },
  },
];

/** Lets terra-draw draw on any engine: it asks the engine's face alone, so one adapter serves both libraries. */
export class DrawAdapter extends TerraDrawExtend.TerraDrawBaseAdapter {
  readonly #engine: MapEngine;
  readonly #unit: number;
  #onClear: (() => void) | undefined;

  constructor(engine: MapEngine, unit: number) {
    super({ coordinatePrecision: DRAWN_DECIMALS });
    this.#engine = engine;
    this.#unit = unit;
  }

  override register(callbacks: Callbacks): void {
    super.register(callbacks);
    this.#onClear = callbacks.onClear;
    this.#empty();
    for (const layer of drawnStyle(this.#unit)) this.#engine.addLayer(layer, slotLayer('marks'));
    callbacks.onReady?.();
  }

  override unregister(): void {
    super.unregister();
    this.#engine.removeSource(SOURCE);
  }

  override getMapEventElement(): HTMLElement {
    return this.#engine.surface();
  }

  override clear(): void {
    this.#onClear?.();
    this.#empty();
  }

  override project(lng: number, lat: number): { x: number; y: number } {
    const [x, y] = this.#engine.project([lng, lat]);
    return { x, y };
  }

  override unproject(x: number, y: number): { lng: number; lat: number } {
    const [lng, lat] = this.#engine.unproject(x, y);
    return { lng, lat };
  }

  override setCursor(cursor: Parameters<Adapter['setCursor']>[0]): void {
    this.#engine.surface().style.cursor = cursor === 'unset' ? '' : cursor;
  }

  override getLngLatFromEvent(event: PointerEvent | MouseEvent): { lng: number; lat: number } {
    const { left, top } = this.#engine.surface().getBoundingClientRect();
    return this.unproject(event.clientX - left, event.clientY - top);
  }

  override setDraggability(isOn: boolean): void {
    this.#engine.setHandling({ drag: isOn });
  }

  override setDoubleClickToZoom(isOn: boolean): void {
    this.#engine.setHandling({ doubleClick: isOn });
  }

  override render(
    { created, updated, unchanged }: Parameters<Adapter['render']>[0],
    styling: Parameters<Adapter['render']>[1],
  ): void {
    const features = [...created, ...updated, ...unchanged].map(
      (feature): MapFeatures['features'][number] => {
        const { mode } = feature.properties;
        const style = typeof mode === 'string' ? styling[mode]?.(feature) : undefined;
        const shown: Feature = { type: 'Feature', geometry: feature.geometry, properties: { ...style } };
        return shown;
      },
    );
    this.#engine.setSource(SOURCE, { type: 'FeatureCollection', features });
  }

  #empty(): void {
    this.#engine.setSource(SOURCE, { type: 'FeatureCollection', features: [] });
  }
}
