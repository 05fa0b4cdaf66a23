import type { Writable } from 'node:stream';
import { once } from 'node:events';
import Excel from 'exceljs';
import { type Cell, csvLine } from './incident-sheet.rules.js';

/** Writes a table row by row as it comes; nothing of it is kept. */
export interface SheetWriter {
  /** Resolves when there is room for more. */
  rows(rows: readonly (readonly Cell[])[]): Promise<void>;
  end(): Promise<void>;
}

export type SheetFormat = 'csv' | 'xlsx';

export const SHEET_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const satisfies Record<SheetFormat, string>;

/** A writer to a stream that begins with the head of the table. */
export function openSheet(
  format: SheetFormat,
  out: Writable,
  { title, head }: { title: string; head: readonly string[] },
): SheetWriter {
  return format === 'csv' ? csvSheet(out, head) : xlsxSheet(out, title, head);
}

/** With a byte-order mark, without which spreadsheets read Chinese as something else. */
function csvSheet(out: Writable, head: readonly string[]): SheetWriter {
  out.write(`\ufeff${csvLine(head)}`);
  return {
    rows: async (rows) => {
      if (!out.write(rows.map(csvLine).join(''))) await once(out, 'drain');
    },
    end: async () => {
      out.end();
      await once(out, 'finish');
    },
  };
}

/** Texts are typed as texts, so that none of them is a formula; instants are dates on the wall clock. */
function xlsxSheet(out: Writable, title: string, head: readonly string[]): SheetWriter {
  const book = new Excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true });
  const sheet = book.addWorksheet(title, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = head.map((_, i) => ({ width: i === head.length - 1 ? 48 : 18 }));
  const first = sheet.addRow([...head]);
  first.font = { bold: true };
  first.commit();
  return {
    rows: async (rows) => {
      for (const cells of rows) {
        const row = sheet.addRow(cells.map(xlsxValue));
        for (const [i, cell] of cells.entries())
          if (typeof cell === 'object' && cell !== null) row.getCell(i + 1).numFmt = 'yyyy-mm-dd hh:mm:ss';
        row.commit();
      }
      if (out.writableNeedDrain) await once(out, 'drain');
    },
    end: async () => {
      sheet.commit();
      await book.commit();
    },
  };
}

function xlsxValue(cell: Cell): string | number | Date | null {
  return typeof cell === 'object' && cell !== null ? new Date(cell.wallMs) : cell;
}
