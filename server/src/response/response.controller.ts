import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Candidates, Id } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { TokenMay } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { CandidatesQuery } from './candidates.query.js';

@Controller('api/incidents')
export class ResponseController {
  constructor(private readonly candidates: CandidatesQuery) {}

  /** Teams that the caller sees, with how far they have to go or why they cannot. */
  @Get(':id/candidates')
  @ApiOkResponse({ standardSchema: Candidates })
  @TokenMay('read')
  list(@Param('id', { schema: Id }) id: Id, @SignedIn() by: Caller): Promise<Candidates> {
    return this.candidates.of(id, by);
  }
}
