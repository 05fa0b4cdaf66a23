// In: batches of fixes through doors. Out: tracks, answers after the commit, the fleet that frames are made of.
// Never: a fix that is shown before it is stored; a rule about who sees a team; a database on the way to a frame.
import { Module } from '@nestjs/common';
import { LastFixes } from '../teams/last-fixes.js';
import { TeamsModule } from '../teams/teams.module.js';
import { HttpDoor } from './doors/http.door.js';
import { FixGatherer } from './doors/jt808/fix-gatherer.js';
import { Jt808Door } from './doors/jt808/jt808.door.js';
import { TerminalDesk } from './doors/jt808/terminal-desk.js';
import { TerminalPost } from './doors/jt808/terminal-post.js';
import { TerminalRoll } from './doors/jt808/terminal-roll.js';
import { MqttDoor } from './doors/mqtt/mqtt.door.js';
import { SocketDoor } from './doors/socket.door.js';
import { FixBounds } from './fix-bounds.js';
import { Fleet } from './fleet.js';
import { FleetFeed } from './fleet-feed.js';
import { Grains } from './grains.js';
import { Intake } from './intake.js';
import { ShiftSpans } from './shift-spans.js';
import { TrackWriter } from './track-writer.js';
import { TracksController } from './tracks.controller.js';
import { TracksSchedule } from './tracks.schedule.js';

@Module({
  imports: [TeamsModule],
  controllers: [HttpDoor, TracksController],
  providers: [
    FixBounds,
    FixGatherer,
    Fleet,
    FleetFeed,
    Grains,
    Intake,
    Jt808Door,
    MqttDoor,
    ShiftSpans,
    SocketDoor,
    TerminalDesk,
    TerminalPost,
    TerminalRoll,
    TrackWriter,
    TracksSchedule,
  ],
  exports: [Fleet, Intake, ShiftSpans, TrackWriter],
})
export class PositionsModule {
  constructor(writer: TrackWriter, feed: FleetFeed, fleet: Fleet, lastFixes: LastFixes) {
    writer.onStored((fixes) => feed.take(fixes));
    lastFixes.provide((team) => fleet.get(team));
  }
}
