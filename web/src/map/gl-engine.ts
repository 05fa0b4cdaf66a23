import type { BBox, LngLat } from '@app/shared';
import type {
  Camera,
  MapEngine,
  MapFeatures,
  MapHandling,
  MapFilter,
  MapHit,
  MapImage,
  MapLayer,
  MapPainter,
  Off,
} from './engine.js';

interface GlPointerEvent {
  readonly point: { readonly x: number; readonly y: number };
  readonly lngLat: { readonly lng: number; readonly lat: number };
}

interface GlHit {
  readonly layer?: { readonly id: string } | undefined;
  readonly properties?: Record<string, unknown> | null;
}

interface Handler {
  enable(): void;
  disable(): void;
}

/** What both libraries' maps have in common, as far as it is used here. */
export interface GlMap {
  addSource(id: string, source: { type: 'geojson'; data: MapFeatures; maxzoom?: number }): unknown;
  getSource(id: string): unknown;
  removeSource(id: string): unknown;
  getStyle(): { readonly layers: readonly { readonly id: string; readonly source?: unknown }[] };
  addLayer(layer: object, before?: string): unknown;
  getLayer(id: string): unknown;
  removeLayer(id: string): unknown;
  setFilter(layer: string, filter: MapFilter | null): unknown;
  setLayoutProperty(layer: string, name: string, value: unknown): unknown;
  hasImage(name: string): boolean;
  removeImage(name: string): unknown;
  addImage(name: string, image: MapImage, options: { pixelRatio: number }): unknown;
  triggerRepaint(): void;
  on(event: string, handle: (event: GlPointerEvent) => void): unknown;
  off(event: string, handle: (event: GlPointerEvent) => void): unknown;
  once(event: string, handle: () => void): unknown;
  queryRenderedFeatures(point: [number, number], options: { layers: string[] }): readonly GlHit[];
  getCenter(): { readonly lng: number; readonly lat: number };
  getZoom(): number;
  jumpTo(camera: { center: [number, number]; zoom: number }): unknown;
  easeTo(camera: { center: [number, number]; zoom: number; duration: number; essential: boolean }): unknown;
  fitBounds(box: [number, number, number, number], options: { padding: number; duration: number }): unknown;
  project(place: [number, number]): { readonly x: number; readonly y: number };
  unproject(point: [number, number]): { readonly lng: number; readonly lat: number };
  getContainer(): HTMLElement;
  getCanvas(): HTMLCanvasElement;
  readonly dragPan: Handler;
  readonly doubleClickZoom: Handler;
  loaded(): boolean;
  remove(): void;
}

/** Reads the mercator matrix out of what a library hands to a custom layer's `render`. */
export type MatrixOf = (input: unknown) => ArrayLike<number>;

const HOLDS = ['dragstart', 'wheel', 'touchstart', 'mousedown', 'dblclick'] as const;

/** Both libraries behind one face: they differ only in how a map is made and how a custom layer gets its matrix. */
export class GlEngine implements MapEngine {
  readonly kind: MapEngine['kind'];
  readonly #map: GlMap;
  readonly #matrixOf: MatrixOf;

  constructor(kind: MapEngine['kind'], map: GlMap, matrixOf: MatrixOf) {
    this.kind = kind;
    this.#map = map;
    this.#matrixOf = matrixOf;
  }

  setSource(id: string, data: MapFeatures, deepest?: number): void {
    const source = this.#map.getSource(id) as { setData(data: MapFeatures): unknown } | undefined;
    const tiles = deepest === undefined ? {} : { maxzoom: deepest };
    if (source) source.setData(data);
    else this.#map.addSource(id, { type: 'geojson', data, ...tiles });
  }

