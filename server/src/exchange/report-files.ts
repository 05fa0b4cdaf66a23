import { Inject, Injectable } from '@nestjs/common';
import {
  type CentreId,
  demoCentre,
  type Id,
  type Language,
  nameIn,
  personText,
  REPORT_FIELDS,
  type ReportFormat,
} from '@app/shared';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { docxOf } from './report-docx.js';
import { pdfOf } from './report-pdf.js';
import { ReportReader } from './report-reader.js';
import type { ReportRow } from './report.repository.js';
import { wallMinute } from './report.rules.js';
import { FILE_WORDS } from './words.js';

/** A report as it stands on paper. */
export interface ReportPaper {
  readonly title: string;
  /** Label and text of the lines of its head. */
  readonly head: readonly (readonly [string, string])[];
  readonly sections: readonly { readonly label: string; readonly text: string }[];
  readonly foot: string;
}

/** Reports as files; the audit tells of each. */
@Injectable()
export class ReportFiles {
  constructor(
    private readonly reader: ReportReader,
    private readonly tree: CentreTree,
    private readonly audit: Audit,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Fault `report.unknown`, also for a draft of somebody else */
  async write(by: Caller, id: Id, format: ReportFormat, language: Language): Promise<Buffer> {
    const { row, state } = await this.reader.one(by, id);
    const isHidden = row.sentAt === null && !this.reader.permit(by, row).isOfSender;
    if (isHidden || row.state === 'wanted') throw new Fault('report.unknown', { id });
    const { category } = state.incident;
    const paper = this.#paperOf({ ...row, category }, language);
    const file = format === 'pdf' ? await pdfOf(paper) : await docxOf(paper);
    await this.database.transaction((tx) =>
      this.audit.write(tx, {
        caller: by,
        action: 'report.exported',
        subject: `report:${id}`,
        outcome: 'done',
        detail: { format },
      }),
    );
    return file;
  }

  #paperOf(row: ReportRow, language: Language): ReportPaper {
    const words = FILE_WORDS[language];
    const { reports, document } = words;
    const when = (ms: number | null) =>
      ms === null ? document.unsent : wallMinute(ms, this.config.timeZone);
    const name = (id: CentreId) => {
      const names = this.tree.get(id)?.names;
      return names ? nameIn(names, language) : '';
    };
    const person = (login: string) =>
      personText(login, words, (key) => {
        const centre = this.tree.all().find((one) => demoCentre(one) === key);
        return centre ? nameIn(centre.names, language) : '';
      });
    return {
      title: document.heading(reports.title(row.kind, row.ordinal)),
      head: [
        [words.column.number, row.number],
        [words.column.category, words.category[row.category]],
        [words.column.severity, `${words.severityLevel[row.severity]} ${words.severity[row.severity]}`],
        [reports.from, name(row.from)],
        [reports.to, row.to === null ? reports.outside : name(row.to)],
        [document.sentAt, when(row.sentAt)],
      ],
      sections: REPORT_FIELDS[row.kind].map((field) => ({
        label: reports.field[field],
        text: row.body[field]?.trim() || document.empty,
      })),
      foot: [
        row.by && `${document.by} ${person(row.by)}`,
        row.acknowledgedAt !== null &&
          `${document.acknowledged} ${person(row.acknowledgedBy ?? '')} ${when(row.acknowledgedAt)}`,
      ]
        .filter((part) => part)
        .join('    '),
    };
  }
}
