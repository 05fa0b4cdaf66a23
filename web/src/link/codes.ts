import { CodeSheet } from '@app/shared';
import { ask } from './http.js';

/** The codes of checkpoints, one after the other; with `rotate` each has a new one. @throws HttpFault */
export async function fetchCodeSheets(points: readonly string[], rotate: boolean): Promise<CodeSheet[]> {
  const sheets: CodeSheet[] = [];
  for (const point of points)
    sheets.push(await ask(`/api/checkpoints/${point}/code`, CodeSheet, { method: 'POST', body: { rotate } }));
  return sheets;
}
