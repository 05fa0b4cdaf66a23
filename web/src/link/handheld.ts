import { Handheld, uuidv7 } from '@app/shared';
import { ask } from './http.js';

const STORED_AS = 'handheld';

/** The name of this machine, made once: what it did while it was cut off is believed from its last word on. */
function deviceId(): string {
  const made = uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
  try {
    const stored = localStorage.getItem(STORED_AS);
    if (stored !== null) return stored;
    localStorage.setItem(STORED_AS, made);
  } catch {
    // A browser without storage has a new name each time: what it tells late is not believed.
  }
  return made;
}

/** Says that we are there; answers all that the team's handheld shows. */
export const callHandheld = (): Promise<Handheld> =>
  ask('/api/handheld', Handheld, { method: 'POST', body: { device: deviceId() } });
