import { useEffect, useState } from 'react';
import { handheldSync } from '../../store/handheld.store.js';

const LOOK_MS = 5_000;

/** The server's time as this machine knows it, ms since 1970; also without a network. */
export function useNow(): number {
  const [now, setNow] = useState(() => handheldSync.serverNow());
  useEffect(() => {
    const timer = setInterval(() => setNow(handheldSync.serverNow()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
