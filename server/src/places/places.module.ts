// In: polygons of centres and grids, key sites, changes of the tree. Out: which centre and grid a point lies in, in
// well under a microsecond, and the geometry that screens draw.
// Never: a guess for a point outside; a right (that is the tree's); a division code read as a tree.
import { Global, Module } from '@nestjs/common';
import { BasemapController } from './basemap.controller.js';
import { PlaceController } from './place.controller.js';
import { PlaceRepository } from './place.repository.js';
import { Places } from './places.js';

@Global()
@Module({
  controllers: [BasemapController, PlaceController],
  providers: [PlaceRepository, Places],
  exports: [PlaceRepository, Places],
})
export class PlacesModule {}
