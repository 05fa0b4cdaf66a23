import type { MapEngine } from '../map/engine.js';
import { mercatorX, mercatorY } from '../store/fleet-columns.js';
import type { Seen } from '../store/fleet-tick.js';
import type { GridBox } from '../store/point-grid.js';

/** What a map shows, in degrees. */
export function seenBy(engine: MapEngine): Seen {
  const { width, height } = engine.size();
  const [west, north] = engine.unproject(0, 0);
  const [east, south] = engine.unproject(width, height);
  return [west, south, east, north];
}

/** The same in mercator, where north is the lesser number. */
export function seenInMercator(engine: MapEngine): GridBox {
  const [west, south, east, north] = seenBy(engine);
  return [mercatorX(west), mercatorY(north), mercatorX(east), mercatorY(south)];
}
