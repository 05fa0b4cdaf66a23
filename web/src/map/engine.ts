// One face for the map libraries: what layers and screens may ask of a map. In: GeoJSON, layer specifications of the
// style language that both libraries speak, one custom layer. Out: hits, moves, pixels. Nothing else imports
// maplibre-gl or mapbox-gl, and no engine fetches anything but its own chunk (mapbox-gl: see its own terms).
import type { BBox, LngLat } from '@app/shared';
import type { FeatureCollection, Geometry } from 'geojson';
import type { FilterSpecification, LayerSpecification } from 'maplibre-gl';

/**
 * Deep enough for names: it puts them on a grid of 4 m. Each tile of a name costs in every frame, and when names are
 * renewed again; so a screen of a city has a few of them and not a dozen.
 */
export const NAMES_DEEPEST = 10;

export type MapLayer = Exclude<LayerSpecification, { type: 'background' }> & { readonly source: string };
export type MapFilter = FilterSpecification;
// oxlint-disable-next-line typescript/no-redundant-type-constituents -- geojson calls properties of any object `any`
export type MapFeatures = FeatureCollection<Geometry, Record<string, unknown> | null>;

export interface Camera {
  readonly center: LngLat;
  readonly zoom: number;
}

export interface MapHit {
  readonly layer: string;
  readonly id: string;
  readonly lngLat: LngLat;
}

export interface MapImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Something that draws with WebGL by itself. `matrix` takes mercator (0–1, north up 0) to clip space, column by column. */
export interface MapPainter {
  start(gl: WebGL2RenderingContext): void;
  paint(gl: WebGL2RenderingContext, matrix: ArrayLike<number>): void;
  end(gl: WebGL2RenderingContext): void;
}

export interface MapOptions {
  readonly container: HTMLElement;
  readonly camera: Camera;
  readonly background: string;
  readonly token?: string;
}

export interface MapHandling {
  readonly drag?: boolean;
  readonly doubleClick?: boolean;
}

export type Off = () => void;

export interface MapEngine {
  readonly kind: 'maplibre' | 'mapbox';
  /** Adds the source or replaces what it holds. `deepest`: the zoom beyond which it is not cut into finer tiles. */
  setSource(id: string, data: MapFeatures, deepest?: number): void;
  /** Removes the source with all layers that draw from it. */
  removeSource(id: string): void;
  /** Adds a layer, or replaces the one of that id; `before` says below which one. */
  addLayer(layer: MapLayer, before?: string): void;
  removeLayer(id: string): void;
  setFilter(layer: string, filter: MapFilter | null): void;
  setVisible(layer: string, isVisible: boolean): void;
  addImage(name: string, image: MapImage, pixelRatio: number): void;
  addPainter(id: string, painter: MapPainter, before?: string): void;
  repaint(): void;
  /** Hits of some layers, topmost first; nothing hit is an empty list. */
  onClick(layers: readonly string[], handle: (hits: readonly MapHit[], at: LngLat) => void): Off;
  /** The topmost hit under the pointer, or undefined when it leaves them all. */
  onHover(layers: readonly string[], handle: (hit: MapHit | undefined) => void): Off;
  /** Where the pointer is on the map, or undefined when it has left; a touch is where it was put. */
  onPointer(handle: (at: LngLat | undefined) => void): Off;
  onMove(handle: () => void): Off;
  /** A person has taken hold of the map: wheel, drag, touch or key. */
  onHeld(handle: () => void): Off;
  /** What the pointer and the keys of the map go to. */
  surface(): HTMLElement;
  /** Whether dragging moves the map and a double click goes nearer; what is not said stays. */
  setHandling(handling: MapHandling): void;
  camera(): Camera;
  moveTo(camera: Camera, durationMs: number): void;
  /** Shows a box whole, with so many CSS pixels around it. */
  fit(box: BBox, paddingPx: number, durationMs: number): void;
  /** CSS pixels from the top left corner of the map. */
  project(place: LngLat): readonly [number, number];
  unproject(x: number, y: number): LngLat;
  size(): { readonly width: number; readonly height: number };
  /** Resolves when everything given so far is drawn. */
  idle(): Promise<void>;
  destroy(): void;
}

export type CreateEngine = (options: MapOptions) => Promise<MapEngine>;
