// Every route and who answers it. The type proves that none is missing.
import type { Handlers } from './http/world.ts'
import type { World } from './http/world-options.ts'
import { appealHandlers } from './modules/appeal/index.ts'
import { applicationHandlers } from './modules/application/index.ts'
import { archiveHandlers } from './modules/archive/index.ts'
import { attachmentHandlers } from './modules/attachment/index.ts'
import { auditHandlers } from './modules/audit/index.ts'
import { bulkHandlers } from './modules/bulk/index.ts'
import { capacityHandlers } from './modules/capacity/index.ts'
import { disputeHandlers } from './modules/dispute/index.ts'
import { statementHandlers } from './modules/statement/index.ts'
import { clawbackHandlers } from './modules/clawback/index.ts'
import { conflictHandlers } from './modules/conflict/index.ts'
import { delegationHandlers } from './modules/delegation/index.ts'
import { credentialHandlers } from './modules/credential/index.ts'
import { disclosureHandlers } from './modules/disclosure/index.ts'
import { documentsHandlers } from './modules/documents/index.ts'
import { engagementHandlers } from './modules/engagement/index.ts'
import { expertHandlers } from './modules/expert/index.ts'
import { fundHandlers } from './modules/fund/index.ts'
import { imprestHandlers } from './modules/imprest/index.ts'
import { identityHandlers } from './modules/identity/index.ts'
import { importHandlers } from './modules/imports/index.ts'
import { marketHandlers } from './modules/market/index.ts'
import { messageHandlers } from './modules/message/index.ts'
import { meteringHandlers } from './modules/metering/index.ts'
import { partyHandlers } from './modules/party/index.ts'
import { policyHandlers } from './modules/policy/index.ts'
import { poolHandlers } from './modules/pool/index.ts'
import { projectHandlers } from './modules/project/index.ts'
import { roundHandlers } from './modules/round/index.ts'
import { serviceHandlers } from './modules/service/index.ts'
import { sealHandlers } from './modules/seal/index.ts'
import { searchHandlers } from './modules/search/index.ts'
import { stampHandlers } from './modules/stamp/index.ts'
import { rectificationHandlers, settlementHandlers, treasuryHandlers } from './modules/settlement/index.ts'
import { siteHandlers } from './modules/site/index.ts'
import { sweepHandlers } from './modules/sweep/index.ts'
import { takeOverHandlers } from './modules/take-over/index.ts'
import { tradePaperHandlers } from './modules/trade-paper/index.ts'
import { unmaskingHandlers } from './modules/unmasking/index.ts'
import { viewHandlers } from './modules/view/index.ts'
import { voucherHandlers } from './modules/voucher/index.ts'

export function allHandlers(world: World): Handlers {
  return {
    ...identityHandlers(world),
    ...siteHandlers(world),
    ...stampHandlers(world),
    ...partyHandlers(),
    ...importHandlers(world),
    ...policyHandlers(world),
    ...poolHandlers(world),
    ...fundHandlers(world),
    ...imprestHandlers(world),
    ...capacityHandlers(),
    ...roundHandlers(world),
    ...takeOverHandlers(world),
    ...applicationHandlers(world),
    ...attachmentHandlers(world),
    ...sweepHandlers(world),
    ...appealHandlers(world),
    ...conflictHandlers(),
    ...delegationHandlers(world),
    ...engagementHandlers(world),
    ...expertHandlers(world),
    ...disclosureHandlers(world),
    ...projectHandlers(world),
    ...serviceHandlers(world),
    ...marketHandlers(world),
    ...voucherHandlers(world),
    ...credentialHandlers(world),
    ...meteringHandlers(world),
    ...settlementHandlers(world),
    ...tradePaperHandlers(world),
    ...clawbackHandlers(world),
    ...disputeHandlers(world),
    ...statementHandlers(),
    ...rectificationHandlers(world),
    ...treasuryHandlers(world),
    ...documentsHandlers(world),
    ...archiveHandlers(world),
    ...auditHandlers(world),
    ...sealHandlers(world),
    ...messageHandlers(world),
    ...bulkHandlers(world),
    ...searchHandlers(world),
    ...unmaskingHandlers(world),
    ...viewHandlers(world),
  }
}
