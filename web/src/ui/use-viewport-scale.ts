import { useLayoutEffect } from 'react';

/** Makes every rem a part of the viewport for as long as a screen stands (see tokens.css). */
export function useViewportScale(): void {
  useLayoutEffect(() => {
    document.documentElement.dataset['scale'] = 'viewport';
    window.dispatchEvent(new Event('resize'));
    return () => {
      delete document.documentElement.dataset['scale'];
    };
  }, []);
}
