import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useWall } from '../../store/wall.store.js';

/**
 * An ended session goes to the door and comes back to this page; a page of another version fetches itself anew.
 * Called after `useLiveWall`, which forgets the refusal that the screen before it left behind.
 */
export function useLeaveWhenRefused(): void {
  const refused = useWall((wall) => wall.refused);
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  useEffect(() => {
    // What was drawn may still be the refusal of the session before.
    if (refused === undefined || useWall.getState().refused === undefined) return;
    if (refused === 'wire.protocol') location.reload();
    else void navigate(`/signin?to=${encodeURIComponent(pathname + search)}`);
    // Only a refusal leads away, not each new address.
  }, [refused]);
}
