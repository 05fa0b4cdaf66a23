import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { PlaceList, PlaceQuery } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { PlaceFinder } from './place-finder.js';

@Controller('api/places')
@Needs('duty', 'commander', 'staff')
export class PlaceFinderController {
  constructor(private readonly finder: PlaceFinder) {}

  /** Places of the own subtree by name: sites, villages, centres, roads, crossings, grids, and those of earlier reports. */
  @Get()
  @ApiOkResponse({ standardSchema: PlaceList })
  async find(@Query({ schema: PlaceQuery }) query: PlaceQuery, @SignedIn() by: Caller): Promise<PlaceList> {
    return { items: await this.finder.find(query, by) };
  }
}
