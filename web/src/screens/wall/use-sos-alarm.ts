import { useEffect } from 'react';
import { useWall } from '../../store/wall.store.js';
import { openSound, useSound } from './sound.store.js';

const EVERY_MS = 4_000;

/** Sounds while anybody calls for help and nobody has answered; muting other signals does not mute this one. */
export function useSosAlarm(): void {
  const isCalling = useWall((wall) => [...wall.calls.values()].some(({ state }) => state === 'calling'));
  const alarm = useSound((sound) => sound.alarm);
  useEffect(() => openSound(), []);
  useEffect(() => {
    if (!isCalling) return undefined;
    alarm();
    const timer = setInterval(alarm, EVERY_MS);
    return () => clearInterval(timer);
  }, [isCalling, alarm]);
}
