import type { FeatureCollection, LineString, MultiPolygon, Point, Polygon } from 'geojson';

/** `[lng, lat]`, WGS 84, on the lattice of 1e-6 degree. */
export type Position = readonly [lng: number, lat: number];

/** Closed ring, counter-clockwise: the first position comes again as the last. */
export type Ring = readonly Position[];

/** A name in the three scripts that the screens offer. */
export interface Names {
  readonly hans: string;
  readonly hant: string;
  readonly en: string;
}

export type CentreLevel = 'city' | 'county' | 'town' | 'community';

/** What the place is in law. Level is its storey in the tree: a village is a `community` there. */
export type CentreKind = 'city' | 'subdistrict' | 'suburb' | 'community' | 'town' | 'compound' | 'village';

/** Stable name of a centre inside the demo, such as `xiongguan/fumin/01`. */
type CentreKey = string;

export interface DemoCentre {
  readonly key: CentreKey;
  readonly parent: CentreKey | null;
  readonly level: CentreLevel;
  readonly kind: CentreKind;
  /** Division code of 6, 9 or 12 digits. The suburb and the compounds have none. */
  readonly code: string | null;
  readonly names: Names;
  /** Names of the past that public sources still use. */
  readonly aliases: readonly string[];
  /** A point inside the polygon, away from its edges. */
  readonly anchor: Position;
  readonly polygon: Ring;
}

export interface DemoGrid {
  /** 15 digits: the 12 of its community or village, then 3 of sequence. */
  readonly code: string;
  readonly kind: 'basic' | 'dedicated';
  /** The compound or village that it belongs to. */
  readonly centre: CentreKey;
  readonly anchor: Position;
  readonly polygon: Ring;
}

export type KeySiteKind =
  | 'airport'
  | 'bank'
  | 'bus-station'
  | 'fort'
  | 'fuel'
  | 'government'
  | 'hospital'
  | 'mall'
  | 'market'
  | 'museum'
  | 'park'
  | 'plant'
  | 'railway-station'
  | 'school'
  | 'square'
  | 'stadium'
  | 'utility';

export interface DemoKeySite {
  readonly key: string;
  readonly kind: KeySiteKind;
  readonly names: Names;
  readonly position: Position;
  /** Minutes within which a patrol must be able to reach it. */
  readonly circle: 1 | 3 | 5;
}

export type RoadClass = 'trunk' | 'arterial' | 'street' | 'country';

/** How wide a road is drawn: 1 trunk, 2 arterial, 3 main street, 4 street or country road, 5 lane. */
export type RoadRank = 1 | 2 | 3 | 4 | 5;

/** One stretch between two crossings, driven both ways. `from` and `to` count nodes. */
export interface DemoRoadEdge {
  readonly from: number;
  readonly to: number;
  readonly class: RoadClass;
  readonly names: Names;
  readonly speedKmh: 80 | 60 | 40 | 30;
  readonly lengthM: number;
}

/** A road as it is drawn: its edges joined end to end. */
export interface DemoRoadLine {
  readonly class: RoadClass;
  readonly rank: RoadRank;
  readonly names: Names;
  readonly line: readonly Position[];
}

/** One connected graph. */
export interface DemoRoads {
  /** Positions of the nodes: lng, lat, lng, lat, … */
  readonly nodes: Float64Array;
  readonly edges: readonly DemoRoadEdge[];
  readonly lines: readonly DemoRoadLine[];
}

export type LanduseKind =
  | 'airport'
  | 'commercial'
  | 'farmland'
  | 'gobi'
  | 'industry'
  | 'park'
  | 'public'
  | 'residential'
  | 'village';

type LabelKind = 'city' | 'county' | 'town' | 'community' | 'village' | 'site' | 'water' | 'area';

/** Whatever the basemap draws carries its names; they are empty where a map would print none. */
export interface Named {
  readonly names: Names;
}

export interface LanduseProperties extends Named {
  readonly kind: LanduseKind;
}

export interface WaterProperties extends Named {
  readonly kind: 'river' | 'lake';
}

export interface RailwayProperties extends Named {
  readonly kind: 'main' | 'high-speed' | 'siding';
}

export interface RoadProperties extends Named {
  readonly class: RoadClass;
  readonly rank: RoadRank;
}

export interface BuildingProperties extends Named {
  readonly kind: 'residential' | 'public' | 'industry' | 'village';
  readonly heightM: number;
}

export interface LabelProperties extends Named {
  readonly kind: LabelKind;
  /** 1 is shown from far away, 5 only near. */
  readonly rank: 1 | 2 | 3 | 4 | 5;
}

/** What the offline basemap is drawn from, bottom first. Coordinates have 6 decimals. */
export interface DemoBasemap {
  readonly landuse: FeatureCollection<Polygon | MultiPolygon, LanduseProperties>;
  readonly water: FeatureCollection<Polygon | MultiPolygon, WaterProperties>;
  readonly railway: FeatureCollection<LineString, RailwayProperties>;
  readonly roads: FeatureCollection<LineString, RoadProperties>;
  readonly buildings: FeatureCollection<Polygon, BuildingProperties>;
  readonly labels: FeatureCollection<Point, LabelProperties>;
}

/** The whole invented city. Its shapes are schematic; only the names and codes of its divisions are real. */
export interface DemoCity {
  readonly seed: number;
  /** Parents come before their children. */
  readonly centres: readonly DemoCentre[];
  readonly grids: readonly DemoGrid[];
  readonly keySites: readonly DemoKeySite[];
  readonly roads: DemoRoads;
  readonly layers: DemoBasemap;
}
