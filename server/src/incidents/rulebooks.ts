import { Inject, Injectable } from '@nestjs/common';
import { CentreTree } from '../access/centre-tree.js';
import { CONFIG, type Config } from '../platform/config.js';
import { firstBook, type Rulebook } from './rulebook.js';

/** The book that rules decide by, as it stands now. */
@Injectable()
export class Rulebooks {
  constructor(
    private readonly tree: CentreTree,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async current(): Promise<Rulebook> {
    return firstBook(this.tree, this.config.timeZone);
  }
}
