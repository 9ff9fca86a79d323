// 分级审核: a tier gives its findings and its opinion and passes the case on, sends it back to the tier below, asks the firm
// for a correction, or, as the treasury, signs what the reviewers would grant. What the last tier decides is decided as in
// one tier: on today's balances, with reservations.
import { accept, refuse } from '@suanquan/core'
import { pathOf, tierOf } from '@suanquan/core/application'
import type { Asked, Command } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, mustStandAside, notFound, outOfScope } from '../../identity/scope.ts'
import { assessCase } from './assess.ts'
import { awaitedReport } from './awaited-report.ts'
import { approvalFault, approve, expertsAsked, move, requestCorrection, store, type Case } from './decide.ts'
import { loadApplication } from './load.ts'
import { storeDetermination } from './store-determination.ts'
import { endorsements, tierFault } from './tiers.ts'
import { viewApplication } from './view.ts'

type Body<Kind> = Extract<Asked<'examineApplication'>['body'], { decision: Kind }>
type Done = Awaited<ReturnType<Command<'examineApplication'>['run']>>

export function examineApplication(world: World): Command<'examineApplication'> {
  return {
    kind: 'command',
    run: async (asked, context) => {
      const { tx, touch } = context
      const { body, person } = asked
      const row = await loadApplication(tx, asked.params.id, 'lock')
      if (!row) return notFound('application')
      touch({ kind: 'application', id: row.id, organisationId: row.organisation_id })
      const target = { ...row, organisationIds: [row.organisation_id] }
      if (row.state === 'draft' || !mayTouch(person, 'application.examine', target))
        return outOfScope('application.examine', 'application')
      if (await mustStandAside(tx, person, row.organisation_id, [row.id]))
        return refuse('application.conflict_of_interest')
      if (pathOf(row.workflow).length < 2) return refuse('application.not_tiered')
      const fault = await tierFault(tx, row, person!)
      if (fault !== null) return fault
      if (await expertsAsked(tx, row.id)) return refuse('application.experts_asked')
      const dueOn = await awaitedReport(tx, row.id, asked.today)
      if (dueOn !== null) return refuse('application.inspection_open', { dueOn })
      const inForce = await world.programmes.inForce(tx, row.adoption_id)
      const each: Case = { asked, context, row, inForce }
      if (body.decision === 'endorse') return endorse(each, body)
      if (body.decision === 'countersign') return countersign(each, body)
      if (body.decision === 'request_correction') return requestCorrection(each, body)
      const moved = await move(each, 'send_back', body.reason, {})
      if (!moved.ok) return moved
      await store(each, moved.value, {})
      return accept({ subject: row.id })
    },
    view: (subject, { db }, asked) => viewApplication(world, db, subject, asked),
  }
}

async function endorse(each: Case, body: Body<'endorse'>): Promise<Done> {
  const { asked, context, row, inForce } = each
  const { opinion, reason } = body
  const path = pathOf(row.workflow)
  const next = path[path.indexOf(tierOf(row.workflow, row.state)!) + 1]
  if (opinion === 'oppose' && next === 'finance') return refuse('application.refuse_instead')
  const findings = { ...row.findings, ...body.findings }
  const assessment = await assessCase(context.tx, { row, inForce, findings, on: asked.today, at: asked.at })
  if (assessment.oddFinding !== null)
    return refuse('application.finding_not_asked', { fact: assessment.oddFinding })
  const amount = BigInt(body.amountFen)
  const fault = opinion === 'support' ? approvalFault(assessment.determination, amount) : null
  if (fault !== null) return fault
  const amountFen = opinion === 'support' ? body.amountFen : null
  const moved = await move(each, 'endorse', reason, { opinion, amountFen, findings: body.findings })
  if (!moved.ok) return moved
  const made = { row, inForce, assessment, kind: 'review' as const, at: asked.at, today: asked.today }
  await storeDetermination(context.tx, context.newId, made)
  await store(each, moved.value, { findings: JSON.stringify(findings) })
  return accept({ subject: row.id })
}

/** The treasury signs the amount that the reviewers would grant: no other. */
async function countersign(each: Case, { reason }: Body<'countersign'>): Promise<Done> {
  const [last] = await endorsements(each.context.tx, each.row)
  const amountFen = last?.amountFen ?? '0'
  return approve(each, { amountFen, findings: each.row.findings, reason })
}
