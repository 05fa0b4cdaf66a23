import { useEffect } from 'react';

/** Makes the page one that can be put on a home screen, and that opens without a network. */
export function useInstallable(): void {
  useEffect(() => {
    const link = document.createElement('link');
    link.rel = 'manifest';
    link.href = '/patrol.webmanifest';
    document.head.append(link);
    // Missing on a page without https: then it opens with a network alone.
    void navigator.serviceWorker?.register('/patrol-worker.js', { scope: '/patrol' });
    return () => link.remove();
  }, []);
}
