import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const Manifest = z.object({ name: z.literal('@app/server').or(z.literal('xiongguan')), version: z.string() });

/** The product's version, from the nearest manifest above this file that is ours: sources and build lie differently. */
export function productVersion(from = dirname(fileURLToPath(import.meta.url))): string {
  const above = dirname(from);
  try {
    const manifest = Manifest.safeParse(JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')));
    if (manifest.success) return manifest.data.version;
  } catch {
    // No manifest here: the next one above is asked.
  }
  return above === from ? 'unknown' : productVersion(above);
}
