// What a body examines: of an application or a project the material that experts judge by, of a claim its match and papers
// beside it, of a programme what it has come to. No person is named in any of it.
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'
import { type Reader, viewApplication } from '../application/index.ts'
import { viewAttachment } from '../attachment/index.ts'
import { materialOf } from '../expert/index.ts'
import { loadProject } from '../project/index.ts'
import { loadClaim, viewClaim } from '../settlement/index.ts'
import type { CaseExamined } from './case-of.ts'
import type { InspectionView } from './inspections.ts'

type Shown = Pick<InspectionView, 'material' | 'claim' | 'performance'>

const NOTHING: Shown = { material: null, claim: null, performance: null }

export async function materialFor(
  world: World,
  db: Kysely<Tables>,
  of: CaseExamined,
  asking: Reader,
): Promise<Shown> {
  const reader = { ...asking, person: null }
  if (of.about === 'adoption') return { ...NOTHING, performance: await performanceOf(db, of.id) }
  const application = await viewApplication(world, db, of.applicationId!, reader)
  const filing = of.about === 'project' ? ((await loadProject(db, of.id))?.filing ?? null) : null
  const material = await materialOf(db, application, { blind: false, papers: true, filing })
  if (of.about !== 'claim') return { ...NOTHING, material }
  const claim = await viewClaim(world, db, of.id, reader)
  const papers = await papersOfClaim(db, of.id)
  return {
    ...NOTHING,
    material: { ...material, documents: [...material.documents, ...papers] },
    claim: {
      periodFrom: claim.periodFrom,
      periodTo: claim.periodTo,
      payableFen: claim.payableFen,
      matched: claim.matched,
    },
  }
}

async function papersOfClaim(
  db: Kysely<Tables>,
  id: string,
): Promise<NonNullable<Shown['material']>['documents']> {
  const { body } = (await loadClaim(db, id))!
  const ids = [
    ...body.invoices.map(({ attachmentId }) => attachmentId),
    ...body.payments.map(({ attachmentId }) => attachmentId),
    ...(body.deliveryCertificateId === null ? [] : [body.deliveryCertificateId]),
  ]
  if (ids.length === 0) return []
  const rows = await db.selectFrom('attachment').selectAll().where('id', 'in', ids).orderBy('id').execute()
  return rows.map(viewAttachment)
}

async function performanceOf(db: Kysely<Tables>, adoptionId: string): Promise<Shown['performance']> {
  const { rows } = await sql<{
    applications: bigint
    supported: bigint
    firms: bigint
    approvedFen: string
    paidFen: string
  }>`select count(*) filter (where state <> 'draft') as applications,
      count(*) filter (where state = 'granted') as supported,
      count(distinct organisation_id) filter (where state = 'granted') as firms,
      coalesce(sum(approved_fen) filter (where state = 'granted'), 0)::text as "approvedFen",
      (select coalesce(sum(approved_fen), 0)::text from claim
        where adoption_id = ${adoptionId} and state = 'paid') as "paidFen"
    from application where adoption_id = ${adoptionId}`.execute(db)
  const { applications, supported, firms, approvedFen, paidFen } = rows[0]!
  return {
    applications: Number(applications),
    supported: Number(supported),
    firms: Number(firms),
    approvedFen,
    paidFen,
  }
}
