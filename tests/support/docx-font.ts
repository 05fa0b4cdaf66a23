/** The fonts that a document carries, out of its parts, as plain TrueType files (ECMA-376 part 1, §17.8.1). */
export function fontsOf(parts: Readonly<Record<string, Uint8Array>>): Buffer[] {
  const part = (name: string) => Buffer.from(parts[name] ?? []).toString();
  const keys = [...part('word/fontTable.xml').matchAll(/w:fontKey="\{([^}]+)\}"/g)];
  const files = [...part('word/_rels/fontTable.xml.rels').matchAll(/Target="(fonts\/[^"]+)"/g)];
  return files.map(([, file], at) => {
    const font = Buffer.from(parts[`word/${file}`] ?? []);
    const key = Buffer.from((keys[at]?.[1] ?? '').replaceAll('-', ''), 'hex').reverse();
    for (let i = 0; i < 32; i++) font.writeUInt8(font.readUInt8(i) ^ key.readUInt8(i % 16), i);
    return font;
  });
}

/** The characters of the basic plane that a TrueType font has a glyph for, as its `cmap` (format 4) says. */
export function charactersOf(font: Buffer): Set<string> {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, i) => 12 + i * 16);
  const named = tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap') ?? never('cmap');
  const cmap = font.readUInt32BE(named + 8);
  const subtables = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, i) => cmap + 8 + i * 8);
  const starts = subtables.map((at) => cmap + font.readUInt32BE(at));
  const start = starts.find((at) => font.readUInt16BE(at) === 4) ?? never('format 4');
  const size = font.readUInt16BE(start + 6);
  const found = new Set<string>();
  for (let at = 0; at < size; at += 2) {
    const last = font.readUInt16BE(start + 14 + at);
    const first = font.readUInt16BE(start + 16 + size + at);
    for (let code = first; code <= last && code < 0xffff; code++) found.add(String.fromCharCode(code));
  }
  return found;
}

function never(what: string): never {
  throw new Error(`a font with ${what} wanted`);
}
