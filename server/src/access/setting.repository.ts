import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ZodType } from 'zod';
import { Database } from '../platform/database.js';

/** What a city decides about itself (names of its levels and the like): one JSON value per key. */
@Injectable()
export class SettingRepository {
  constructor(private readonly database: Database) {}

  /** The value that is kept, or `preset` where there is none or it does not fit the schema. */
  async read<T>(key: string, schema: ZodType<T>, preset: T): Promise<T> {
    const [row] = await this.database.query<{ value: unknown }>('select value from setting where key = $1', [
      key,
    ]);
    const parsed = schema.safeParse(row?.value);
    return parsed.success ? parsed.data : preset;
  }

  /** Nobody else changes it until the transaction ends, also where it was never set: it is `{}` then. */
  async hold(tx: EntityManager, key: string): Promise<void> {
    await tx.query("insert into setting (key, value) values ($1, '{}') on conflict (key) do nothing", [key]);
    await tx.query('select 1 from setting where key = $1 for update', [key]);
  }

  async write(tx: EntityManager, key: string, value: unknown): Promise<void> {
    await tx.query(
      `insert into setting (key, value) values ($1, $2::jsonb)
       on conflict (key) do update set value = excluded.value`,
      [key, JSON.stringify(value)],
    );
  }
}
