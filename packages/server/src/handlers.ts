// Every route and who answers it. The type proves that none is missing.
import type { Handlers } from './http/world.ts'
import type { World } from './http/world-options.ts'
import { applicationHandlers } from './modules/application/handlers.ts'
import { attachmentHandlers } from './modules/attachment/handlers.ts'
import { auditHandlers } from './modules/audit/handlers.ts'
import { disclosureHandlers } from './modules/disclosure/handlers.ts'
import { identityHandlers } from './modules/identity/handlers.ts'
import { meteringHandlers } from './modules/metering/handlers.ts'
import { partyHandlers } from './modules/party/handlers.ts'
import { policyHandlers } from './modules/policy/handlers.ts'
import { settlementHandlers } from './modules/settlement/handlers.ts'
import { voucherHandlers } from './modules/voucher/handlers.ts'

export function allHandlers(world: World): Handlers {
  return {
    ...identityHandlers(world),
    ...partyHandlers(world),
    ...policyHandlers(world),
    ...applicationHandlers(world),
    ...attachmentHandlers(world),
    ...disclosureHandlers(world),
    ...voucherHandlers(world),
    ...meteringHandlers(),
    ...settlementHandlers(world),
    ...auditHandlers(world),
  }
}
