import type { EntitySchema } from 'typeorm';
import { deviceTable } from './device.table.js';
import { teamTable } from './team.table.js';

export const teamTables: readonly EntitySchema[] = [teamTable, deviceTable];
