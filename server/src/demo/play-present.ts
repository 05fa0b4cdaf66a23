import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { SettingRepository } from '../access/setting.repository.js';
import { Database } from '../platform/database.js';
import { PRESENT_KEY } from './load-demo.js';
import { PresentCast } from './present-cast.js';
import { DeskDeeds, tellInstructions, tellShifts } from './present-desk.js';
import { tellBetweenCentres, tellSupervised } from './present-between.js';
import { tellEnded, tellHandling, tellWaiting } from './present-incidents.js';
import { PresentPatrol } from './present-patrol.js';
import { IncidentDeeds, Story } from './present-story.js';

const Wanted = z.object({ at: z.number() }).nullable();

/**
 * Gives a demo city that has just been loaded its last hours: shifts, a handover, instructions, patrols, an incident in
 * each state. Before anybody can come in, and before any due time fires. What was cut short is played again: a thing that
 * was done already answers as it did then.
 */
@Injectable()
export class PlayPresent implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly settings: SettingRepository,
    private readonly cast: PresentCast,
    private readonly incidents: IncidentDeeds,
    private readonly desk: DeskDeeds,
    private readonly patrol: PresentPatrol,
  ) {}

  async onModuleInit(): Promise<void> {
    const wanted = await this.settings.read(PRESENT_KEY, Wanted, null);
    if (!wanted) return;
    const cast = await this.cast.gather();
    const story = new Story(wanted.at, this.incidents);
    tellShifts(story, cast, this.desk);
    for (const tell of [tellWaiting, tellHandling, tellEnded, tellBetweenCentres, tellSupervised])
      tell(story, cast);
    tellInstructions(story, cast, this.desk);
    await this.patrol.tell(story, cast);
    await story.play();
    await this.database.query('delete from setting where key = $1', [PRESENT_KEY]);
  }
}
