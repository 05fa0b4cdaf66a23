import { useEffect, useState } from 'react';

/** CSS pixels of one rem; changes with the size of the window where a screen scales with it. */
export function useRootPx(): number {
  const [px, setPx] = useState(rootPx);
  useEffect(() => {
    const renew = () => setPx(rootPx());
    renew();
    window.addEventListener('resize', renew);
    return () => window.removeEventListener('resize', renew);
  }, []);
  return px;
}

/** CSS pixels of one rem at this moment. */
export function rootPx(): number {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Number.isFinite(size) ? size : 16;
}
