// 公示期满: an announced case becomes a project, whose agreement its firm signs first. Its money stays reserved.
import { addDays } from '@suanquan/core/calendar'
import { timestamp } from '../../database/index.ts'
import { type ApplicationRow, approvalOf, dueIn, nextNumber } from '../application/index.ts'
import { tell } from '../message/index.ts'
import type { InForce } from '../policy/index.ts'
import { daysOf, type moveProject } from './load.ts'

type Context = Parameters<typeof moveProject>[0]

/** @param to the state that its application is in now */
export async function startProject(
  { tx, newId, at, today }: Context,
  row: ApplicationRow,
  { inForce, to }: { readonly inForce: InForce; readonly to: string },
): Promise<string> {
  const workflow = inForce.way.project!
  const { jurisdiction, district } = row
  const id = newId()
  const number = await nextNumber(tx, 'XM', inForce, today)
  const begun = { id, jurisdiction, district, state: workflow.initial }
  const moving = { kind: 'project', row: begun, workflow, inForce } as const
  const due = await dueIn(tx, moving, workflow.initial, today)
  const [first, second] = approvalOf(row)!.parts!
  const { startsOn, endsOn } = row.draft.project!
  await tx
    .insertInto('project')
    .values({
      ...begun,
      number,
      adoption_id: row.adoption_id,
      application_id: row.id,
      organisation_id: row.organisation_id,
      created_at: timestamp(at),
      starts_on: startsOn!,
      ends_on: endsOn!,
      accept_by: addDays(endsOn!, daysOf(inForce, 'acceptance_filing')),
      deadline_on: due.deadlineOn,
      deadline_provisional: due.deadlineProvisional,
      first_fen: first!.amountFen,
      second_fen: second?.amountFen ?? 0n,
    })
    .execute()
  await tx
    .updateTable('application')
    .set({ state: to, deadline_on: null, deadline_provisional: false, updated_at: timestamp(at) })
    .where('id', '=', row.id)
    .execute()
  tell(tx, {
    kind: 'agreement_to_sign',
    cause: `project ${id}`,
    about: 'project',
    aboutId: id,
    params: { number },
    ...(due.deadlineOn === null || due.deadlineProvisional ? {} : { deadlineOn: due.deadlineOn }),
    place: { jurisdiction, district, firmId: row.organisation_id },
  })
  return id
}
