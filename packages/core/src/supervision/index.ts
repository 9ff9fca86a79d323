// Supervision 智能监管: reads everything, touches nothing. A world of typed tables, detectors over it, findings with their
// evidence, scores and bands. See README.md.
export {
  applicationTables,
  superviseApplication,
  type ApplicationRefusal,
  type ApplicationReport,
  type ApplicationStanding,
} from './application.ts'
export { backTest, calibratedWeights, isotonic, type BackTest, type Outcome, type Step } from './calibrate.ts'
export {
  type Clause,
  type Detector,
  type InnocentCheck,
  type Parameters,
  type Suspicion,
  type Values,
} from './detector.ts'
export {
  auditParameters,
  drawAudit,
  lossRate,
  qualityOf,
  type AuditDraw,
  type DetectorQuality,
  type LossRate,
} from './detectors/d27-random-audit.ts'
export { detectors } from './detectors/index.ts'
export { replay, type Replay, type ReplayFault } from './replay.ts'
export {
  bandOf,
  bands,
  noisyOr,
  supervise,
  type Band,
  type Evidence,
  type EvidenceRow,
  type Finding,
  type FirmScore,
  type Standing,
  type SuperviseOptions,
  type SupervisionReport,
} from './supervise.ts'
export { blankRow } from './world/blank-row.ts'
export { type Columns } from './world/columns.ts'
export {
  fileOf,
  readTable,
  readWorld,
  rowsOf,
  unknownFiles,
  writeTable,
  type StoredWorld,
  type WorldRefusal,
} from './world/files.ts'
export { danglingOf, type Dangling } from './world/references.ts'
export { tableNames, tables, type Row, type RowRef, type TableName, type World } from './world/tables.ts'
export { indexWorld, type WorldIndex } from './world/world-index.ts'
export { csvField } from './world/csv.ts'
