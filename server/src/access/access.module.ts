// In: cookies, tokens, passwords, the rows of the tree. Out: who asks, what they may see and do, who must be cut off.
// Never: a word to a screen or to the journal (access writes audit); a secret in clear; a right that is not
// `seenBy`, a subtree, a role or a token's scope.
import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Access } from './access.js';
import { Audiences } from './audiences.js';
import { Audit } from './audit.js';
import { CentreTree } from './centre-tree.js';
import { Credentials } from './credentials.js';
import { CutFeed } from './cut-feed.schedule.js';
import { AccessGuard } from './guard.js';
import { Idempotency } from './idempotency.js';

@Global()
@Module({
  providers: [
    Access,
    Audiences,
    Audit,
    CentreTree,
    Credentials,
    CutFeed,
    Idempotency,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Access, Audiences, Audit, CentreTree, Idempotency],
})
export class AccessModule {}
