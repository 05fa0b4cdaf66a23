// In: the environment, PostgreSQL, Redis. Out: configuration, clock, database, bus, log, metrics, faults.
// Never: a word about incidents, teams or centres. Only this folder reads the environment.
import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { EntitySchema } from 'typeorm';
import { Asides } from './asides.js';
import { Bus } from './bus.js';
import { MemoryBus } from './bus-memory.js';
import { RedisBus } from './bus-redis.js';
import { Clock, StoryClock } from './clock.js';
import { ClockCheck } from './clock-check.js';
import { CONFIG, type Config } from './config.js';
import { Database } from './database.js';
import { HealthController } from './health.controller.js';
import { Health } from './health.js';
import { Leader } from './leader.js';
import { Log } from './log.js';
import { Metrics } from './metrics.js';

@Global()
@Module({})
export class PlatformModule {
  static with(config: Config, tables: readonly EntitySchema[]): DynamicModule {
    const log = new Log(config);
    return {
      module: PlatformModule,
      controllers: [HealthController],
      providers: [
        Asides,
        StoryClock,
        config.demo ? { provide: Clock, useExisting: StoryClock } : Clock,
        ClockCheck,
        Metrics,
        Health,
        Leader,
        { provide: CONFIG, useValue: config },
        { provide: Log, useValue: log },
        {
          provide: Database,
          useFactory: async () => {
            const database = new Database(config, tables, log);
            await database.open();
            return database;
          },
        },
        {
          provide: Bus,
          useFactory: () => (config.redisUrl ? new RedisBus(config.redisUrl, log) : new MemoryBus()),
        },
      ],
      exports: [Asides, Clock, StoryClock, Metrics, Health, Leader, CONFIG, Log, Database, Bus],
    };
  }
}
