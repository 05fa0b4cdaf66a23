import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { Id, pageOf, Token, TokenDraft } from '@app/shared';
import { z } from 'zod';
import { Database } from '../platform/database.js';
import { showToken } from './account-view.js';
import type { Caller } from './caller.js';
import { CentreTree } from './centre-tree.js';
import { Needs } from './guard.js';
import { SignedIn } from './signed-in.js';
import { TokenDesk } from './token-desk.js';

const TokenQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: Id.optional(),
});
type TokenQuery = z.infer<typeof TokenQuery>;

const NewToken = Token.extend({ secret: z.string() });
type NewToken = z.infer<typeof NewToken>;

@Controller('api/tokens')
@Needs('admin')
export class TokenController {
  constructor(
    private readonly desk: TokenDesk,
    private readonly tree: CentreTree,
    private readonly database: Database,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(Token) })
  async list(
    @Query({ schema: TokenQuery }) { limit, cursor }: TokenQuery,
    @SignedIn() caller: Caller,
  ): Promise<{ items: Token[]; next: string | null }> {
    const centres = this.tree.subtree(caller.centre);
    const page = { before: cursor, limit: limit + 1 };
    const rows = await this.desk.page(this.database.manager, centres, page);
    const items = rows.slice(0, limit).map(showToken);
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  // No Idempotency-Key here: a kept answer would keep the secret in clear.
  @Post()
  @ApiCreatedResponse({ standardSchema: NewToken })
  async issue(
    @Body({ schema: TokenDraft }) draft: TokenDraft,
    @SignedIn() caller: Caller,
  ): Promise<NewToken> {
    const { token, secret } = await this.database.transaction((tx) => this.desk.issue(tx, caller, draft));
    return { ...showToken(token), secret };
  }

  @Delete(':id')
  @HttpCode(204)
  async revoke(@Param('id', { schema: Id }) id: Id, @SignedIn() caller: Caller): Promise<void> {
    await this.database.transaction((tx) => this.desk.revoke(tx, caller, id));
  }
}
