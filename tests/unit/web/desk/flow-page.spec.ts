import { expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flowPage } from './flow-page.js';

const PAGE = join(import.meta.dirname, '../../../../.github/docs/incident-flow.md');

it('the page of the flow is what the table says', () => {
  if (process.env['UPDATE_FLOW_PAGE'] !== undefined) writeFileSync(PAGE, flowPage());
  expect(readFileSync(PAGE, 'utf8')).toBe(flowPage());
});
