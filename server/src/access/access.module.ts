// In: cookies, tokens, passwords, the rows of the tree. Out: who asks, what they may see and do, who must be cut off.
// Never: a word to a screen or to the journal (access writes audit); a secret in clear; a right that is not
// `seenBy`, a subtree, a role or a token's scope.
import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Access } from './access.js';
import { AccountController } from './account.controller.js';
import { AccountDesk } from './account-desk.js';
import { AccountDirectory } from './account-directory.js';
import { AccountRepository } from './account.repository.js';
import { Audiences } from './audiences.js';
import { Audit } from './audit.js';
import { AuditController } from './audit.controller.js';
import { AuditReader } from './audit-reader.js';
import { CentreController } from './centre.controller.js';
import { CentreLists } from './centre-lists.js';
import { CentreShapes } from './centre-shapes.js';
import { CentreTree } from './centre-tree.js';
import { ChangeAccount } from './change-account.js';
import { Countersign } from './countersign.js';
import { CreateAccount } from './create-account.js';
import { Credentials } from './credentials.js';
import { CutFeed } from './cut-feed.schedule.js';
import { DemoAccounts } from './demo-accounts.js';
import { EndHandhelds } from './end-handhelds.js';
import { ErasureBook } from './erasure-book.js';
import { AccessGuard } from './guard.js';
import { Idempotency } from './idempotency.js';
import { LockoutRepository } from './lockout.repository.js';
import { MetricsController } from './metrics.controller.js';
import { Passwords } from './passwords.js';
import { Presence } from './presence.js';
import { Proof } from './proof.js';
import { ProveAccount } from './prove-account.js';
import { Purge } from './purge.schedule.js';
import { ReadAudit } from './read-audit.js';
import { SessionController } from './session.controller.js';
import { SessionDesk } from './session-desk.js';
import { SessionRepository } from './session.repository.js';
import { SettingRepository } from './setting.repository.js';
import { SettingsController } from './settings.controller.js';
import { SetupLink } from './setup-link.js';
import { SignIn } from './sign-in.js';
import { SignInDemo } from './sign-in-demo.js';
import { SimulatorAccount } from './simulator-account.js';
import { TokenCache } from './token-cache.js';
import { TokenController } from './token.controller.js';
import { TokenDesk } from './token-desk.js';

const OWN = [
  AccountDesk,
  AccountDirectory,
  AccountRepository,
  AuditReader,
  ChangeAccount,
  Credentials,
  CutFeed,
  LockoutRepository,
  Passwords,
  Presence,
  Proof,
  ProveAccount,
  Purge,
  SessionDesk,
  SessionRepository,
  SignIn,
  SignInDemo,
  SimulatorAccount,
  TokenCache,
];
const FOR_ALL = [
  Access,
  Audiences,
  Audit,
  CentreLists,
  CentreShapes,
  CentreTree,
  Countersign,
  CreateAccount,
  DemoAccounts,
  EndHandhelds,
  ErasureBook,
  Idempotency,
  ReadAudit,
  SettingRepository,
  SetupLink,
  TokenDesk,
];

@Global()
@Module({
  controllers: [
    AccountController,
    AuditController,
    CentreController,
    MetricsController,
    SessionController,
    SettingsController,
    TokenController,
  ],
  providers: [...OWN, ...FOR_ALL, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: FOR_ALL,
})
export class AccessModule {}
