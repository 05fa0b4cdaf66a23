import {
  AlignmentType,
  BorderStyle,
  CharacterSet,
  Document,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { REPORT_FONT, reportSubset } from './report-fonts.js';
import type { ReportPaper } from './report-files.js';

/** Half points: 16 pt, as official papers are set. */
const SIZE = 32;
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const NO_BORDERS = { top: NONE, bottom: NONE, left: NONE, right: NONE };

/** A4, with the characters that it shows embedded, in both weights. */
export async function docxOf({ title, head, sections, foot }: ReportPaper): Promise<Buffer> {
  const text = [title, foot, ...head.flat(), ...sections.flatMap(Object.values)].join('');
  const [data, bold] = await Promise.all([reportSubset('400Regular', text), reportSubset('700Bold', text)]);
  const document = new Document({
    title,
    fonts: [{ name: REPORT_FONT, data, bold, characterSet: CharacterSet.GB_2312 }],
    styles: { default: { document: { run: { font: REPORT_FONT, size: SIZE } } } },
    sections: [
      {
        properties: { page: { size: { width: 11_906, height: 16_838 } } },
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 360 },
            children: [new TextRun({ text: title, bold: true, size: 44 })],
          }),
          headTable(head),
          ...sections.flatMap(({ label, text }) => [
            new Paragraph({
              keepNext: true,
              spacing: { before: 240 },
              children: [new TextRun({ text: label, bold: true })],
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
      children: [new Paragraph({ children: [new TextRun(isLabel ? { text, bold: true } : { text })] })],
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
