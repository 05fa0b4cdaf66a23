/** A machine that stands still is asked so often: some browsers speak only when it has moved. */
const ASK_MS = 10_000;
/** A place of so long ago is where the machine is now. */
export const PLACE_AGE_MS = 15_000;

export interface PlaceListener {
  found(position: GeolocationPosition): void;
  lost(error: GeolocationPositionError): void;
}

/** Whether this browser can say where it is at all: only over https, or on this machine itself. */
export const canWatchPlace = (): boolean => 'geolocation' in navigator && window.isSecureContext;

/** Says where the machine is, until what is answered is called. The browser asks the person first. */
export function watchPlace({ found, lost }: PlaceListener): () => void {
  const { geolocation } = navigator;
  let foundAt = Date.now();
  const take = (position: GeolocationPosition) => {
    foundAt = Date.now();
    found(position);
  };
  const options = { enableHighAccuracy: true, maximumAge: PLACE_AGE_MS };
  const watch = geolocation.watchPosition(take, lost, options);
  const timer = setInterval(() => {
    if (Date.now() - foundAt < ASK_MS) return;
    // That nothing newer came is no loss: the watch says so itself.
    geolocation.getCurrentPosition(take, () => undefined, { enableHighAccuracy: true, timeout: ASK_MS });
  }, ASK_MS);
  return () => {
    geolocation.clearWatch(watch);
    clearInterval(timer);
  };
}
