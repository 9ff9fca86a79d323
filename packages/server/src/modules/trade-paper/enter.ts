// 付款凭证 and 交付证明 entered by themselves. A certificate belongs to a contract and is signed by both its parties.
import { accept, refuse, type Decision } from '@suanquan/core'
import type { BodyOf, Routes } from '@suanquan/api'
import type { Day } from '@suanquan/core/calendar'
import { readCreditCode } from '@suanquan/core/party'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { unknownAttachment } from '../attachment/index.ts'
import { lockRegistrant, paperOf, planPaper, storePaper, type Registrant } from './register.ts'
import type { PaperToRegister } from './to-register.ts'
import { viewPaper } from './view.ts'

type Entered = BodyOf<Routes['enterTradePaper']>['paper']
type Code =
  | 'trade_paper.amount_zero'
  | 'trade_paper.party_code'
  | 'trade_paper.dated_later'
  | 'trade_paper.certificate_contract'
  | 'trade_paper.certificate_unsigned'

export function enterTradePaper(): Handlers<'enterTradePaper'>['enterTradePaper'] {
  return {
    kind: 'command',
    run: async ({ body, person, at, today }, { tx, newId, touch }) => {
      const owner = await lockRegistrant(tx, body.organisationId)
      touch({ kind: 'trade_paper', id: null, organisationId: owner?.id ?? null })
      if (owner === undefined) return notFound('organisation')
      if (!mayTouch(person, 'trade_paper.register', { ...owner, organisationIds: [owner.id] }))
        return outOfScope('trade_paper.register', 'organisation')
      const { attachmentId } = body.paper
      const unknown = await unknownAttachment(tx, attachmentId === null ? [] : [attachmentId], owner.id)
      if (unknown !== undefined) return refuse('attachment.unknown', { attachmentId: unknown })
      const read = await paperFrom(tx, owner, body.paper, today)
      if (!read.ok) return read
      const plan = await planPaper(tx, owner, read.value)
      const [fault] = plan.reasons
      if (fault !== undefined)
        return { ok: false, refusal: fault as { code: never; params: typeof fault.params } }
      const id =
        plan.outcome === 'same'
          ? (await paperOf(tx, owner.id, read.value))!.id
          : await storePaper(tx, { owner, by: person!.id, at, newId }, read.value)
      touch({ kind: 'trade_paper', id, organisationId: owner.id })
      return accept({ subject: id })
    },
    view: (subject, { db }) => viewPaper(db, subject),
  }
}

async function paperFrom(
  db: Kysely<Tables>,
  owner: Registrant,
  entered: Entered,
  today: Day,
): Promise<Decision<PaperToRegister, Code>> {
  const day = entered.kind === 'payment' ? entered.paidOn : entered.deliveredOn
  if (day > today) return refuse('trade_paper.dated_later', { day })
  return entered.kind === 'payment' ? slipFrom(entered) : certificateFrom(db, owner, entered)
}

function slipFrom(slip: Extract<Entered, { kind: 'payment' }>): Decision<PaperToRegister, Code> {
  const { number, amountFen, paidOn, attachmentId } = slip
  if (amountFen === '0') return refuse('trade_paper.amount_zero', { number })
  const [payer, payee] = [readCreditCode(slip.payerCreditCode), readCreditCode(slip.payeeCreditCode)]
  if (!payer.ok) return refuse('trade_paper.party_code', { name: '', creditCode: slip.payerCreditCode })
  if (!payee.ok) return refuse('trade_paper.party_code', { name: '', creditCode: slip.payeeCreditCode })
  return accept({
    kind: 'payment',
    number,
    fromCode: payer.value.code,
    toCode: payee.value.code,
    amountFen: BigInt(amountFen),
    datedOn: paidOn,
    redLetterOf: null,
    contractId: null,
    origin: 'entered',
    detail: { fromName: '', toName: '' },
    excludedFen: 0n,
    attachmentId,
  })
}

async function certificateFrom(
  db: Kysely<Tables>,
  owner: Registrant,
  certificate: Extract<Entered, { kind: 'delivery_certificate' }>,
): Promise<Decision<PaperToRegister, Code>> {
  const { number, contractId, deliveredOn, devices, signedByProviderOn, signedByFirmOn } = certificate
  const contract = await db
    .selectFrom('service_contract')
    .innerJoin('organisation as firm', 'firm.id', 'service_contract.organisation_id')
    .innerJoin('organisation as provider', 'provider.id', 'service_contract.provider_id')
    .select(['firm.id as firmId', 'firm.credit_code as firmCode', 'firm.name as firmName'])
    .select([
      'provider.id as providerId',
      'provider.credit_code as providerCode',
      'provider.name as providerName',
    ])
    .where('service_contract.id', '=', contractId)
    .executeTakeFirst()
  if (contract === undefined || ![contract.firmId, contract.providerId].includes(owner.id))
    return refuse('trade_paper.certificate_contract')
  if (signedByProviderOn < deliveredOn || signedByFirmOn < deliveredOn)
    return refuse('trade_paper.certificate_unsigned')
  return accept({
    kind: 'delivery_certificate',
    number,
    fromCode: contract.providerCode,
    toCode: contract.firmCode,
    amountFen: null,
    datedOn: deliveredOn,
    redLetterOf: null,
    contractId,
    origin: 'entered',
    detail: {
      fromName: contract.providerName,
      toName: contract.firmName,
      devices,
      signedByProviderOn,
      signedByFirmOn,
    },
    excludedFen: 0n,
    attachmentId: certificate.attachmentId,
  })
}
