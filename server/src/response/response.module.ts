// In: an incident that the caller may read, the teams that the caller sees, where they were last. Out: who could go,
// how far and how long by which method, what their home keeps, and why the others cannot.
// Never: a dispatch; an order to armed police; a team that the caller does not see.
import { Module } from '@nestjs/common';
import { IncidentsModule } from '../incidents/incidents.module.js';
import { TeamsModule } from '../teams/teams.module.js';
import { CandidatesQuery } from './candidates.query.js';
import { ResponseController } from './response.controller.js';

@Module({
  imports: [IncidentsModule, TeamsModule],
  controllers: [ResponseController],
  providers: [CandidatesQuery],
})
export class ResponseModule {}
