import { useEffect, useMemo } from 'react';
import { LiveLink } from '../link/live-link.js';
import { Fleet } from './fleet.js';
import { useWall } from './wall.store.js';

/** Keeps the store and a fleet at what the server says of a scope, for as long as the screen stands. */
export function useLiveWall(scope: string): Fleet {
  const fleet = useMemo(() => new Fleet(scope), [scope]);

  useEffect(() => {
    const wall = useWall.getState();
    wall.reset();
    const link = new LiveLink({
      scope,
      listener: {
        picture: wall.takePicture,
        sight: wall.takeSight,
        caughtUp: wall.takeReturn,
        repaired: wall.takeRepair,
        refused: wall.refuse,
        roster: (roster) => fleet.useRoster(roster),
        frame: (bytes) => {
          const result = fleet.apply(bytes);
          if (result === 'gap' || result === 'roster' || result === 'malformed') link.askKeyframe();
        },
      },
    });
    link.start();
    return () => link.stop();
  }, [scope, fleet]);

  return fleet;
}
