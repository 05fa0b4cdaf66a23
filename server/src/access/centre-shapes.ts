import { Injectable } from '@nestjs/common';
import type { Area, CentreId } from '@app/shared';

export type ShapeOf = (centre: CentreId) => Promise<Area | null>;

/** Where the shapes of centres are asked for; the folder of places fills it. */
@Injectable()
export class CentreShapes {
  #shapeOf: ShapeOf = () => Promise.resolve(null);

  registerGeometry(shapeOf: ShapeOf): void {
    this.#shapeOf = shapeOf;
  }

  of(centre: CentreId): Promise<Area | null> {
    return this.#shapeOf(centre);
  }
}
