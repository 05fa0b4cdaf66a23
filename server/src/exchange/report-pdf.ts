import Pdf from 'pdfkit';
import { reportFont } from './report-fonts.js';
import type { ReportPaper } from './report-files.js';

const MARGIN = 64;
const SIZE = 11.5;

/** A4, with the characters that it shows embedded. */
export async function pdfOf({ title, head, sections, foot }: ReportPaper): Promise<Buffer> {
  const [regular, bold] = await Promise.all([reportFont('400Regular'), reportFont('700Bold')]);
  const document = new Pdf({ size: 'A4', margin: MARGIN, info: { Title: title }, lang: 'zh-CN' });
  const pieces: Buffer[] = [];
  const ended = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (piece: Buffer) => pieces.push(piece));
    document.on('end', () => resolve(Buffer.concat(pieces)));
    document.on('error', reject);
  });
  document.registerFont('regular', regular).registerFont('bold', bold);
  document.font('bold').fontSize(20).text(title, { align: 'center' }).moveDown(1);
  document.fontSize(SIZE);
  for (const [label, text] of head) {
    document.font('bold').text(`${label}　`, { continued: true }).font('regular').text(text, { lineGap: 4 });
  }
  const { x, y } = document;
  document
    .moveTo(x, y + 6)
    .lineTo(document.page.width - MARGIN, y + 6)
    .lineWidth(0.6)
    .stroke()
    .moveDown(1);
  for (const { label, text } of sections) {
    document.font('bold').text(label, { lineGap: 3 });
    document
      .font('regular')
      .text(text, { lineGap: 4, indent: SIZE * 2 })
      .moveDown(0.6);
  }
  if (foot !== '') document.moveDown(1).fontSize(10).text(foot, { align: 'right' });
  document.end();
  return ended;
}
