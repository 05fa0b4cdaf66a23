// In: polygons of centres and grids, key sites, changes of the tree. Out: which centre and grid a point lies in, in
// well under a microsecond, and the geometry that screens draw.
// Never: a guess for a point outside; a right (that is the tree's); a division code read as a tree.
import { Global, Module } from '@nestjs/common';
import { CentreShapes } from '../access/centre-shapes.js';
import { BasemapController } from './basemap.controller.js';
import { CentreChangeController } from './centre-change.controller.js';
import { CentreRepository } from './centre.repository.js';
import { ChangeCentre } from './change-centre.js';
import { ChangeTree } from './change-tree.js';
import { CreateCentre } from './create-centre.js';
import { KnownPlaces } from './known-places.js';
import { PlaceController } from './place.controller.js';
import { PlaceRepository } from './place.repository.js';
import { Places } from './places.js';
import { SetUpCity } from './set-up-city.js';

@Global()
@Module({
  controllers: [BasemapController, CentreChangeController, PlaceController],
  providers: [
    CentreRepository,
    ChangeCentre,
    ChangeTree,
    CreateCentre,
    KnownPlaces,
    PlaceRepository,
    Places,
    SetUpCity,
  ],
  exports: [KnownPlaces, PlaceRepository, Places],
})
export class PlacesModule {
  constructor(shapes: CentreShapes, rows: PlaceRepository) {
    shapes.registerGeometry((centre) => rows.areaOf(centre));
  }
}
