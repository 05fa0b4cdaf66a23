import { Injectable } from '@nestjs/common';
import { CentreTree } from '../access/centre-tree.js';
import { ClockBooks } from '../clocks/clock-books.js';
import type { Rulebook } from './rulebook.js';

/** The book that rules decide by, as it stands now. */
@Injectable()
export class Rulebooks {
  constructor(
    private readonly tree: CentreTree,
    private readonly books: ClockBooks,
  ) {}

  async current(): Promise<Rulebook> {
    return { ...(await this.books.current()), tree: this.tree };
  }
}
