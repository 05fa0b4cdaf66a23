import { execFileSync } from 'node:child_process';
import { chownSync, closeSync, mkdirSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from './stage.js';
import { FIXES_FROM_MS } from './writers.js';

const SIZE = '256m';

/** A disk for the tracks that can be filled. */
export interface Disk {
  /** What it is, for the summary. */
  readonly name: string;
  fill(): Promise<void>;
  free(): Promise<void>;
  close(): void;
}

/**
 * Moves the tracks of these days to a small file system of their own, which is then filled for real. Where none may
 * be mounted, PostgreSQL itself refuses each row as it does on a full disk (53100).
 */
export async function openDisk(stage: Stage): Promise<Disk> {
  const mount = join(stage.cluster.directory, 'tracks');
  mkdirSync(mount);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', mount], { stdio: 'ignore' });
  } catch {
    return refusing(stage);
  }
  return mounted(stage, mount);
}

/** The partitions that fixes of now and of the writers fall into. */
const partitions = (): string[] => [
  ...new Set(
    [Date.now(), Date.now() - FIXES_FROM_MS].map(
      (ms) => `track_${new Date(ms).toISOString().slice(0, 10).replaceAll('-', '')}`,
    ),
  ),
];

async function mounted(stage: Stage, mount: string): Promise<Disk> {
  const home = join(mount, 'space');
  const ballast = join(mount, 'ballast');
  const { uid, gid } = statSync(join(stage.cluster.directory, 'pg'));
  mkdirSync(home);
  for (const path of [mount, home]) chownSync(path, uid, gid);
  await stage.rows(`create tablespace tracks location '${home}'`);
  for (const part of partitions()) await stage.rows(`alter table ${part} set tablespace tracks`);
  return {
    name: `a file system of ${SIZE}, filled`,
    fill: async () => fillUp(ballast),
    free: async () => rmSync(ballast, { force: true }),
    close: () => {
      execFileSync('umount', ['-l', mount]);
    },
  };
}

function fillUp(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (let bytes = 1 << 20; bytes >= 4_096;) {
      try {
        writeSync(file, Buffer.alloc(bytes));
      } catch {
        bytes /= 2;
      }
    }
  } finally {
    closeSync(file);
  }
}

async function refusing(stage: Stage): Promise<Disk> {
  await stage.rows(`create function full_disk() returns trigger language plpgsql as $$
    begin raise exception 'no space left on device' using errcode = '53100'; end $$`);
  const each = async (statement: (part: string) => string) => {
    for (const part of partitions()) await stage.rows(statement(part));
  };
  return {
    name: 'rows refused with 53100, since nothing may be mounted here',
    fill: () =>
      each(
        (part) =>
          `create or replace trigger full_disk before insert on ${part} for each row execute function full_disk()`,
      ),
    free: () => each((part) => `drop trigger if exists full_disk on ${part}`),
    close: () => undefined,
  };
}
