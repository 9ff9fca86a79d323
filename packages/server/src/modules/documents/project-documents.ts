import { refuse, type Decision } from '@suanquan/core'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Asked, Handlers, ReadContext } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { loadProject, placeOf, type ProjectRow, viewProject } from '../project/index.ts'
import { particularsOf } from '../site/index.ts'
import { printed } from './printed.ts'
import { acceptancePaper, agreementPaper, type ProjectReported } from './project-papers.ts'
import { voiceOf } from './words.ts'

type Names = 'readAgreementDocument' | 'readAcceptanceDocument'

export function projectDocuments(world: World): Handlers<Names> {
  return {
    readAgreementDocument: {
      kind: 'query',
      run: async (asked, read) => {
        const found = await readable(asked, read)
        if (!found.ok) return found
        const row = found.value
        const at = row.countersigned_at ?? row.signed_at ?? row.created_at
        const reported = await reportedOf(world, read.db, { row, asked, at: new Date(at).getTime() })
        return printed(world, agreementPaper(reported, voiceOf(asked.query.language)), row.number)
      },
    },
    readAcceptanceDocument: {
      kind: 'query',
      run: async (asked, read) => {
        const found = await readable(asked, read)
        if (!found.ok) return found
        const row = found.value
        if (row.decided_at === null) return refuse('documents.not_decided', { number: row.number })
        const at = new Date(row.decided_at).getTime()
        const reported = await reportedOf(world, read.db, { row, asked, at })
        return printed(world, acceptancePaper(reported, voiceOf(asked.query.language)), row.number)
      },
    },
  }
}

async function readable(
  { params, person }: Pick<Asked<Names>, 'params' | 'person'>,
  { db, touch }: ReadContext,
): Promise<Decision<ProjectRow, 'request.not_found' | 'request.forbidden'>> {
  const row = await loadProject(db, params.id)
  if (row === undefined) return notFound('project')
  touch({ kind: 'project_document', id: row.id, organisationId: row.organisation_id })
  return mayTouch(person, 'project.read', placeOf(row))
    ? { ok: true, value: row }
    : outOfScope('project.read', 'project')
}

async function reportedOf(
  world: World,
  db: Kysely<Tables>,
  { row, asked, at }: { readonly row: ProjectRow; readonly asked: Asked<Names>; readonly at: number },
): Promise<ProjectReported> {
  return {
    project: await viewProject(world, db, row.id, asked),
    inForce: await world.programmes.inForce(db, row.adoption_id),
    at,
    contact: (await particularsOf(db, world)).contact,
  }
}
