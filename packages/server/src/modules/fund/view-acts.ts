import type { AnswerOf, Routes } from '@suanquan/api'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { writtenShare } from './management.ts'

type View = AnswerOf<Routes['decideFundAct']>

interface Decided {
  readonly document_number: string
  readonly document_on: string
  readonly reason: string
  readonly state: View['state']
  readonly proposed_by: string
  readonly proposed_at: number
  readonly decided_at: number | null
  readonly decision_reason: string | null
  readonly proposer: string
  readonly decider: string | null
}

/** Who proposed and who decided, by which document. */
export function viewTwoPeople(
  row: Decided,
  reader: Person | null,
): Pick<
  View,
  | 'documentNumber'
  | 'documentOn'
  | 'reason'
  | 'state'
  | 'proposedBy'
  | 'proposedAt'
  | 'proposedByMe'
  | 'decidedBy'
  | 'decidedAt'
  | 'decisionReason'
> {
  return {
    documentNumber: row.document_number,
    documentOn: row.document_on,
    reason: row.reason,
    state: row.state,
    proposedBy: row.proposer,
    proposedAt: new Date(row.proposed_at).toISOString(),
    proposedByMe: row.proposed_by === reader?.id,
    decidedBy: row.decider,
    decidedAt: row.decided_at === null ? null : new Date(row.decided_at).toISOString(),
    decisionReason: row.decision_reason,
  }
}

/** Acts in the order in which they were proposed. */
export async function viewActs(
  world: World,
  db: Kysely<Tables>,
  of: { readonly fund: number } | { readonly id: string },
  reader: Person | null,
): Promise<View[]> {
  const rows = await db
    .selectFrom('fund_act')
    .innerJoin('person as proposer', 'proposer.id', 'fund_act.proposed_by')
    .leftJoin('person as decider', 'decider.id', 'fund_act.decided_by')
    .leftJoin('organisation as provider', 'provider.id', 'fund_act.provider_id')
    .selectAll('fund_act')
    .select([
      'proposer.display_name as proposer',
      'decider.display_name as decider',
      'provider.name as provider',
    ])
    .where((condition) =>
      'fund' in of ? condition('fund_act.fund', '=', of.fund) : condition('fund_act.id', '=', of.id),
    )
    .orderBy('fund_act.proposed_at')
    .orderBy('fund_act.id')
    .execute()
  return Promise.all(
    rows.map(async (row) => {
      const { share_numerator: part, share_denominator: whole } = row
      const programme =
        row.adoption_id === null ? null : (await world.programmes.inForce(db, row.adoption_id)).programme
      return {
        ...viewTwoPeople(row, reader),
        id: row.id,
        kind: row.kind,
        adoptionId: row.adoption_id,
        programme: programme === null ? null : programme.title,
        amountFen: row.amount_fen === null ? null : row.amount_fen.toString(),
        share: part === null ? null : writtenShare({ numerator: BigInt(part), denominator: BigInt(whole!) }),
        year: row.year,
        payee: row.payee,
        paidOn: row.paid_on,
        provider: row.provider,
        returnBy: row.return_by,
      }
    }),
  )
}

export async function viewAct(
  world: World,
  db: Kysely<Tables>,
  id: string,
  reader: Person | null,
): Promise<View> {
  return (await viewActs(world, db, { id }, reader))[0]!
}
