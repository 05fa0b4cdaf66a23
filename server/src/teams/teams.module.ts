// In: who makes and changes teams and a centre's departments, what incidents do to them, calls for help. Out: team rows, `team.*` and `sos.*`
// facts, the device book.
// Never: a name of a person; a status set by hand while an assignment is open; a deleted team. Where a team is comes
// from positions, which stands below, through the port `LastFixes`.
import { Module, type OnModuleInit } from '@nestjs/common';
import { Access } from '../access/access.js';
import { Audiences } from '../access/audiences.js';
import { CentreTree } from '../access/centre-tree.js';
import { Tailer } from '../journal/tailer.js';
import { CallSos } from './call-sos.js';
import { ChangeTeam } from './change-team.js';
import { CreateTeam } from './create-team.js';
import { DepartmentController } from './department.controller.js';
import { DeviceBook } from './device-book.js';
import { DeviceDesk } from './device-desk.js';
import { DeviceSeen } from './device-seen.js';
import { DeviceController } from './device.controller.js';
import { DeviceMessageController } from './device-message.controller.js';
import { DeviceMessageRepository } from './device-message.repository.js';
import { DeviceRepository } from './device.repository.js';
import { EmergencyButton } from './emergency-button.js';
import { EnrolHandheld } from './enrol-handheld.js';
import { EnrolTerminal } from './enrol-terminal.js';
import { LastFixes } from './last-fixes.js';
import { LinkTerminal } from './link-terminal.js';
import { NoteTakenOver } from './note-taken-over.js';
import { RegisterDevice } from './register-device.js';
import { RegisterDevices } from './register-devices.js';
import { ReleaseController } from './release.controller.js';
import { ReleaseRepository } from './release.repository.js';
import { RevokeDevice } from './revoke-device.js';
import { RotateDevice } from './rotate-device.js';
import { SendDeviceMessage } from './send-device-message.js';
import { SosController } from './sos.controller.js';
import { SosDesk } from './sos-desk.js';
import { SosPlaces } from './sos-places.js';
import { SosRepository } from './sos.repository.js';
import { SosSchedule } from './sos.schedule.js';
import { StepSos } from './step-sos.js';
import { SetRelease } from './set-release.js';
import { TeamController } from './team.controller.js';
import { TeamDesk } from './team-desk.js';
import { TeamLookup } from './team-lookup.js';
import { TeamRepository } from './team.repository.js';

@Module({
  controllers: [
    DepartmentController,
    TeamController,
    DeviceController,
    DeviceMessageController,
    SosController,
    ReleaseController,
  ],
  providers: [
    CallSos,
    ChangeTeam,
    CreateTeam,
    DeviceBook,
    DeviceDesk,
    DeviceMessageRepository,
    DeviceRepository,
    DeviceSeen,
    EmergencyButton,
    EnrolHandheld,
    EnrolTerminal,
    LastFixes,
    LinkTerminal,
    NoteTakenOver,
    RegisterDevice,
    RegisterDevices,
    ReleaseRepository,
    RevokeDevice,
    SetRelease,
    RotateDevice,
    SendDeviceMessage,
    SosDesk,
    SosPlaces,
    SosRepository,
    SosSchedule,
    StepSos,
    TeamDesk,
    TeamLookup,
    TeamRepository,
  ],
  exports: [
    DeviceBook,
    DeviceMessageRepository,
    DeviceSeen,
    EmergencyButton,
    EnrolHandheld,
    EnrolTerminal,
    LastFixes,
    LinkTerminal,
    NoteTakenOver,
    TeamDesk,
    TeamLookup,
    TeamRepository,
    ReleaseRepository,
  ],
})
export class TeamsModule implements OnModuleInit {
  constructor(
    private readonly access: Access,
    private readonly audiences: Audiences,
    private readonly tree: CentreTree,
    private readonly tailer: Tailer,
    private readonly teams: TeamRepository,
    private readonly calls: SosRepository,
  ) {}

  onModuleInit(): void {
    this.access.registerScopeHomes((scope) => this.homeOf(scope));
    this.audiences.registerParties('team', (tx, ids) => this.teams.partiesOf(tx, ids));
    this.audiences.registerRewrite((tx, tree) => this.teams.rewriteAudiences(tx, tree));
    this.audiences.registerParties('sos', (tx, ids) =>
      this.calls.partiesOf(tx, ids, (teams) => this.teams.partiesOf(tx, teams)),
    );
    // After the teams: a call is seen by whom its team is seen by.
    this.audiences.registerRewrite((tx) => this.calls.rewriteAudiences(tx));
  }

  /** Every open team is in the root's picture, which every process holds. */
  private homeOf(scope: string): string | undefined {
    const root = this.tree.root();
    const card = root && this.tailer.pictures.of(root.id).get('team', scope)?.card;
    return typeof card?.['centre'] === 'string' ? card['centre'] : undefined;
  }
}
