/** The server's word for requests behind which a person sits; what a screen polls by itself carries none. */
export const ATTENDED_HEADER = 'x-attended';
const FRESH_MS = 60_000;

let touchedAt = -Infinity;
const touch = (): void => {
  touchedAt = performance.now();
};
for (const event of ['pointerdown', 'keydown', 'wheel'])
  window.addEventListener(event, touch, { capture: true, passive: true });

/** Whether a key or pointer was used within the last minute. */
export const isAttended = (): boolean => performance.now() - touchedAt < FRESH_MS;
