/**
 * The records of a CSV text (RFC 4180): quoted fields may hold delimiters, quotes (doubled) and line ends. Each comes
 * with the line that it begins on; empty lines are left out.
 * @throws SyntaxError for a quote that is never closed
 */
export function* parseCsv(text: string, delimiter: string): Generator<{ line: number; fields: string[] }> {
  let [line, began] = [1, 1];
  let [field, isQuoted, wasQuoted] = ['', false, false];
  let fields: string[] = [];

  for (let i = text.startsWith('\uFEFF') ? 1 : 0; i <= text.length; i++) {
    const letter = text[i];
    if (isQuoted) {
      if (letter === undefined) throw new SyntaxError(`line ${began}: a quoted field that never ends`);
      if (letter === '\n') line += 1;
      if (letter !== '"') field += letter;
      else if (text[i + 1] === '"') field += text[++i];
      else isQuoted = false;
    } else if (letter === '"' && field === '' && !wasQuoted) {
      [isQuoted, wasQuoted] = [true, true];
    } else if (letter === delimiter) {
      fields.push(field);
      [field, wasQuoted] = ['', false];
    } else if (letter === '\n' || letter === undefined) {
      fields.push(field.replace(/\r$/, ''));
      if (fields.length > 1 || fields[0] !== '') yield { line: began, fields };
      line += 1;
      [fields, field, wasQuoted, began] = [[], '', false, line];
    } else field += letter;
  }
}
