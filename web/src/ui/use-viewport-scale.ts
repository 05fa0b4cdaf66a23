import { useLayoutEffect } from 'react';

/**
 * Makes every rem a part of the viewport for as long as a screen stands (see tokens.css). A desk is read from an
 * arm's length: its letters grow with the screen, but never shrink below what can be read there.
 */
export function useViewportScale(scale: 'viewport' | 'desk' = 'viewport'): void {
  useLayoutEffect(() => {
    document.documentElement.dataset['scale'] = scale;
    window.dispatchEvent(new Event('resize'));
    return () => {
      delete document.documentElement.dataset['scale'];
    };
  }, [scale]);
}
