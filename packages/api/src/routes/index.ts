// The route table: every call the platform answers, in the order of a voucher's life.
import { appealRoutes } from './appeal.ts'
import { applicationRoutes } from './application.ts'
import { archiveRoutes } from './archive.ts'
import { attachmentRoutes } from './attachment.ts'
import { auditLedgerRoutes } from './audit-ledger.ts'
import { auditRoutes } from './audit.ts'
import { bulkRoutes } from './bulk.ts'
import { capacityRoutes } from './capacity.ts'
import { clawbackRoutes } from './clawback.ts'
import { disputeRoutes } from './dispute.ts'
import { statementRoutes } from './statement.ts'
import { conflictRoutes } from './conflict.ts'
import { contractRoutes } from './contract.ts'
import { delegationRoutes } from './delegation.ts'
import { deductionRoutes } from './deduction.ts'
import { disclosureRoutes } from './disclosure.ts'
import { documentsRoutes } from './documents.ts'
import { examinationRoutes } from './examination.ts'
import { engagementRoutes } from './engagement.ts'
import { expertRoutes } from './expert.ts'
import { identityRoutes } from './identity.ts'
import { imprestRoutes } from './imprest.ts'
import { impactRoutes } from './impact.ts'
import { importRoutes } from './imports.ts'
import { leaveRoutes } from './leave.ts'
import { marketRoutes } from './market.ts'
import { offerRoutes } from './offer.ts'
import { measureRoutes } from './measure.ts'
import { messageRoutes } from './message.ts'
import { meteringRoutes } from './metering.ts'
import { usageEventRoutes } from './usage-events.ts'
import { usageRecordRoutes } from './usage-record.ts'
import { overdueRoutes } from './overdue.ts'
import { partyRoutes } from './party.ts'
import { peopleRoutes } from './people.ts'
import { policyRoutes } from './policy.ts'
import { fundRoutes } from './fund.ts'
import { poolRoutes } from './pool.ts'
import { projectRoutes } from './project.ts'
import { programmeRoutes } from './programme.ts'
import { programmeProposalRoutes } from './programme-proposal.ts'
import { rectificationRoutes } from './rectification.ts'
import { serviceRoutes } from './service.ts'
import { credentialRoutes } from './credential.ts'
import { sealRoutes } from './seal.ts'
import { stampRoutes } from './stamp.ts'
import { roundRoutes } from './round.ts'
import { searchRoutes } from './search.ts'
import { settlementRoutes } from './settlement.ts'
import { siteRoutes } from './site.ts'
import { sweepRoutes } from './sweep.ts'
import { takeOverRoutes } from './take-over.ts'
import { tradePaperRoutes } from './trade-paper.ts'
import { treasuryRoutes } from './treasury.ts'
import { unmaskingRoutes } from './unmasking.ts'
import { viewRoutes } from './view.ts'
import { voucherRoutes } from './voucher.ts'

export const routes = {
  ...identityRoutes,
  ...peopleRoutes,
  ...leaveRoutes,
  ...siteRoutes,
  ...stampRoutes,
  ...partyRoutes,
  ...importRoutes,
  ...policyRoutes,
  ...poolRoutes,
  ...fundRoutes,
  ...imprestRoutes,
  ...capacityRoutes,
  ...roundRoutes,
  ...takeOverRoutes,
  ...programmeRoutes,
  ...impactRoutes,
  ...programmeProposalRoutes,
  ...applicationRoutes,
  ...sweepRoutes,
  ...examinationRoutes,
  ...archiveRoutes,
  ...attachmentRoutes,
  ...appealRoutes,
  ...conflictRoutes,
  ...delegationRoutes,
  ...overdueRoutes,
  ...engagementRoutes,
  ...expertRoutes,
  ...disclosureRoutes,
  ...projectRoutes,
  ...serviceRoutes,
  ...marketRoutes,
  ...offerRoutes,
  ...measureRoutes,
  ...voucherRoutes,
  ...meteringRoutes,
  ...usageEventRoutes,
  ...usageRecordRoutes,
  ...contractRoutes,
  ...settlementRoutes,
  ...tradePaperRoutes,
  ...treasuryRoutes,
  ...auditLedgerRoutes,
  ...deductionRoutes,
  ...clawbackRoutes,
  ...disputeRoutes,
  ...statementRoutes,
  ...rectificationRoutes,
  ...documentsRoutes,
  ...auditRoutes,
  ...credentialRoutes,
  ...sealRoutes,
  ...messageRoutes,
  ...bulkRoutes,
  ...searchRoutes,
  ...unmaskingRoutes,
  ...viewRoutes,
} as const

export type Routes = typeof routes
export type RouteName = keyof Routes

export { applicationStates, documentKinds } from './application.ts'
export { archiveCategories, archiveKindNames, archiveStates, disposalStates, paperKinds } from './archive.ts'
export {
  engagementStates,
  inspectedThings,
  inspectionStates,
  inspectionTasks,
  inspectionVerdicts,
} from './engagement.ts'
export { opinionStates, panelStates } from './expert.ts'
export { legs } from './evidence.ts'
export { serviceGrades, serviceSteps } from './service.ts'
export { deliveryStates } from './message.ts'
export { BULK_MOST } from './bulk.ts'
export { searchKinds } from './search.ts'
export { unmaskable, unmaskingPurposes } from './unmasking.ts'
export { disputeStates } from './dispute.ts'
export { clawbackStates, recoveryKinds } from './clawback.ts'
export { projectStates, selectionPlaces, selectionStates } from './project.ts'
export { rectificationStates } from './rectification.ts'
export { batchStates } from './payment-batch.ts'
export { claimStates } from './settlement.ts'
export { takeOverStates } from './take-over.ts'
export { answerOutcomes, paperFileKinds, paperStandings, tradePaperKinds } from './trade-paper.ts'
export { voucherStates } from './voucher.ts'
