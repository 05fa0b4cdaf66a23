import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { Account, AccountChange, AccountDraft, Id, Login, pageOf } from '@app/shared';
import { z } from 'zod';
import { Database } from '../platform/database.js';
import { AccountDirectory } from './account-directory.js';
import type { Caller } from './caller.js';
import { AccountChanged, ChangeAccount } from './change-account.js';
import { Needs } from './guard.js';
import { Idempotency, IdempotencyKey } from './idempotency.js';
import { SignedIn } from './signed-in.js';

const AccountQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: Login.optional(),
});
type AccountQuery = z.infer<typeof AccountQuery>;

@Controller('api/accounts')
@Needs('admin')
export class AccountController {
  constructor(
    private readonly directory: AccountDirectory,
    private readonly change: ChangeAccount,
    private readonly idempotency: Idempotency,
    private readonly database: Database,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(Account) })
  list(
    @Query({ schema: AccountQuery }) { limit, cursor }: AccountQuery,
    @SignedIn() caller: Caller,
  ): Promise<{ items: Account[]; next: string | null }> {
    return this.directory.list(caller, { after: cursor, limit });
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: Account })
  create(
    @Body({ schema: AccountDraft }) draft: AccountDraft,
    @SignedIn() caller: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Account> {
    return this.database.transaction((tx) =>
      this.idempotency.once(tx, caller, { key, route: 'POST /api/accounts', body: draft }, () =>
        this.directory.create(tx, draft, caller),
      ),
    );
  }

  @Patch(':id')
  @ApiOkResponse({ standardSchema: AccountChanged })
  alter(
    @Param('id', { schema: Id }) id: Id,
    @Body({ schema: AccountChange }) change: AccountChange,
    @SignedIn() caller: Caller,
  ): Promise<AccountChanged> {
    return this.database.transaction((tx) => this.change.run(tx, id, change, caller));
  }
}
