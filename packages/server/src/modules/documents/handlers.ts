// What leaves the platform as a file: tables of its pages, and documents to download: the decision on an application, a public notice, the statements of vouchers, claims and batches.
// Who may read the page may have its document; each is in the trail as a read of its own.
import { refuse } from '@suanquan/core'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayRead, mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { loadApplication } from '../application/index.ts'
import { viewCredential } from '../credential/index.ts'
import { batchLines, type ClaimView, loadClaim, viewBatch, viewClaim } from '../settlement/index.ts'
import { particularsOf } from '../site/index.ts'
import { viewWholeVoucher, voucherRow } from '../voucher/index.ts'
import { type ClawbackView, loadClawback, placeOf, viewClawback } from '../clawback/index.ts'
import { stampOn } from '../stamp/index.ts'
import { archiveFile, viewFile } from '../archive/index.ts'
import { cataloguePaper } from './archive-catalogue.ts'
import { loadTakeOver, placeOf as placeOfTakeOver, viewTakeOver } from '../take-over/index.ts'
import { batchPaper } from './batch-statement.ts'
import { claimPaper, type Payment, type UncountedLine } from './claim-statement.ts'
import { credentialDocument } from './credential.ts'
import { clawbackPaper } from './clawback-decision.ts'
import { decisionPaper } from './decision.ts'
import { exportTable } from './export-table.ts'
import { noticePaper } from './notice.ts'
import { openingPaper } from './opening-statement.ts'
import { printed } from './printed.ts'
import { projectDocuments } from './project-documents.ts'
import { voucherPaper } from './voucher-statement.ts'
import { voiceOf } from './words.ts'

type Names =
  | 'readDecisionDocument'
  | 'readNoticeDocument'
  | 'readVoucherStatement'
  | 'readClaimStatement'
  | 'readClawbackDocument'
  | 'readAgreementDocument'
  | 'readAcceptanceDocument'
  | 'readDisbursementStatement'
  | 'readCredentialDocument'
  | 'readCatalogueDocument'
  | 'readOpeningStatement'
  | 'exportTable'

export function documentsHandlers(world: World): Handlers<Names> {
  return {
    readDecisionDocument: readDecisionDocument(world),
    readNoticeDocument: readNoticeDocument(world),
    readVoucherStatement: readVoucherStatement(world),
    readClaimStatement: readClaimStatement(world),
    readClawbackDocument: readClawbackDocument(world),
    ...projectDocuments(world),
    readDisbursementStatement: readDisbursementStatement(world),
    readCredentialDocument: readCredentialDocument(world),
    readCatalogueDocument: readCatalogueDocument(world),
    readOpeningStatement: readOpeningStatement(world),
    exportTable: exportTable(world),
  }
}

function readDecisionDocument(world: World): Handlers<Names>['readDecisionDocument'] {
  return {
    kind: 'query',
    run: async ({ params, query, person }, { db, touch }) => {
      const row = await loadApplication(db, params.id)
      if (!row) return notFound('application')
      touch({ kind: 'decision_document', id: row.id, organisationId: row.organisation_id })
      if (!mayRead(person, { ...row, organisationIds: [row.organisation_id] }))
        return outOfScope('application.read', 'application')
      const paper = await decisionPaper(world, db, { row, act: query.act, language: query.language })
      return paper.ok ? printed(world, paper.value, row.number) : paper
    },
  }
}

function readNoticeDocument(world: World): Handlers<Names>['readNoticeDocument'] {
  return {
    kind: 'query',
    run: async ({ params, query }, { db, touch }) => {
      const row = await db.selectFrom('notice').selectAll().where('id', '=', params.id).executeTakeFirst()
      if (!row) return notFound('notice')
      touch({ kind: 'notice_document', id: row.id })
      return printed(world, await noticePaper(world, db, row, query.language), row.number)
    },
  }
}

function readVoucherStatement(world: World): Handlers<Names>['readVoucherStatement'] {
  return {
    kind: 'query',
    run: async (asked, { db, touch }) => {
      const { params, query, person, at } = asked
      const row = await voucherRow(db, params.id)
      if (!row) return notFound('voucher')
      touch({ kind: 'voucher_statement', id: row.id, organisationId: row.holder_id })
      if (!mayTouch(person, 'voucher.read', { ...row, organisationIds: [row.holder_id] }))
        return outOfScope('voucher.read', 'voucher')
      const voucher = await viewWholeVoucher(world, db, row, asked)
      const claims: ClaimView[] = []
      for (const { id } of voucher.claims) claims.push(await viewClaim(world, db, id, asked))
      const clawbacks = await clawbacksOf(db, row.application_id, asked)
      const inForce = await world.programmes.inForce(db, row.adoption_id)
      return printed(
        world,
        voucherPaper({ voucher, claims, clawbacks, inForce, at }, voiceOf(query.language)),
        row.number,
      )
    },
  }
}

