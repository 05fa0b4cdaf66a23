import {
  AlignmentType,
  BorderStyle,
  Document,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { ReportPaper } from './report-files.js';

/** What an office has: its own song and black types, and Latin beside them. */
const SONG = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋' };
const BLACK = { ascii: 'Arial', hAnsi: 'Arial', eastAsia: '黑体' };
/** Half points: 16 pt, as official papers are set. */
const SIZE = 32;
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const NO_BORDERS = { top: NONE, bottom: NONE, left: NONE, right: NONE };

/** A4; fonts are named, not embedded: an office edits it with its own. */
export async function docxOf({ title, head, sections, foot }: ReportPaper): Promise<Buffer> {
  const document = new Document({
    title,
    styles: { default: { document: { run: { font: SONG, size: SIZE } } } },
    sections: [
      {
        properties: { page: { size: { width: 11_906, height: 16_838 } } },
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 360 },
            children: [new TextRun({ text: title, font: BLACK, size: 44 })],
          }),
          headTable(head),
          ...sections.flatMap(({ label, text }) => [
            new Paragraph({
              keepNext: true,
              spacing: { before: 240 },
              children: [new TextRun({ text: label, font: BLACK })],
            }),
            ...text.split('\n').map(
              (line) =>
                new Paragraph({
                  indent: { firstLine: SIZE * 20 },
                  spacing: { line: 480 },
                  children: [new TextRun(line)],
                }),
            ),
          ]),
          new Paragraph({
            alignment: AlignmentType.RIGHT,
            spacing: { before: 480 },
            children: [new TextRun({ text: foot, size: 24 })],
          }),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

function headTable(head: ReportPaper['head']): Table {
  const cell = (text: string, share: number, isLabel: boolean) =>
    new TableCell({
      width: { size: share, type: WidthType.PERCENTAGE },
      borders: NO_BORDERS,
      children: [new Paragraph({ children: [new TextRun(isLabel ? { text, font: BLACK } : { text })] })],
    });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: {
      ...NO_BORDERS,
      insideHorizontal: NONE,
      insideVertical: NONE,
      bottom: { style: BorderStyle.SINGLE, size: 6, color: '000000' },
    },
    rows: head.map(
      ([label, text]) => new TableRow({ children: [cell(label, 22, true), cell(text, 78, false)] }),
    ),
  });
}
