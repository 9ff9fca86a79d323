// Vouchers as their holders and the offices see them. Amounts and history are read from the journal, never kept here.
import { accept, hex } from '@suanquan/core'
import { dayOf, addDays, daysBetween, startOf, type Day, type Instant } from '@suanquan/core/calendar'
import { postingCodeOf, postingKinds, type PostingKind } from '@suanquan/core/ledger'
import { idOf, sumsOfParts, voucher, type VoucherPiece } from '@suanquan/core/voucher'
import type { AnswerOf, Routes } from '@suanquan/api'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { booksOf, voucherTerms } from '../ledger/index.ts'
import { piecesOf, viewPieces } from './pieces.ts'

type Names = 'listVouchers' | 'readVoucher'
type View = AnswerOf<Routes['listVouchers']>['items'][number]

export function voucherHandlers(world: World): Handlers<Names> {
  return { listVouchers: listVouchers(world), readVoucher: readVoucher(world) }
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
function voucherRows(db: Kysely<Tables>) {
  return db
    .selectFrom('voucher')
    .innerJoin('organisation', 'organisation.id', 'voucher.holder_id')
    .innerJoin('application', 'application.id', 'voucher.application_id')
    .innerJoin('service_contract', 'service_contract.id', 'voucher.contract_id')
    .selectAll('voucher')
    .select([
      'organisation.name as holderName',
      'application.number as applicationNumber',
      'service_contract.number as contractNumber',
      sql<string | null>`(select number from take_over where take_over.id = voucher.take_over_id)`.as(
        'takeOverNumber',
      ),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof voucherRows>['execute']>>[number]

/** A voucher that was taken over is known here from its take-over on, whenever it was issued. */
function known(at: Instant): RawBuilder<boolean> {
  return sql<boolean>`(voucher.take_over_id is null or exists (select from take_over
    where take_over.id = voucher.take_over_id and take_over.decided_at <= ${timestamp(at)}::timestamptz))`
}

function listVouchers(world: World): Handlers<Names>['listVouchers'] {
  return {
    kind: 'query',
    run: async ({ query, person, at, today }, { db, touch }) => {
      touch({ kind: 'voucher', id: null })
      let found = voucherRows(db).where(visibleRows(person!, 'voucher.read', 'voucher', 'voucher.holder_id'))
      if (query.q) {
        const like = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`
        found = found.where((eb) =>
          eb.or([
            eb('voucher.number', 'ilike', like),
            eb('voucher.old_number', 'ilike', like),
            eb('organisation.name', 'ilike', like),
          ]),
        )
      }
      const now =
        query.asOf === undefined || query.asOf >= today
          ? { at, today, past: false }
          : { at: startOf(addDays(query.asOf, 1)) - 1, today: query.asOf, past: true }
      const rows = await found
        .$if(now.past, (issued) => issued.where('voucher.issued_on', '<=', now.today).where(known(now.at)))
        .orderBy('voucher.issued_on', 'desc')
        .orderBy('voucher.number')
        .execute()
      const views = await viewVouchers(world, db, rows, now)
      const chosen = views.filter((view) => query.state === undefined || view.state === query.state)
      const from = (query.page - 1) * query.size
      return accept({ total: chosen.length, items: chosen.slice(from, from + query.size) })
    },
  }
}

function readVoucher(world: World): Handlers<Names>['readVoucher'] {
  return {
    kind: 'query',
    run: async ({ params, person, at, today }, { db, touch }) => {
      const row = await voucherRow(db, params.id)
      if (!row) return notFound('voucher')
      touch({ kind: 'voucher', id: row.id, organisationId: row.holder_id })
      if (!mayTouch(person, 'voucher.read', { ...row, organisationIds: [row.holder_id] }))
        return outOfScope('voucher.read', 'voucher')
      return accept(await viewWholeVoucher(world, db, row, { at, today }))
    },
  }
}

export async function voucherRow(db: Kysely<Tables>, id: string): Promise<Row | undefined> {
  return voucherRows(db).where('voucher.id', '=', id).executeTakeFirst()
}

/** One voucher with its history and the claims made on it. */
export async function viewWholeVoucher(
  world: World,
  db: Kysely<Tables>,
  row: Row,
  now: { readonly at: Instant; readonly today: Day },
): Promise<AnswerOf<Routes['readVoucher']>> {
  const [view] = await viewVouchers(world, db, [row], { ...now, past: false })
  const claims = await db
    .selectFrom('claim')
    .select(['id', 'number', 'state', 'payable_fen', 'approved_fen'])
    .where('voucher_id', '=', row.id)
    .orderBy('submitted_at')
    .execute()
  return {
    ...view!,
    history: await historyOf(world, db, row),
    claims: claims.map((claim) => ({
      id: claim.id,
      number: claim.number,
      state: claim.state,
      claimedFen: claim.payable_fen.toString(),
      approvedFen: claim.approved_fen?.toString() ?? null,
    })),
  }
}

/** The vouchers that a firm had on a day: as of its end, or as of now on the day itself. */
export async function vouchersOn(
  world: World,
  db: Kysely<Tables>,
  organisationId: string,
  { on, at, today }: { readonly on: Day; readonly at: Instant; readonly today: Day },
): Promise<View[]> {
  const rows = await voucherRows(db)
    .where('voucher.holder_id', '=', organisationId)
    .where('voucher.issued_on', '<=', on)
    .where(known(on < today ? startOf(addDays(on, 1)) - 1 : at))
    .orderBy('voucher.usable_until')
    .orderBy('voucher.number')
    .execute()
  const past = on < today
  return viewVouchers(world, db, rows, { at: past ? startOf(addDays(on, 1)) - 1 : at, today: on, past })
}

async function viewVouchers(
  world: World,
  db: Kysely<Tables>,
  rows: readonly Row[],
  now: { readonly at: Instant; readonly today: Day; readonly past: boolean },
): Promise<View[]> {
  const adoptions = [...new Set(rows.map((row) => row.adoption_id))]
  const views = new Map<string, View>()
  for (const adoptionId of adoptions) {
    const inForce = await world.programmes.inForce(db, adoptionId)
    const own = rows.filter((row) => row.adoption_id === adoptionId)
    const pieces = await piecesOf(db, inForce, own, now)
    const viewed = await viewPieces(db, pieces)
    own.forEach((row, index) => {
      views.set(row.id, {
        ...viewVoucher(row, pieces[index]!, now.today),
        pieces: viewed[index]!,
        programmeTitle: inForce.programme.title,
        way: inForce.way.id,
      })
    })
  }
  return rows.map((row) => views.get(row.id)!)
}

function viewVoucher(
  row: Row,
  pieces: readonly VoucherPiece[],
  today: Day,
): Omit<View, 'programmeTitle' | 'way' | 'pieces'> {
  const sums = sumsOfParts(pieces)
  const spent = sums.usable === 0n && sums.held === 0n
  const expired = today > row.usable_until
  return {
    id: row.id,
    number: row.number,
    oldNumber: row.old_number,
    takeOverNumber: row.takeOverNumber,
    applicationId: row.application_id,
    applicationNumber: row.applicationNumber,
    contractId: row.contract_id,
    contractNumber: row.contractNumber,
    organisationId: row.holder_id,
    organisationName: row.holderName,
    creditCode: row.holder_credit_code,
    issuedOn: row.issued_on,
    usableUntil: row.usable_until,
    daysLeft: daysBetween(today, row.usable_until),
    state: isRevoked(row, today) ? 'revoked' : expired ? 'expired' : spent ? 'used' : 'usable',
    amountFen: row.amount_fen.toString(),
    usableFen: sums.usable.toString(),
    heldFen: sums.held.toString(),
    redeemedFen: sums.redeemed.toString(),
    returnedFen: sums.returned.toString(),
    lapsedFen: sums.lapsed.toString(),
  }
}

function isRevoked({ revoked_at: at }: Pick<Row, 'revoked_at'>, today: Day): boolean {
  return at !== null && dayOf(new Date(at).getTime()) <= today
}

const kindNames = Object.keys(postingKinds) as PostingKind[]

/** Every posting that touches the voucher, oldest first. */
async function historyOf(
  world: World,
  db: Kysely<Tables>,
  row: Row,
): Promise<AnswerOf<Routes['readVoucher']>['history']> {
  const books = booksOf(await world.programmes.inForce(db, row.adoption_id))
  const account = idOf(books, voucher(books.fund, voucherTerms(row)))
  const postings = await db
    .selectFrom('ledger.posting')
    .select([
      'seq',
      'at',
      'kind',
      'code',
      'amount',
      'chain',
      sql<boolean>`debit = ${account}::uuid`.as('debited'),
    ])
    .where('ledger', '=', books.fund.ledger)
    .where((eb) => eb.or([eb('debit', '=', account), eb('credit', '=', account)]))
    .orderBy('seq')
    .execute()
  return postings.map((posting) => ({
    sequence: Number(posting.seq),
    at: new Date(posting.at).toISOString(),
    kind: kindNames[posting.kind]!,
    changeFen: (changeOf(kindNames[posting.kind]!, posting.debited) * posting.amount).toString(),
    code: postingCodeOf(posting.code),
    amountFen: posting.amount.toString(),
    rowHash: hex(posting.chain),
  }))
}

/** A reservation takes from its debit side at once and gives to its credit side when it is settled. */
function changeOf(kind: PostingKind, debited: boolean): bigint {
  if (kind === 'post') return debited ? -1n : 1n
  if (kind === 'settle') return debited ? 0n : 1n
  if (!debited) return 0n
  return kind === 'reserve' ? -1n : 1n
}
