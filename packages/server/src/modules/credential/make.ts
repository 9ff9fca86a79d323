// Making a signed paper: the facts are read, stand on the paper as they are, and are signed with the site's key. The paper
// moves nothing in the ledger.
import { accept, hex, refuse } from '@suanquan/core'
import { addDays, type Day, type Instant } from '@suanquan/core/calendar'
import {
  CREDENTIAL_NOTICE,
  credentialBytes,
  credentialText,
  idOf,
  voucher as voucherAccount,
  type AttestationPaper,
  type CredentialPaper,
  type VoucherPaper,
} from '@suanquan/core/voucher'
import { timestamp } from '../../database/index.ts'
import type { CommandContext, Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { booksOf, voucherTerms } from '../ledger/index.ts'
import { particularsOf } from '../site/index.ts'
import { voucherRow, vouchersOn } from '../voucher/index.ts'
import { viewCredential } from './view.ts'

export function makeCredential(world: World): Handler<'makeCredential'> {
  return {
    kind: 'command',
    run: async ({ params, person, at, today }, context) => {
      const { tx, newId, touch } = context
      const row = await voucherRow(tx, params.id)
      if (!row) return notFound('voucher')
      touch({ kind: 'voucher', id: row.id, organisationId: row.holder_id })
      if (!mayTouch(person, 'credential.make', { ...row, organisationIds: [row.holder_id] }))
        return outOfScope('credential.make', 'voucher')
      if (today > row.usable_until)
        return refuse('credential.voucher_ended', { usableUntil: row.usable_until })
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const books = booksOf(inForce)
      const paper: VoucherPaper = {
        ...(await shared(world, context, { id: newId(), at, expiresOn: row.usable_until })),
        type: 'suanquan/voucher-credential/v1',
        holder: row.holderName,
        creditCode: row.holder_credit_code,
        voucher: row.number,
        programme: inForce.programme.title.zh,
        issuedOn: row.issued_on,
        usableUntil: row.usable_until,
        faceFen: row.amount_fen.toString(),
        ledger: books.fund.ledger,
        account: idOf(books, voucherAccount(books.fund, voucherTerms(row))),
      }
      return store(world, context, {
        paper,
        at,
        row: {
          jurisdiction: row.jurisdiction,
          district: row.district,
          organisation_id: row.holder_id,
          kind: 'voucher',
          voucher_id: row.id,
          recipient: '',
          purpose: '',
          stated_on: today,
          issued_by: person!.id,
        },
      })
    },
    view: (subject, { db }, { today }) => viewCredential(db, subject, today),
  }
}

export function makeAttestation(world: World): Handler<'makeAttestation'> {
  return {
    kind: 'command',
    run: async ({ body, person, at, today }, context) => {
      const { tx, newId, touch } = context
      const firm = await tx
        .selectFrom('organisation')
        .select(['id', 'jurisdiction', 'district', 'name', 'credit_code'])
        .where('id', '=', body.organisationId)
        .executeTakeFirst()
      if (!firm) return notFound('organisation')
      touch({ kind: 'credential', id: null, organisationId: firm.id })
      if (!mayTouch(person, 'credential.make', { ...firm, organisationIds: [firm.id] }))
        return outOfScope('credential.make', 'organisation')
      if (body.on > today) return refuse('credential.day_ahead', { on: body.on })
      const vouchers = await vouchersOn(world, tx, firm.id, { on: body.on, at, today })
      if (vouchers.length === 0) return refuse('credential.no_voucher', { on: body.on })
      const expiresOn = addDays(today, body.days)
      const paper: AttestationPaper = {
        ...(await shared(world, context, { id: newId(), at, expiresOn })),
        type: 'suanquan/attestation/v1',
        holder: firm.name,
        creditCode: firm.credit_code,
        recipient: body.recipient,
        purpose: body.purpose,
        on: body.on,
        vouchers: vouchers.map((each) => ({
          voucher: each.number,
          programme: each.programmeTitle.zh,
          usableUntil: each.usableUntil,
          faceFen: each.amountFen,
          usableFen: each.usableFen,
          heldFen: each.heldFen,
          redeemedFen: each.redeemedFen,
        })),
      }
      return store(world, context, {
        paper,
        at,
        row: {
          jurisdiction: firm.jurisdiction,
          district: firm.district,
          organisation_id: firm.id,
          kind: 'attestation',
          voucher_id: null,
          recipient: body.recipient,
          purpose: body.purpose,
          stated_on: body.on,
          issued_by: person!.id,
        },
      })
    },
    view: (subject, { db }, { today }) => viewCredential(db, subject, today),
  }
}

async function shared(
  world: World,
  { tx }: CommandContext,
  paper: { readonly id: string; readonly at: Instant; readonly expiresOn: Day },
): Promise<Pick<CredentialPaper, 'id' | 'issuer' | 'jurisdiction' | 'issuedAt' | 'expiresOn' | 'notice'>> {
  const { name } = await particularsOf(tx, world)
  return {
    id: paper.id,
    issuer: name.zh,
    jurisdiction: world.site.jurisdiction,
    issuedAt: new Date(paper.at).toISOString(),
    expiresOn: paper.expiresOn,
    notice: CREDENTIAL_NOTICE,
  }
}

interface Stored {
  readonly paper: CredentialPaper
  readonly at: Instant
  readonly row: {
    readonly jurisdiction: string
    readonly district: string
    readonly organisation_id: string
    readonly kind: 'voucher' | 'attestation'
    readonly voucher_id: string | null
    readonly recipient: string
    readonly purpose: string
    readonly stated_on: Day
    readonly issued_by: string
  }
}

async function store(
  world: World,
  { tx, touch }: CommandContext,
  { paper, at, row }: Stored,
): Promise<{ readonly ok: true; readonly value: { readonly subject: string } }> {
  const signer = await world.signer(at)
  const signature = hex(signer.sign(credentialBytes(paper)))
  await tx
    .insertInto('credential')
    .values({
      ...row,
      id: paper.id,
      text: credentialText({ paper, key: signer.publicKey.id, signature }),
      signature,
      issued_at: timestamp(at),
      expires_on: paper.expiresOn,
    })
    .execute()
  touch({ kind: 'credential', id: paper.id, organisationId: row.organisation_id })
  return accept({ subject: paper.id })
}
