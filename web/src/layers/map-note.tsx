import type { Basemap } from '../link/basemap.js';
import { useText } from '../ui/catalogue.js';
import { Age } from '../ui/panel.js';

interface MapNoteProps {
  readonly basemap: Basemap | undefined;
  /** When the picture on the map was proven (ms); null: never. Without it nothing is on the map that ages. */
  readonly observedAt?: number | null | undefined;
}

/** How old what a map shows is; that its ground is still to come, or drawn by us and not surveyed. */
export function MapNote({ basemap, observedAt }: MapNoteProps) {
  const text = useText();
  const ground = !basemap ? text.state.groundComing : basemap.isSchematic ? text.state.schematic : undefined;
  if (ground === undefined && observedAt === undefined) return null;
  return (
    <span className="tag map-tag">
      {ground}
      {ground !== undefined && observedAt !== undefined && ' · '}
      {observedAt !== undefined && (
        <>
          {text.wall.proven} <Age at={observedAt} />
        </>
      )}
    </span>
  );
}
