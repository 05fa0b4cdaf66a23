import type { CentreId, Department, Id, Names } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { CentreLevel, DemoCentre } from './city/demo-city.js';
import { writeRows } from './load-city.js';

const named = (hans: string, hant: string, en: string): Names => ({ hans, hant, en });

/** What each level has beside its teams. */
const DEPARTMENTS: Readonly<Record<CentreLevel, readonly Names[]>> = {
  city: [
    named('城管执法支队', '城管執法支隊', 'City Management Enforcement'),
    named('市场监管局', '市場監管局', 'Market Supervision Bureau'),
    named('应急管理局', '應急管理局', 'Emergency Management Bureau'),
    named('住建局', '住建局', 'Housing and Construction Bureau'),
  ],
  county: [
    named('城管执法大队', '城管執法大隊', 'City Management Detachment'),
    named('市场监管所', '市場監管所', 'Market Supervision Office'),
    named('综治办', '綜治辦', 'Public Order Office'),
  ],
  town: [
    named('城管执法队', '城管執法隊', 'City Management Squad'),
    named('市场监管所', '市場監管所', 'Market Supervision Office'),
    named('综治办', '綜治辦', 'Public Order Office'),
  ],
  community: [
    named('网格服务站', '網格服務站', 'Grid Service Station'),
    named('物业服务中心', '物業服務中心', 'Property Services'),
  ],
};

/** The departments of every centre of the demo city. */
export async function writeDepartments(
  tx: EntityManager,
  centres: readonly DemoCentre[],
  ids: ReadonlyMap<string, CentreId>,
  { mint, at }: { mint: () => Id; at: number },
): Promise<void> {
  await writeRows(
    tx,
    `insert into department_list (centre, version, items, at)
     select centre, 1, items, to_timestamp(at / 1000.0)
       from jsonb_to_recordset($1::jsonb) as d(centre uuid, items jsonb, at float8)`,
    centres.map(({ key, level }) => ({
      centre: ids.get(key),
      items: DEPARTMENTS[level].map((names): Department => ({ id: mint(), names, open: true })),
      at,
    })),
  );
}
