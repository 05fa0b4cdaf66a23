import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useWall } from '../../store/wall.store.js';

/** An ended session goes to the door and comes back to this page; a page of another version fetches itself anew. */
export function useLeaveWhenRefused(): void {
  const refused = useWall((wall) => wall.refused);
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  useEffect(() => {
    if (refused === 'wire.protocol') location.reload();
    else if (refused !== undefined) void navigate(`/signin?to=${encodeURIComponent(pathname + search)}`);
    // Only a refusal leads away, not each new address.
  }, [refused]);
}
