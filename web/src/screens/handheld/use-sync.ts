import { VISITS_TOPIC } from '@app/shared';
import { useEffect } from 'react';
import { LiveLink } from '../../link/live-link.js';
import { handheldSync, useHandheld } from '../../store/handheld.store.js';
import { isCalling } from '../../store/handheld-view.js';

const LOOK_MS = 30_000;
/** While a call for help waits. */
const URGENT_MS = 3_000;

/** Keeps the page and the server together: at once when something happens to the team, else every half a minute. */
export function useSync(): void {
  useEffect(() => void handheldSync.start(), []);
  const isUrgent = useHandheld(({ queue, crew }) => isCalling(queue, crew?.account));
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void handheldSync.sync();
    };
    const timer = setInterval(look, isUrgent ? URGENT_MS : LOOK_MS);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [isUrgent]);
  const team = useHandheld(({ door, crew }) => (door === 'open' ? crew?.team : undefined));
  useEffect(() => {
    if (team === undefined) return undefined;
    const nothing = () => undefined;
    const look = () => void handheldSync.sync();
    const link = new LiveLink({
      scope: team,
      lanes: ['journal'],
      listener: {
        picture: look,
        aside: ({ topic, from }) => {
          if (topic === VISITS_TOPIC && from === undefined) look();
        },
        refused: look,
        sight: nothing,
        caughtUp: nothing,
        repaired: nothing,
        still: nothing,
        roster: nothing,
        frame: nothing,
      },
    });
    link.start();
    return () => link.stop();
  }, [team]);
}
