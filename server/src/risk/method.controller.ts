import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import {
  CITIZEN_SOURCES,
  CLOCK_STAGES,
  DeviationRule,
  FIRST_CLOCKS,
  SEVERITIES,
  SOON_SHARE,
  Source,
} from '@app/shared';
import { z } from 'zod';
import { TokenMay } from '../access/guard.js';
import { Clock } from '../platform/clock.js';
import { EPISODE_MS } from './alert.rules.js';
import { DeviationBook } from './deviation-book.repository.js';
import { DOOR } from './door-silence.rules.js';
import { SurgeDetector } from './surge-detector.js';
import { SURGE } from './surge.rules.js';

const Minutes = z.partialRecord(z.enum(SEVERITIES.map(String)), z.number());
const Method = z.object({
  rules: z.object({
    clock: z.object({ limitMinutes: z.partialRecord(z.enum(CLOCK_STAGES), Minutes), soonShare: z.number() }),
    surge: z.object({
      windowHours: z.number(),
      historyWeeks: z.number(),
      leastObserved: z.number(),
      chanceBelow: z.number(),
      graveChanceBelow: z.number(),
      priorCases: z.number(),
      priorWeeks: z.number(),
      sources: z.array(Source),
      episodeHours: z.number(),
      /** `no-history`: the rule cannot say anything, which is not the same as nothing to say. */
      status: z.enum(['active', 'no-history']),
    }),
    deviation: z.object({ rules: z.array(DeviationRule) }),
    door: z.object({
      silentSeconds: z.number(),
      togetherSeconds: z.number(),
      aliveSeconds: z.number(),
      leastDevices: z.number(),
      leastTeams: z.number(),
      leastShare: z.number(),
    }),
  }),
  historyDays: z.number(),
});
type Method = z.infer<typeof Method>;

/** How alerts come about: every rule with its parameters, and how much history it has to stand on. */
@Controller('api/risk')
export class MethodController {
  constructor(
    private readonly detector: SurgeDetector,
    private readonly book: DeviationBook,
    private readonly clock: Clock,
  ) {}

  @Get('method')
  @ApiOkResponse({ standardSchema: Method })
  @TokenMay('read')
  async method(): Promise<Method> {
    const historyDays = await this.detector.historyDays(this.clock.now());
    const status = historyDays > 0 ? 'active' : 'no-history';
    const { rules } = await this.book.read();
    return {
      rules: {
        clock: { limitMinutes: FIRST_CLOCKS, soonShare: SOON_SHARE },
        surge: { ...SURGE, sources: [...CITIZEN_SOURCES], episodeHours: EPISODE_MS / 3_600_000, status },
        deviation: { rules },
        door: DOOR,
      },
      historyDays,
    };
  }
}
