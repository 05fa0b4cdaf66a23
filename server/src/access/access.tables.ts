import type { EntitySchema } from 'typeorm';
import { accountTable } from './account.table.js';
import { tokenTable } from './token.table.js';

export const accessTables: readonly EntitySchema[] = [accountTable, tokenTable];
