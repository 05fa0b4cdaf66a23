import { CreateJournal1764000001000 } from './1764000001000-create-journal.js';
import { CreateAccess1764000002000 } from './1764000002000-create-access.js';
import { CreatePlaces1764000003000 } from './1764000003000-create-places.js';
import { CreateClocks1764000004000 } from './1764000004000-create-clocks.js';
import { CreateTeams1764000005000 } from './1764000005000-create-teams.js';
import { CreateTracks1764000006000 } from './1764000006000-create-tracks.js';
import { CreateIncidents1764000007000 } from './1764000007000-create-incidents.js';
import { CreateAlerts1764000008000 } from './1764000008000-create-alerts.js';
import { CreateDemo1764000009000 } from './1764000009000-create-demo.js';
import { CreateIncidentWords1764000020000 } from './1764000020000-create-incident-words.js';
import { CreateDuty1764000021000 } from './1764000021000-create-duty.js';
import { CreateInstructions1764000022000 } from './1764000022000-create-instructions.js';
import { CreateActionCards1764000023000 } from './1764000023000-create-action-cards.js';
import { LockPictureByKey1764000031000 } from './1764000031000-lock-picture-by-key.js';
import { CreateSavedFilters1764000041000 } from './1764000041000-create-saved-filters.js';
import { CreateEvidence1764000042000 } from './1764000042000-create-evidence.js';
import { CreateReports1764000043000 } from './1764000043000-create-reports.js';
import { CreateCallers1764000044000 } from './1764000044000-create-callers.js';
import { AddCourse1764000050000 } from './1764000050000-add-course.js';
import { AppendByIndex1764000051000 } from './1764000051000-append-by-index.js';
import { CreateClockRules1764000060000 } from './1764000060000-create-clock-rules.js';
import { AddMerge1764000061000 } from './1764000061000-add-merge.js';
import { AddLabel1764000070000 } from './1764000070000-add-label.js';
import { EraseTexts1764000070100 } from './1764000070100-erase-texts.js';
import { AddAbbreviations1764000071001 } from './1764000071001-add-abbreviations.js';
import { AddReportClocks1764000071002 } from './1764000071002-add-report-clocks.js';
import { KeepFlaggedFixes1764000073001 } from './1764000073001-keep-flagged-fixes.js';
import { AddTerminals1764000073002 } from './1764000073002-add-terminals.js';
import { CreateEmergencyPresses1764000073003 } from './1764000073003-create-emergency-presses.js';
import { CreateDeviceMessages1764000073004 } from './1764000073004-create-device-messages.js';
import { AddTeamOutfit1764000074001 } from './1764000074001-add-team-outfit.js';
import { CreatePatrolShifts1764000074002 } from './1764000074002-create-patrol-shifts.js';
import { CreateForceRequests1764000074003 } from './1764000074003-create-force-requests.js';
import { CreatePatrolGround1764000076001 } from './1764000076001-create-patrol-ground.js';
import { CreateVisits1764000076002 } from './1764000076002-create-visits.js';
import { CreateSos1764000077000 } from './1764000077000-create-sos.js';
import { AddHandhelds1764000078000 } from './1764000078000-add-handhelds.js';
import { AddReporterTeam1764000078001 } from './1764000078001-add-reporter-team.js';
import { AddPointKind1764000079000 } from './1764000079000-add-point-kind.js';
import { IndexReceived1764000080001 } from './1764000080001-index-received.js';
import { KeepTracksByForce1764000080002 } from './1764000080002-keep-tracks-by-force.js';
import { AddDeviations1764000081001 } from './1764000081001-add-deviations.js';
import { CountImports1764000082000 } from './1764000082000-count-imports.js';
import { CreateDutyEquipment1764000083000 } from './1764000083000-create-duty-equipment.js';
import { IndexContests1764000084000 } from './1764000084000-index-contests.js';
import { KeepReportWarnings1764000085000 } from './1764000085000-keep-report-warnings.js';
import { IndexCheckIns1764000087000 } from './1764000087000-index-check-ins.js';
import { AddDoorSilence1764000088000 } from './1764000088000-add-door-silence.js';
import { AddDepartments1764000099000 } from './1764000099000-add-departments.js';
import { PurgeVisitTimes1764000100000 } from './1764000100000-purge-visit-times.js';
import { TellPlacesByHandheld1764000101000 } from './1764000101000-tell-places-by-handheld.js';
import { IndexDoors1764000103000 } from './1764000103000-index-doors.js';
import { KeepLiftReasons1764000104000 } from './1764000104000-keep-lift-reasons.js';
import { IndexSharedTeams1764000106000 } from './1764000106000-index-shared-teams.js';

/** Every migration, in order. Classes, not a glob: a glob breaks under the test runner. */
export const migrations = [
  CreateJournal1764000001000,
  CreateAccess1764000002000,
  CreatePlaces1764000003000,
  CreateClocks1764000004000,
  CreateTeams1764000005000,
  CreateTracks1764000006000,
  CreateIncidents1764000007000,
  CreateAlerts1764000008000,
  CreateDemo1764000009000,
  CreateIncidentWords1764000020000,
  CreateDuty1764000021000,
  CreateInstructions1764000022000,
  CreateActionCards1764000023000,
  LockPictureByKey1764000031000,
  CreateSavedFilters1764000041000,
  CreateEvidence1764000042000,
  CreateReports1764000043000,
  CreateCallers1764000044000,
  AddCourse1764000050000,
  AppendByIndex1764000051000,
  CreateClockRules1764000060000,
  AddMerge1764000061000,
  AddLabel1764000070000,
  EraseTexts1764000070100,
  AddAbbreviations1764000071001,
  AddReportClocks1764000071002,
  KeepFlaggedFixes1764000073001,
  AddTerminals1764000073002,
  CreateEmergencyPresses1764000073003,
  CreateDeviceMessages1764000073004,
  AddTeamOutfit1764000074001,
  CreatePatrolShifts1764000074002,
  CreateForceRequests1764000074003,
  CreatePatrolGround1764000076001,
  CreateVisits1764000076002,
  CreateSos1764000077000,
  AddHandhelds1764000078000,
  AddReporterTeam1764000078001,
  AddPointKind1764000079000,
  IndexReceived1764000080001,
  KeepTracksByForce1764000080002,
  AddDeviations1764000081001,
  CountImports1764000082000,
  CreateDutyEquipment1764000083000,
  IndexContests1764000084000,
  KeepReportWarnings1764000085000,
  IndexCheckIns1764000087000,
  AddDoorSilence1764000088000,
  AddDepartments1764000099000,
  PurgeVisitTimes1764000100000,
  TellPlacesByHandheld1764000101000,
  IndexDoors1764000103000,
  KeepLiftReasons1764000104000,
  IndexSharedTeams1764000106000,
] as const;
