import { type BBox, bboxOf, type LngLat } from '@app/shared';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { BasemapLayer } from '../../layers/basemap-layer.js';
import { KeySiteLayer } from '../../layers/key-site-layer.js';
import { MapNote } from '../../layers/map-note.js';
import { useInstallation } from '../../link/installation.js';
import { useBasemap } from '../../link/use-basemap.js';
import { MapView, useEngine, useUnit } from '../../map/map-view.js';
import type { Basemap } from '../../link/basemap.js';
import { useText } from '../../ui/catalogue.js';
import { homeBox } from '../wall/home-box.js';

export interface DeskMapProps {
  /** The centre whose ground is shown first. */
  readonly centre: string;
  /** A place to have in view; moved to only when it lies outside. */
  readonly place?: LngLat | undefined;
  /** Draws on the ground once there is one. */
  readonly children: (basemap: Basemap) => ReactNode;
  readonly overlay?: ReactNode;
  /** Where the live picture is drawn on it: when that was proven (ms). */
  readonly observedAt?: number | null;
}

/** A map for work: it opens on the centre's ground, shows what is pointed at, and never goes anywhere by itself. */
export function DeskMap({ centre, place, children, overlay, observedAt }: DeskMapProps) {
  const text = useText();
  const basemap = useBasemap();
  const { settings, centres } = useInstallation();
  const home = useMemo(() => homeBox(basemap, centres.get(centre)), [basemap, centres, centre]);
  const camera = { center: [(home[0] + home[2]) / 2, (home[1] + home[3]) / 2] as const, zoom: 12 };
  return (
    <MapView
      settings={settings}
      camera={camera}
      label={text.desk.map}
      overlay={
        <>
          {overlay}
          <MapNote basemap={basemap} observedAt={observedAt} />
        </>
      }
    >
      {basemap && (
        <>
          <BasemapLayer basemap={basemap} />
          <KeySiteLayer basemap={basemap} />
          {children(basemap)}
          <Look home={home} place={place} />
        </>
      )}
    </MapView>
  );
}

function Look({ home, place }: { home: BBox; place: LngLat | undefined }) {
  const engine = useEngine();
  const unit = useUnit();
  const shown = useRef<BBox>(undefined);
  const [lng, lat] = place ?? [];

  useEffect(() => {
    if (shown.current === home) return;
    shown.current = home;
    engine.fit(home, 16 * unit, 0);
  }, [engine, unit, home]);

  useEffect(() => {
    if (lng === undefined || lat === undefined || isInView(engine.project([lng, lat]), engine.size())) return;
    const around = bboxOf([
      [lng - 0.01, lat - 0.008],
      [lng + 0.01, lat + 0.008],
    ]);
    if (around) engine.fit(around, 0, 0);
  }, [engine, lng, lat]);
  return null;
}

const isInView = ([x, y]: readonly [number, number], { width, height }: { width: number; height: number }) =>
  x > 0.06 * width && x < 0.94 * width && y > 0.06 * height && y < 0.94 * height;
