import type { Settings } from '@app/shared';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { useText } from '../ui/catalogue.js';
import { painted } from '../ui/painted.js';
import { rootPx } from '../ui/use-root-px.js';
import { GROUND } from './basemap-style.js';
import type { Camera, MapEngine } from './engine.js';
import { openEngine } from './open-engine.js';
import { addSlots } from './slots.js';
import './map-view.css';

const EngineContext = createContext<MapEngine | null>(null);
const UnitContext = createContext(1);

/** The engine of the map around; layers are only drawn once there is one. */
export function useEngine(): MapEngine {
  const engine = useContext(EngineContext);
  if (!engine) throw new Error('useEngine: a MapView around wanted, none seen');
  return engine;
}

/** How many times larger than on 1920 × 1080 everything on the map is drawn. */
export const useUnit = (): number => useContext(UnitContext);

export interface MapViewProps {
  readonly settings: Settings;
  readonly camera: Camera;
  readonly label: string;
  /** Layers: components that return null. */
  readonly children: ReactNode;
  /** What lies above the map: marks, buttons, tags. */
  readonly overlay?: ReactNode;
  /** Something that matters more is still to come: an engine takes the page for a while when it opens. */
  readonly isEarly?: boolean;
}

/**
 * A map and what is drawn on it. It is made anew when the size of its letters changes, and at no other time; until it is
 * there it says that it comes.
 */
export function MapView({ settings, camera, label, children, overlay, isEarly = false }: MapViewProps) {
  const text = useText();
  const container = useRef<HTMLDivElement>(null);
  const first = useRef(camera);
  const unit = useRootUnit();
  const [engine, setEngine] = useState<MapEngine | null>(null);

  useEffect(() => {
    if (!container.current || isEarly) return undefined;
    let isGone = false;
    let opened: MapEngine | undefined;
    const options = { container: container.current, camera: first.current, background: GROUND };
    const open = async () => {
      // What is around the map is shown first.
      await painted();
      if (isGone) return;
      const made = await openEngine(settings, options);
      if (isGone) {
        made.destroy();
        return;
      }
      opened = made;
      addSlots(made);
      setEngine(made);
    };
    void open();
    return () => {
      isGone = true;
      setEngine(null);
      // After the layers have taken back what they put on it.
      setTimeout(() => opened?.destroy());
    };
  }, [settings, unit, isEarly]);

  return (
    <div className="map-view">
      <div key={unit} ref={container} className="map-canvas" role="application" aria-label={label} />
      {!engine && (
        <p className="map-coming" role="status">
          {text.state.mapComing}
        </p>
      )}
      <UnitContext value={unit}>
        {engine && (
          <EngineContext value={engine}>
            {children}
            {overlay}
          </EngineContext>
        )}
      </UnitContext>
    </div>
  );
}

/** Root font size over 16 px, in quarters: small changes of a window do not rebuild a map. */
function useRootUnit(): number {
  const [unit, setUnit] = useState(readUnit);
  useEffect(() => {
    // The screen around sets how large its letters are after this was first drawn.
    setUnit(readUnit());
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onResize = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setUnit(readUnit()), 300);
    };
    window.addEventListener('resize', onResize);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('resize', onResize);
    };
  }, []);
  return unit;
}

const readUnit = (): number => Math.max(0.75, Math.ceil((rootPx() / 16) * 4) / 4);
