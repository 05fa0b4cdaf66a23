import { Inject, Injectable } from '@nestjs/common';
import type { IncidentQuery, Language } from '@app/shared';
import type { Writable } from 'node:stream';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { IncidentListQuery, type IncidentReach } from '../incidents/incident-list.query.js';
import { IncidentLists } from '../incidents/incident-lists.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { headOf, rowOf, type SheetOf } from './incident-sheet.rules.js';
import { openSheet, type SheetFormat } from './sheet-writer.js';
import { FILE_WORDS } from './words.js';

const PAGE = 200;
/** Files that one process writes at a time; each reads page by page and keeps none. */
const AT_ONCE = 3;

type Filter = Omit<IncidentQuery, 'limit' | 'cursor' | 'centre'>;

/** A file that may be written: what was asked, by whom, how much it is. */
export interface ExportPlan {
  readonly filter: Filter;
  readonly reach: IncidentReach;
  readonly format: SheetFormat;
  readonly language: Language;
}

/** Lists of incidents as files, for whoever may read them on a screen; the audit tells of each. */
@Injectable()
export class IncidentExport {
  #running = 0;

  constructor(
    private readonly tree: CentreTree,
    private readonly lists: IncidentLists,
    private readonly list: IncidentListQuery,
    private readonly audit: Audit,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Looks whether it may be written, and writes down that it was asked.
   * @throws Fault `centre.unknown`, `export.too-large` for more rows than a file holds
   */
  async plan(
    by: Caller,
    {
      centre,
      format,
      language,
      ...filter
    }: Filter & Pick<IncidentQuery, 'centre'> & Pick<ExportPlan, 'format' | 'language'>,
  ): Promise<ExportPlan> {
    const reach = this.lists.reachOf(by, centre);
    const most = this.config.exportRows;
    const rows = await this.list.count(filter, reach, most + 1);
    if (rows > most) throw new Fault('export.too-large', { wanted: 'a narrower filter', most });
    const { q, ...told } = filter;
    await this.database.transaction((tx) =>
      this.audit.write(tx, {
        caller: by,
        action: 'incidents.exported',
        subject: `centre:${centre ?? by.centre}`,
        outcome: 'done',
        // What was searched for may be a name.
        detail: { format, rows, filter: { ...told, ...(q === undefined ? {} : { q: 'not shown' }) } },
      }),
    );
    return { filter, reach, format, language };
  }

  /** @throws Fault `request.too-many` while others are being written */
  async write({ filter, reach, format, language }: ExportPlan, out: Writable): Promise<void> {
    if (this.#running >= AT_ONCE) throw new Fault('request.too-many', { most: AT_ONCE });
    this.#running += 1;
    try {
      const title = FILE_WORDS[language].incidents;
      const sheet = openSheet(format, out, { title, head: headOf(language) });
      const of: SheetOf = { language, timeZone: this.config.timeZone, centreOf: (id) => this.tree.get(id) };
      for (let cursor: string | null | undefined; cursor !== null && !out.destroyed;) {
        const asked = { ...filter, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
        const { states, next } = await this.list.page(asked, reach);
        await sheet.rows(states.map((state) => rowOf(state, of)));
        cursor = next;
      }
      if (!out.destroyed) await sheet.end();
    } finally {
      this.#running -= 1;
    }
  }
}
