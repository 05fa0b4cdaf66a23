import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TextErasureSchedule } from '../clocks/text-erasure.schedule.js';
import { DESK_TEXTS, DeskTextsRepository, SERVED_TEXTS } from './desk-texts.repository.js';

/** Erases words of logs, instructions and handovers by time. */
@Injectable()
export class DeskErasureSchedule implements OnModuleInit {
  constructor(
    private readonly erasures: TextErasureSchedule,
    private readonly texts: DeskTextsRepository,
  ) {}

  onModuleInit(): void {
    for (const kind of DESK_TEXTS)
      this.erasures.keep({
        kind: `${kind}.text-erasure`,
        served: SERVED_TEXTS[kind],
        erase: async (tx, id, { now }) =>
          (await this.texts.isServed(tx, kind, id)) && this.texts.erase(tx, kind, id, now),
      });
  }
}
