import { useWall } from '../../store/wall.store.js';
import type { PanelState } from '../../ui/panel.js';

/** State and age of every panel that shows the live picture. */
export function usePictureState(): { readonly state: PanelState; readonly observedAt: number | null } {
  const isKnown = useWall((wall) => wall.isKnown);
  const sight = useWall((wall) => wall.sight.state);
  const provenAt = useWall((wall) => wall.provenAt);
  return { state: !isKnown ? 'none' : sight === 'blind' ? 'stale' : 'live', observedAt: provenAt };
}