  removeSource(id: string): void {
    if (!this.#map.getSource(id)) return;
    for (const layer of this.#map.getStyle().layers) if (layer.source === id) this.#map.removeLayer(layer.id);
    this.#map.removeSource(id);
  }

  addLayer(layer: MapLayer, before?: string): void {
    this.removeLayer(layer.id);
    this.#map.addLayer(layer, this.#existing(before));
  }

  removeLayer(id: string): void {
    if (this.#map.getLayer(id)) this.#map.removeLayer(id);
  }

  setFilter(layer: string, filter: MapFilter | null): void {
    if (this.#map.getLayer(layer)) this.#map.setFilter(layer, filter);
  }

  setVisible(layer: string, isVisible: boolean): void {
    if (!this.#map.getLayer(layer)) return;
    this.#map.setLayoutProperty(layer, 'visibility', isVisible ? 'visible' : 'none');
  }

  addImage(name: string, image: MapImage, pixelRatio: number): void {
    if (this.#map.hasImage(name)) this.#map.removeImage(name);
    this.#map.addImage(name, image, { pixelRatio });
  }

  addPainter(id: string, painter: MapPainter, before?: string): void {
    this.removeLayer(id);
    const layer = {
      id,
      type: 'custom',
      renderingMode: '2d',
      onAdd: (_map: unknown, gl: WebGL2RenderingContext) => painter.start(gl),
      render: (gl: WebGL2RenderingContext, input: unknown) => painter.paint(gl, this.#matrixOf(input)),
      onRemove: (_map: unknown, gl: WebGL2RenderingContext) => painter.end(gl),
    };
    this.#map.addLayer(layer, this.#existing(before));
  }

  repaint(): void {
    this.#map.triggerRepaint();
  }

  onClick(layers: readonly string[], handle: (hits: readonly MapHit[], at: LngLat) => void): Off {
    return this.#on('click', (event) =>
      handle(this.#hits(layers, event), [event.lngLat.lng, event.lngLat.lat]),
    );
  }

  onHover(layers: readonly string[], handle: (hit: MapHit | undefined) => void): Off {
    let last: string | undefined;
    return this.#on('mousemove', (event) => {
      const [hit] = this.#hits(layers, event);
      const key = hit && `${hit.layer}:${hit.id}`;
      this.#map.getCanvas().style.cursor = hit ? 'pointer' : '';
      if (key === last) return;
      last = key;
      handle(hit);
    });
  }

  onPointer(handle: (at: LngLat | undefined) => void): Off {
    const told = ({ lngLat: { lng, lat } }: GlPointerEvent) => handle([lng, lat]);
    const offs = [this.#on('mousemove', told), this.#on('click', told)];
    offs.push(this.#on('mouseout', () => handle(undefined)));
    return () => offs.forEach((off) => off());
  }

  onMove(handle: () => void): Off {
    return this.#on('move', handle);
  }

  onHeld(handle: () => void): Off {
    const container = this.#map.getContainer();
    const offs = HOLDS.map((event) => this.#on(event, handle));
    container.addEventListener('keydown', handle);
    return () => {
      for (const off of offs) off();
      container.removeEventListener('keydown', handle);
    };
  }

  surface(): HTMLElement {
    return this.#map.getCanvas();
  }

  setHandling({ drag, doubleClick }: MapHandling): void {
    const set = (handler: Handler, isOn: boolean | undefined) => {
      if (isOn !== undefined) handler[isOn ? 'enable' : 'disable']();
    };
    set(this.#map.dragPan, drag);
    set(this.#map.doubleClickZoom, doubleClick);
  }

  camera(): Camera {
    const { lng, lat } = this.#map.getCenter();
    return { center: [lng, lat], zoom: this.#map.getZoom() };
  }

  moveTo({ center: [lng, lat], zoom }: Camera, durationMs: number): void {
    const camera = { center: [lng, lat] as [number, number], zoom };
    if (durationMs === 0) this.#map.jumpTo(camera);
    else this.#map.easeTo({ ...camera, duration: durationMs, essential: true });
  }

  fit([west, south, east, north]: BBox, paddingPx: number, durationMs: number): void {
    const { width, height } = this.size();
    const padding = Math.max(0, Math.min(paddingPx, width / 2 - 20, height / 2 - 20));
    this.#map.fitBounds([west, south, east, north], { padding, duration: durationMs });
  }

  project([lng, lat]: LngLat): readonly [number, number] {
    const { x, y } = this.#map.project([lng, lat]);
    return [x, y];
  }

  unproject(x: number, y: number): LngLat {
    const { lng, lat } = this.#map.unproject([x, y]);
    return [lng, lat];
  }

  size(): { width: number; height: number } {
    const { clientWidth, clientHeight } = this.#map.getContainer();
    return { width: clientWidth, height: clientHeight };
  }

  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#map.once('idle', resolve);
      this.#map.triggerRepaint();
    });
  }

  destroy(): void {
    this.#map.remove();
  }

  #on(event: string, handle: (event: GlPointerEvent) => void): Off {
    this.#map.on(event, handle);
    return () => void this.#map.off(event, handle);
  }

  #existing(before: string | undefined): string | undefined {
    return before !== undefined && this.#map.getLayer(before) ? before : undefined;
  }

  #hits(layers: readonly string[], { point, lngLat }: GlPointerEvent): MapHit[] {
    const there = layers.filter((id) => this.#map.getLayer(id));
    if (there.length === 0) return [];
    return this.#map
      .queryRenderedFeatures([point.x, point.y], { layers: there })
      .flatMap(({ layer, properties }) => {
        const id = properties?.['id'];
        return layer && typeof id === 'string'
          ? [{ layer: layer.id, id, lngLat: [lngLat.lng, lngLat.lat] as const }]
          : [];
      });
  }
}