function readCredentialDocument(world: World): Handlers<Names>['readCredentialDocument'] {
  return {
    kind: 'query',
    run: async ({ params, query, person, today }, { db, touch }) => {
      const row = await db
        .selectFrom('credential')
        .select(['id', 'jurisdiction', 'district', 'organisation_id'])
        .where('id', '=', params.id)
        .executeTakeFirst()
      if (!row) return notFound('credential')
      touch({ kind: 'credential_document', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(person, 'credential.read', { ...row, organisationIds: [row.organisation_id] }))
        return outOfScope('credential.read', 'credential')
      const view = await viewCredential(db, row.id, today)
      const { name, authority, domain } = await particularsOf(db, world)
      const signedBy = authority[query.language] === '' ? name : authority
      const reported = { view, authority: signedBy[query.language], domain }
      return printed(
        world,
        credentialDocument(reported, voiceOf(query.language)),
        view.voucherNumber ?? view.on,
      )
    },
  }
}

function readCatalogueDocument(world: World): Handlers<Names>['readCatalogueDocument'] {
  return {
    kind: 'query',
    run: async ({ params, query, person, at, today }, read) => {
      const found = await archiveFile(params.id, person, read)
      if ('ok' in found) return found
      const file = await viewFile(read.db, found.id, today)
      const { name, authority } = await particularsOf(read.db, world)
      const signedBy = authority[query.language] === '' ? name : authority
      const paper = cataloguePaper({ file, authority: signedBy[query.language], at }, voiceOf(query.language))
      return printed(world, paper, file.number)
    },
  }
}

function readClaimStatement(world: World): Handlers<Names>['readClaimStatement'] {
  return {
    kind: 'query',
    run: async (asked, { db, touch }) => {
      const { params, query, person, at } = asked
      const row = await loadClaim(db, params.id)
      if (!row) return notFound('claim')
      touch({ kind: 'claim_statement', id: row.id, organisationId: row.organisation_id })
      const organisationIds = [row.organisation_id, row.payee_id]
      if (!mayTouch(person, 'claim.read', { ...row, organisationIds }))
        return outOfScope('claim.read', 'claim')
      const claim = await viewClaim(world, db, row.id, asked)
      const reported = {
        claim,
        inForce: await world.programmes.inForce(db, row.adoption_id),
        lines: await uncountedLines(db, claim),
        payments: await paymentsOf(db, row.id),
        at,
      }
      return printed(world, claimPaper(reported, voiceOf(query.language)), row.number)
    },
  }
}

function readClawbackDocument(world: World): Handlers<Names>['readClawbackDocument'] {
  return {
    kind: 'query',
    run: async (asked, { db, touch }) => {
      const { params, query, person } = asked
      const row = await loadClawback(db, params.id)
      if (!row) return notFound('clawback')
      touch({ kind: 'clawback_document', id: row.id, organisationId: row.organisation_id })
      if (!mayTouch(person, 'clawback.read', placeOf(row))) return outOfScope('clawback.read', 'clawback')
      if (row.decided_at === null) return refuse('documents.not_decided', { number: row.number })
      const inForce = await world.programmes.inForce(db, row.adoption_id)
      const decidedAt = new Date(row.decided_at).getTime()
      const reported = {
        clawback: await viewClawback(db, row.id, asked),
        ...(await decisionAct(db, row.id)),
        inForce,
        at: decidedAt,
        seal: await stampOn(world, db, inForce.programme.adoption.authority.zh, decidedAt),
        contact: (await particularsOf(db, world)).contact,
      }
      return printed(world, clawbackPaper(reported, voiceOf(query.language)), row.number)
    },
  }
}

function readOpeningStatement(world: World): Handlers<Names>['readOpeningStatement'] {
  return {
    kind: 'query',
    run: async ({ params, query, person }, { db, touch }) => {
      const row = await loadTakeOver(db, params.id)
      if (!row) return notFound('take_over')
      touch({ kind: 'opening_statement', id: row.id })
      if (!mayTouch(person, 'take_over.read', placeOfTakeOver(row)))
        return outOfScope('take_over.read', 'take_over')
      if (row.decided_at === null || row.state !== 'posted') return refuse('take_over.no_statement')
      const inForce = await world.programmes.inForce(db, row.adoption_id)
      const at = new Date(row.decided_at).getTime()
      const reported = {
        takeOver: await viewTakeOver(world, db, row.id, person),
        inForce,
        at,
        seal: await stampOn(world, db, inForce.programme.adoption.authority.zh, at),
      }
      return printed(world, openingPaper(reported, voiceOf(query.language)), row.statement_number!)
    },
  }
}

async function clawbacksOf(
  db: Kysely<Tables>,
  applicationId: string,
  reader: Parameters<typeof viewClawback>[2],
): Promise<ClawbackView[]> {
  const rows = await db
    .selectFrom('clawback')
    .select('id')
    .where('application_id', '=', applicationId)
    .orderBy('number')
    .execute()
  return Promise.all(rows.map(({ id }) => viewClawback(db, id, reader)))
}

async function decisionAct(
  db: Kysely<Tables>,
  id: string,
): Promise<{ reason: string; documentNumber: string | null }> {
  const event = await db
    .selectFrom('workflow_event')
    .leftJoin('decision_number as numbered', (join) =>
      join
        .onRef('numbered.object_id', '=', 'workflow_event.object_id')
        .onRef('numbered.position', '=', 'workflow_event.position'),
    )
    .select(['reason', 'numbered.number as documentNumber'])
    .where('workflow_event.object_id', '=', id)
    .where('event', 'in', ['demand', 'revoke'])
    .executeTakeFirst()
  return { reason: event?.reason ?? '', documentNumber: event?.documentNumber ?? null }
}

function readDisbursementStatement(world: World): Handlers<Names>['readDisbursementStatement'] {
  return {
    kind: 'query',
    run: async ({ params, query, person, at }, { db, touch }) => {
      const row = await db
        .selectFrom('disbursement')
        .select(['id', 'number', 'adoption_id', 'jurisdiction', 'district'])
        .where('id', '=', params.id)
        .executeTakeFirst()
      if (!row) return notFound('disbursement')
      touch({ kind: 'disbursement_statement', id: row.id })
      if (!mayTouch(person, 'disbursement.read', row)) return outOfScope('disbursement.read', 'disbursement')
      const reported = {
        batch: await viewBatch(db, row.id, person),
        lines: await batchLines(db, row.id),
        inForce: await world.programmes.inForce(db, row.adoption_id),
        at,
      }
      return printed(world, batchPaper(reported, voiceOf(query.language)), row.number)
    },
  }
}

/** The metered lines of a claim's months that count less than they are worth. */
async function uncountedLines(db: Kysely<Tables>, claim: ClaimView): Promise<UncountedLine[]> {
  if (claim.contractId === null) return []
  const rows = await db
    .selectFrom('rated_line')
    .selectAll()
    .where('contract_id', '=', claim.contractId)
    .where('reason', '<>', 'rated')
    .where('counts', '=', true)
    .where('booked_month', '>=', claim.periodFrom.slice(0, 7))
    .where('booked_month', '<=', claim.periodTo.slice(0, 7))
    .orderBy('started_at')
    .orderBy('identity')
    .execute()
  return rows.map((row) => ({
    jobId: row.job.jobId,
    startedAt: new Date(row.started_at).getTime(),
    chip: row.chip,
    seconds: row.seconds,
    valueFen: row.value_fen,
    amountFen: row.amount_fen,
    reason: row.reason,
  }))
}

async function paymentsOf(db: Kysely<Tables>, claimId: string): Promise<Payment[]> {
  const rows = await db
    .selectFrom('disbursement_line')
    .innerJoin('disbursement', 'disbursement.id', 'disbursement_line.disbursement_id')
    .select(['disbursement.number', 'disbursement.paid_on', 'disbursement_line.state', 'return_reason'])
    .where('claim_id', '=', claimId)
    .orderBy('disbursement.prepared_at')
    .execute()
  return rows.map((row) => ({
    batch: row.number,
    state: row.state,
    paidOn: row.paid_on,
    returnReason: row.return_reason,
  }))
}
