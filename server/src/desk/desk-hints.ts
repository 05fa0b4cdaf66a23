import { Injectable } from '@nestjs/common';
import { type CentreId, dutyLogTopic } from '@app/shared';
import { CentreTree } from '../access/centre-tree.js';
import { Asides } from '../platform/asides.js';

/** Tells the desks that may read a centre's log that it has changed: no word of it, not even by whom. */
@Injectable()
export class DeskHints {
  constructor(
    private readonly tree: CentreTree,
    private readonly asides: Asides,
  ) {}

  /** After the commit. A hint that is lost costs as long as a desk waits before it looks by itself. */
  logChanged(centre: CentreId): void {
    for (const scope of this.tree.lineage(centre))
      this.asides.say({ scope, topic: dutyLogTopic(centre), data: { changed: true } });
  }
}
