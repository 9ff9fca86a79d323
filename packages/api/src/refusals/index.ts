// Every refusal code of the platform, in one catalogue. HTTP answers, the portal, the CLI and docs/reference are all
// made from it, so that no sentence is written twice.
import { adoption } from './adoption.ts'
import { appeal } from './appeal.ts'
import { application } from './application.ts'
import { archive } from './archive.ts'
import { attachment } from './attachment.ts'
import { backup } from './backup.ts'
import { calendar } from './calendar.ts'
import { capacity } from './capacity.ts'
import { claim } from './claim.ts'
import { clawback } from './clawback.ts'
import { dispute } from './dispute.ts'
import { conflict } from './conflict.ts'
import { credential } from './credential.ts'
import { contract } from './contract.ts'
import { delegation } from './delegation.ts'
import { deduction } from './deduction.ts'
import { desk } from './desk.ts'
import { disclosure } from './disclosure.ts'
import { documents } from './documents.ts'
import { evaluation } from './evaluation.ts'
import { engagement } from './engagement.ts'
import { expert } from './expert.ts'
import { feasibility } from './feasibility.ts'
import { identity } from './identity.ts'
import { impact } from './impact.ts'
import { imports } from './imports.ts'
import { imprest } from './imprest.ts'
import { launcher } from './launcher.ts'
import { leave } from './leave.ts'
import { ledger } from './ledger.ts'
import { market } from './market.ts'
import { message } from './message.ts'
import { metering } from './metering.ts'
import { money } from './money.ts'
import { notice } from './notice.ts'
import { party } from './party.ts'
import { placement } from './placement.ts'
import { policy } from './policy.ts'
import { policyExpressions } from './policy-expressions.ts'
import { policyRules } from './policy-rules.ts'
import { fund } from './fund.ts'
import { pool } from './pool.ts'
import { programme } from './programme.ts'
import { project } from './project.ts'
import { request } from './request.ts'
import { stamp } from './stamp.ts'
import { round } from './round.ts'
import { service } from './service.ts'
import { settlement } from './settlement.ts'
import { seal } from './seal.ts'
import { signing } from './signing.ts'
import { site } from './site.ts'
import { supervision } from './supervision.ts'
import { sweep } from './sweep.ts'
import { takeOver } from './take-over.ts'
import { tradePaper } from './trade-paper.ts'
import { treasury } from './treasury.ts'
import { usageFeed } from './usage-feed.ts'
import { usageRun } from './usage-run.ts'
import { usageRecord } from './usage-record.ts'
import { voucher } from './voucher.ts'

export type { RefusalText, RefusalTexts } from './texts.ts'

export const refusals = {
  ...request,
  ...identity,
  ...launcher,
  ...money,
  ...calendar,
  ...capacity,
  ...party,
  ...imports,
  ...imprest,
  ...policy,
  ...ledger,
  ...adoption,
  ...impact,
  ...pool,
  ...fund,
  ...round,
  ...takeOver,
  ...application,
  ...appeal,
  ...delegation,
  ...stamp,
  ...archive,
  ...attachment,
  ...notice,
  ...usageFeed,
  ...usageRun,
  ...usageRecord,
  ...voucher,
  ...placement,
  ...metering,
  ...service,
  ...settlement,
  ...tradePaper,
  ...disclosure,
  ...documents,
  ...claim,
  ...treasury,
  ...clawback,
  ...dispute,
  ...programme,
  ...project,
  ...conflict,
  ...contract,
  ...credential,
  ...leave,
  ...market,
  ...message,
  ...seal,
  ...signing,
  ...site,
  ...deduction,
  ...desk,
  ...supervision,
  ...evaluation,
  ...engagement,
  ...expert,
  ...sweep,
  ...feasibility,
  ...policyExpressions,
  ...policyRules,
  ...backup,
} as const

export type RefusalCode = keyof typeof refusals
