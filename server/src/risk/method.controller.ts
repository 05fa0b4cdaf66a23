import { Controller, Get } from '@nestjs/common';
import { CITIZEN_SOURCES, FIRST_CLOCKS, SOON_SHARE } from '@app/shared';
import { TokenMay } from '../access/guard.js';
import { Clock } from '../platform/clock.js';
import { EPISODE_MS } from './alert.rules.js';
import { SurgeDetector } from './surge-detector.js';
import { SURGE } from './surge.rules.js';

interface Method {
  readonly rules: {
    readonly clock: { readonly limitMinutes: typeof FIRST_CLOCKS; readonly soonShare: number };
    readonly surge: typeof SURGE & {
      readonly sources: readonly string[];
      readonly episodeHours: number;
      /** `no-history`: the rule cannot say anything, which is not the same as nothing to say. */
      readonly status: 'active' | 'no-history';
    };
  };
  readonly historyDays: number;
}

/** How alerts come about: every rule with its parameters, and how much history it has to stand on. */
@Controller('api/risk')
export class MethodController {
  constructor(
    private readonly detector: SurgeDetector,
    private readonly clock: Clock,
  ) {}

  @Get('method')
  @TokenMay('read')
  async method(): Promise<Method> {
    const historyDays = await this.detector.historyDays(this.clock.now());
    const status = historyDays > 0 ? 'active' : 'no-history';
    return {
      rules: {
        clock: { limitMinutes: FIRST_CLOCKS, soonShare: SOON_SHARE },
        surge: { ...SURGE, sources: CITIZEN_SOURCES, episodeHours: EPISODE_MS / 3_600_000, status },
      },
      historyDays,
    };
  }
}
