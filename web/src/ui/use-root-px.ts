import { useEffect, useState } from 'react';

/** CSS pixels of one rem; changes with the size of the window where a screen scales with it. */
export function useRootPx(): number {
  const [px, setPx] = useState(read);
  useEffect(() => {
    const renew = () => setPx(read());
    renew();
    window.addEventListener('resize', renew);
    return () => window.removeEventListener('resize', renew);
  }, []);
  return px;
}

function read(): number {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Number.isFinite(size) ? size : 16;
}
