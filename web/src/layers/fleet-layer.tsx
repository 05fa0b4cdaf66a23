import { useEffect, useMemo } from 'react';
import { type MapEngine, type MapLayer, NAMES_DEEPEST } from '../map/engine.js';
import { useEngine, useUnit } from '../map/map-view.js';
import { slotLayer } from '../map/slots.js';
import { lostTeams } from '../store/deviations.js';
import type { Fleet } from '../store/fleet.js';
import { useWall } from '../store/wall.store.js';
import { type Texts, useText } from '../ui/catalogue.js';
import { FONT, loadFontFor } from '../ui/fonts.js';
import { serverClock } from '../ui/server-clock.js';
import { fleetLabels } from './fleet-labels.js';
import { FleetPainter } from './fleet-painter.js';
import { seenBy } from './seen.js';

const MARKER_PX = 27;
const FRAME_MS = 33;
const LOOK_EVERY_MS = 250;
/** A machine that needs longer than this for a frame gets one per tick, and its hands free for everything else. */
const SLOW_FRAME_MS = 120;
const SLOW_FOR_MS = 30_000;

const labelStyle = (unit: number): MapLayer => ({
  id: 'team-names',
  type: 'symbol',
  source: 'teams',
  layout: {
    'icon-image': 'team-room',
    'icon-allow-overlap': true,
    'text-optional': true,
    'text-field': ['get', 'label'],
    'text-font': [FONT],
    'text-size': 14 * unit,
    'text-line-height': 1.15,
    'text-variable-anchor': ['top', 'bottom', 'right', 'left'],
    'text-radial-offset': 0.95,
    'text-padding': 3 * unit,
    'symbol-sort-key': ['get', 'weight'],
  },
  paint: {
    'text-color': ['case', ['get', 'isOld'], '#8c99a6', '#d3dfe9'],
    'text-halo-color': '#0b1118',
    'text-halo-width': 1.6 * unit,
  },
});

export interface FleetLayerProps {
  readonly fleet: Fleet;
  readonly only?: ReadonlySet<string>;
  /** No motion between ticks: for pictures that must not differ. */
  readonly isStill?: boolean;
}

/** All teams: bodies by one custom layer, names by another that is renewed once per tick. */
export function FleetLayer({ fleet, only, isStill = false }: FleetLayerProps) {
  const engine = useEngine();
  const unit = useUnit();
  const text = useText();
  const drawing = useMemo(
    () => new FleetDrawing(engine, { fleet, unit, isStill }),
    [engine, fleet, unit, isStill],
  );

  useEffect(() => {
    drawing.start();
    return () => drawing.stop();
  }, [drawing]);
  useEffect(() => drawing.show(text, only), [drawing, text, only]);
  return null;
}

/** Keeps the fleet's part of a map drawn. It lives outside of React: it moves every second, React need not. */
class FleetDrawing {
  readonly #engine: MapEngine;
  readonly #fleet: Fleet;
  readonly #unit: number;
  readonly #painter: FleetPainter;
  #isStill: boolean;
  #text: Texts | undefined;
  #offs: (() => void)[] = [];
  #moving: ReturnType<typeof setTimeout> | undefined;
  #looking: ReturnType<typeof setTimeout> | undefined;
  #askedAt = 0;
  #shownAt = 0;

  constructor(engine: MapEngine, { fleet, unit, isStill }: { fleet: Fleet; unit: number; isStill: boolean }) {
    this.#engine = engine;
    this.#fleet = fleet;
    this.#unit = unit;
    this.#isStill = isStill;
    this.#painter = new FleetPainter(fleet, {
      progress: () => (this.#isStill ? 1 : fleet.progress()),
      sizePx: MARKER_PX * unit,
      painted: () => this.#painted(),
    });
  }

  start(): void {
    const room = Math.ceil(MARKER_PX * 0.6 * this.#unit);
    const blank = { width: room, height: room, data: new Uint8ClampedArray(room * room * 4) };
    this.#engine.addImage('team-room', blank, 1);
    this.#engine.setSource('teams', { type: 'FeatureCollection', features: [] }, NAMES_DEEPEST);
    this.#engine.addLayer(labelStyle(this.#unit), slotLayer('teams'));
    this.#engine.addPainter('team-bodies', this.#painter, 'team-names');
    this.#fleet.look(seenBy(this.#engine));
    // Ages grow also when no frame comes.
    const clock = setInterval(() => performance.now() - this.#shownAt > 1500 && this.#fleet.age(), 500);
    this.#offs = [
      this.#fleet.subscribe(() => this.#show()),
      this.#engine.onMove(() => this.#moved()),
      () => clearInterval(clock),
    ];
    this.#show();
  }

  stop(): void {
    clearTimeout(this.#moving);
    clearTimeout(this.#looking);
    this.#looking = undefined;
    for (const off of this.#offs) off();
    this.#offs = [];
    this.#engine.removeLayer('team-bodies');
    this.#engine.removeSource('teams');
  }

  show(text: Texts, only: ReadonlySet<string> | undefined): void {
    this.#text = text;
    this.#fleet.show(only);
  }

  #show(): void {
    this.#shownAt = performance.now();
    this.#writeNames();
    this.#repaint();
  }

  /** The map has been dragged: what is drawn and named follows, at most four times per second. */
  #moved(): void {
    this.#looking ??= setTimeout(() => {
      this.#looking = undefined;
      this.#fleet.look(seenBy(this.#engine));
    }, LOOK_EVERY_MS);
  }

  #writeNames(): void {
    if (!this.#text) return;
    const { teams, alerts } = useWall.getState();
    const lost = new Set(lostTeams(alerts.values()).keys());
    const labels = fleetLabels(this.#fleet, teams, { now: serverClock.now(), text: this.#text, lost });
    const put = async () => {
      await loadFontFor(labels.features.map(({ properties }) => String(properties?.['label'] ?? '')));
      if (this.#offs.length > 0) this.#engine.setSource('teams', labels);
    };
    void put();
  }

  #repaint(): void {
    this.#askedAt = performance.now();
    this.#engine.repaint();
  }

  /** After a frame: asks for the next while teams are between two places, unless this machine is too slow for it. */
  #painted(): void {
    const took = performance.now() - this.#askedAt;
    if (this.#isStill || this.#fleet.progress() >= 1) return;
    if (took > SLOW_FRAME_MS) {
      this.#isStill = true;
      setTimeout(() => (this.#isStill = false), SLOW_FOR_MS);
      return;
    }
    clearTimeout(this.#moving);
    this.#moving = setTimeout(() => this.#repaint(), FRAME_MS);
  }
}
