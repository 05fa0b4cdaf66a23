import { useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import type { Box } from './instructions-tab.js';

/** Which box of a centre's instructions is shown: the one that was picked, before that the one that it has. */
export function useBoxChoice(scope: string): readonly [Box, (box: Box) => void] {
  const { centres } = useInstallation();
  const [picked, pick] = useState<Box>();
  // Nobody stands above the root, who could send it one.
  const first = centres.get(scope)?.parent === null ? 'sent' : 'received';
  return [picked ?? first, pick];
}
