import { useEffect, useState } from 'react';

export interface Place {
  readonly lng: number;
  readonly lat: number;
  readonly accuracyM: number;
  /** This machine's clock, ms since 1970. */
  readonly at: number;
}

/** Where this machine is, as long as the page is looked at; undefined where nobody can say, as indoors. */
export function usePlace(): Place | undefined {
  const [place, setPlace] = useState<Place>();
  useEffect(() => {
    if (!('geolocation' in navigator)) return undefined;
    const watch = navigator.geolocation.watchPosition(
      ({ coords, timestamp }) =>
        setPlace({
          lng: coords.longitude,
          lat: coords.latitude,
          accuracyM: coords.accuracy,
          at: timestamp,
        }),
      () => setPlace(undefined),
      { enableHighAccuracy: true, maximumAge: 15_000 },
    );
    return () => navigator.geolocation.clearWatch(watch);
  }, []);
  return place;
}
