import { useEffect, useRef, useState } from 'react';

/** Resolves when the next picture of the page has been handed over to be shown. */
export const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** The newest value of which the rest of the page has been painted already: for what may come a frame later. */
export function useAfterPaint<T>(value: T): T {
  const newest = useRef(value);
  const [shown, setShown] = useState(() => value);
  useEffect(() => {
    newest.current = value;
    const show = async () => {
      await painted();
      setShown(() => newest.current);
    };
    void show();
  }, [value]);
  return shown;
}
