import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { CityFile, plainCity, SAN_FRANCISCO } from './city-file.js';
import { FIRE_CALLS, Mapping } from './mapping.js';
import { readRows } from './read-rows.js';
import type { Recording } from './recorded.js';
import { nameOf, reasonOf, type ReplaySettings } from './settings.js';

export interface Inputs {
  readonly recording: Recording;
  readonly city: CityFile;
  /** Fingerprint of file and mapping: a replay is only resumed with the same. */
  readonly fingerprint: string;
}

/** @throws Error that names the file, what was seen in it and what was wanted */
export async function readInputs({
  file,
  mapping: mappingFile,
  city: cityFile,
}: ReplaySettings): Promise<Inputs> {
  const mapping = mappingFile === undefined ? FIRE_CALLS : await readJson(mappingFile, Mapping);
  const bytes = await readFile(file);
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const recording = readRows((isPacked ? gunzipSync(bytes) : bytes).toString('utf8'), mapping);
  if (recording.rows.length === 0)
    throw new Error(
      `${file}: no row that the mapping understands; the first: ${recording.unread[0]?.reason ?? 'none'}`,
    );
  const fingerprint = createHash('sha256').update(bytes).update(JSON.stringify(mapping)).digest('hex');
  return { recording, city: await cityOf(cityFile, mapping, file), fingerprint };
}

async function cityOf(cityFile: string | undefined, mapping: Mapping, file: string): Promise<CityFile> {
  if (cityFile !== undefined) return readJson(cityFile, CityFile);
  return mapping === FIRE_CALLS ? SAN_FRANCISCO : plainCity(nameOf(file), mapping.clock.zone);
}

async function readJson<T>(file: string, schema: { parse(value: unknown): T }): Promise<T> {
  const text = await readFile(file, 'utf8');
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${file}:\n${reasonOf(error)}`, { cause: error });
  }
}
