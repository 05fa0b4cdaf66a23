import { Injectable } from '@nestjs/common';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Fault } from '../platform/fault.js';

/** Cards hold for the whole city: they are edited at its top. */
@Injectable()
export class ActionCardGuard {
  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
  ) {}

  requireRoot(by: Caller): void {
    const root = this.tree.root()?.id;
    if (root === undefined || !this.access.mayAct(by, root))
      throw new Fault('scope.denied', { seen: by.centre, wanted: root ?? null });
  }
}
