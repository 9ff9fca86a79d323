// Publication of a measure: its author proposes it, once every case holds, the cases notice planted faults or say why not,
// and each rule that favours some has its ground; another person signs that very text, and it is a version of the library.
import type { AnswerOf, BodyOf, RouteName, Routes } from '@suanquan/api'
import { accept, hex, refuse, type Decision } from '@suanquan/core'
import {
  checkProgramme,
  competitionFindings,
  competitionKey,
  hasErrors,
  programmeHash,
  runCases,
  scoreStepwise,
  unexplained,
  type CompetitionFinding,
  type CompetitionGround,
  type MutationScore,
  type Programme,
} from '@suanquan/core/policy'
import { createHash } from 'node:crypto'
import { setImmediate as othersFirst } from 'node:timers/promises'
import type { Kysely, Selectable } from 'kysely'
import { ledgerHash, timestamp, type Tables, type Transaction } from '../../database/index.ts'
import type { Handler, Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { tell } from '../message/index.ts'
import { storeProgrammeFile, written } from './create-adoption.ts'
import type { Library } from './library.ts'
import { spoken } from './view.ts'

/** Of planted faults, in hundredths of a per cent, that the cases notice before nobody has to say why not. */
const ENOUGH = 9_500
const MOST_NAMED = 20

type View = AnswerOf<Routes['readProgrammeProposal']>
type Row = Selectable<Tables['programme_proposal']>
type Exception = View['exceptions'][number]
type Survivor = View['survivors'][number]
type Names = Extract<RouteName, `${string}ProgrammeProposal` | 'proposeProgramme' | 'listProgrammeProposals'>

export function proposalHandlers(world: World, library: Library): Handlers<Names> {
  return {
    proposeProgramme: propose(world, library),
    listProgrammeProposals: {
      kind: 'query',
      run: async ({ person }, { db, touch }) => {
        touch({ kind: 'programme_proposal', id: null })
        const rows = await db
          .selectFrom('programme_proposal')
          .selectAll()
          .where('state', '<>', 'withdrawn')
          .where(visibleRows(person!, 'programme.read', 'programme_proposal'))
          .orderBy('proposed_at', 'desc')
          .execute()
        const names = await namesOf(db, rows)
        return accept({ items: rows.map((row) => viewRow(row, names, person!.id)) })
      },
    },
    readProgrammeProposal: {
      kind: 'query',
      run: async ({ params, person }, { db, touch }) => {
        touch({ kind: 'programme_proposal', id: params.id })
        const row = await find(db, params.id)
        if (row === undefined) return notFound('programme_proposal')
        if (!mayTouch(person, 'programme.read', row))
          return outOfScope('programme.read', 'programme_proposal')
        return accept(await viewProposal(db, row, person!.id))
      },
    },
    signProgrammeProposal: sign(world, library),
    withdrawProgrammeProposal: {
      kind: 'command',
      run: async ({ params, person, at }, { tx, touch }) => {
        const row = await find(tx, params.id, 'lock')
        if (row === undefined) return notFound('programme_proposal')
        touch({ kind: 'programme_proposal', id: row.id })
        if (!mayTouch(person, 'programme.store', row))
          return outOfScope('programme.store', 'programme_proposal')
        if (row.state !== 'proposed') return refuse('programme.proposal_closed')
        if (row.proposed_by !== person!.id) return refuse('programme.others_proposal')
        const withdrawn = { state: 'withdrawn', withdrawn_at: timestamp(at) } as const
        await tx.updateTable('programme_proposal').set(withdrawn).where('id', '=', row.id).execute()
        return accept({ subject: row.id })
      },
      view: async () => ({ done: true as const }),
    },
  }
}

/** The same person may propose a version again with other content: what was read before cannot be signed any more. */
function propose(world: World, library: Library): Handler<'proposeProgramme'> {
  return {
    kind: 'command',
    run: async ({ body, person, at }, { tx, newId, touch }) => {
      touch({ kind: 'programme_proposal', id: null })
      const judged = await judge(body)
      if (!judged.ok) return judged
      const { programme, ...content } = judged.value
      const version = { id: programme.id, version: programme.version }
      const hash = programmeHash(body.text, ledgerHash)
      const listed = (await library.entries(tx)).filter((entry) => isVersion(entry.programme, version))
      if (listed.some((entry) => entry.hash === hash)) return refuse('programme.published', version)
      if (listed.length > 0) return refuse('programme.version_taken', version)
      const { jurisdiction } = world.site
      const values = {
        programme_hash: hash,
        title: JSON.stringify(programme.title),
        text: body.text,
        cases_text: body.casesText ?? '',
        exceptions: JSON.stringify(content.exceptions),
        survivors: JSON.stringify(content.survivors),
        mutants: content.mutants,
        score_basis_points: content.basisPoints,
        content_hash: contentHash(body, content),
        proposed_at: timestamp(at),
      }
      const own = await tx
        .selectFrom('programme_proposal')
        .select(['id', 'proposed_by'])
        .where('programme_id', '=', version.id)
        .where('version', '=', version.version)
        .where('state', '=', 'proposed')
        .forUpdate()
        .executeTakeFirst()
      if (own !== undefined && own.proposed_by !== person!.id)
        return refuse('programme.proposed_by_another', version)
      const id = own?.id ?? newId()
      if (own !== undefined)
        await tx.updateTable('programme_proposal').set(values).where('id', '=', id).execute()
      else {
        const place = { jurisdiction, district: jurisdiction }
        const named = { programme_id: version.id, version: version.version, proposed_by: person!.id }
        const stored = await tx
          .insertInto('programme_proposal')
          .values({ id, ...place, ...named, ...values, state: 'proposed' })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
        if (stored.numInsertedOrUpdatedRows !== 1n) return refuse('programme.proposed_by_another', version)
      }
      touch({ kind: 'programme_proposal', id })
      tell(tx, {
        kind: 'programme_to_sign',
        cause: `programme_proposal ${id} ${values.content_hash}`,
        about: 'programme_proposal',
        aboutId: id,
        params: { title: programme.title.en, titleZh: programme.title.zh },
        place: { jurisdiction, district: jurisdiction },
        except: [person!.id],
      })
      return accept({ subject: id })
    },
    view: async (subject, { db }, { person }) => viewProposal(db, (await find(db, subject))!, person!.id),
  }
}

function isVersion(programme: Programme, { id, version }: { id: string; version: string }): boolean {
  return programme.id === id && programme.version === version
}

interface Judged {
  readonly programme: Programme
  readonly exceptions: readonly Exception[]
  readonly survivors: readonly Survivor[]
  readonly mutants: number
  readonly basisPoints: number
}

type JudgeCode =
  | 'adoption.programme_invalid'
  | 'programme.cases_missing'
  | 'programme.cases_failed'
  | 'programme.faults_unnoticed'
  | 'programme.competition_unexplained'

async function judge({
  text,
  casesText,
  exceptions = [],
  survivors = [],
}: BodyOf<Routes['proposeProgramme']>): Promise<Decision<Judged, JudgeCode>> {
  const { programme, diagnostics } = checkProgramme(text, 'programme.yaml')
  if (programme === undefined || hasErrors(diagnostics))
    return refuse('adoption.programme_invalid', { diagnostics: written(diagnostics) })
  const run = casesText === null ? undefined : runCases(programme, casesText, 'cases.yaml')
  if (run !== undefined && hasErrors(run.diagnostics))
    return refuse('adoption.programme_invalid', { diagnostics: written(run.diagnostics) })
  if (run === undefined || run.results.length === 0) return refuse('programme.cases_missing')
  const failed = run.results.filter(({ passed }) => !passed).map(({ name }) => name)
  if (failed.length > 0) return refuse('programme.cases_failed', { cases: failed.slice(0, MOST_NAMED) })
  const given = Object.fromEntries(
    exceptions.map(({ key, ...each }) => [key, { ...each, signedBy: 'proposed' }]),
  )
  const open = unexplained(programme, given)
  if (open.length > 0) return refuse('programme.competition_unexplained', { rules: [...open] })
  const score = await scoreBesideOthers(programme, casesText!)
  const reasons = new Map(survivors.map(({ mutant, reason }) => [mutant, reason]))
  const silent = score.survivors.filter((mutant) => !reasons.has(mutant))
  if (score.basisPoints < ENOUGH && silent.length > 0)
    return refuse('programme.faults_unnoticed', {
      score: (score.basisPoints / 100).toFixed(2),
      mutants: silent.slice(0, MOST_NAMED),
    })
  return accept({
    programme,
    exceptions: competitionFindings(programme).map((finding) => {
      const { ground, reason } = given[competitionKey(finding)]!
      return { ...viewFinding(programme, finding), ground, reason }
    }),
    survivors: score.survivors.map((mutant) => ({ mutant, reason: reasons.get(mutant) ?? null })),
    mutants: score.mutants.length - score.equivalent.length,
    basisPoints: score.basisPoints,
  })
}

/** Planting every fault takes a tenth of a second to seconds: each is tried on its own, and others are served between. */
async function scoreBesideOthers(programme: Programme, casesText: string): Promise<MutationScore> {
  const steps = scoreStepwise(programme, casesText, 'cases.yaml')
  let step = steps.next()
  while (step.done !== true) {
    await othersFirst()
    step = steps.next()
  }
  return step.value
}

/** What a finding is to readers: what it does, the article it touches, and the rule's words. */
export function viewFinding(
  programme: Programme,
  finding: CompetitionFinding,
): Omit<Exception, 'ground' | 'reason'> {
  const { kind, article, text, cite } = finding
  return {
    key: competitionKey(finding),
    kind,
    article,
    text: spoken(text, programme),
    clause: cite === null ? null : cite.slice(cite.indexOf('.') + 1),
  }
}

/** Of the text, its cases and everything stated with them. */
function contentHash(
  { text, casesText }: { readonly text: string; readonly casesText: string | null },
  { exceptions, survivors }: Pick<Judged, 'exceptions' | 'survivors'>,
): string {
  const stated = exceptions.map(({ key, ground, reason }): [string, CompetitionGround, string] => [
    key,
    ground,
    reason,
  ])
  const told = survivors.map(({ mutant, reason }) => [mutant, reason])
  return hex(
    createHash('sha256')
      .update(JSON.stringify([text, casesText, stated, told]))
      .digest(),
  )
}

function sign(world: World, library: Library): Handler<'signProgrammeProposal'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, touch }) => {
      const row = await find(tx, params.id, 'lock')
      if (row === undefined) return notFound('programme_proposal')
      touch({ kind: 'programme_proposal', id: row.id })
      if (!mayTouch(person, 'programme.sign', row)) return outOfScope('programme.sign', 'programme_proposal')
      if (row.state !== 'proposed') return refuse('programme.proposal_closed')
      if (row.proposed_by === person!.id) return refuse('programme.own_proposal')
      if (row.content_hash !== body.contentHash) return refuse('programme.proposal_changed')
      const version = { id: row.programme_id, version: row.version }
      const listed = (await library.entries(tx)).filter((entry) => isVersion(entry.programme, version))
      if (listed.some(({ hash }) => hash !== row.programme_hash))
        return refuse('programme.version_taken', version)
      await publish(tx, world, { row, at })
      const signed = { state: 'published', signed_by: person!.id, signed_at: timestamp(at) } as const
      await tx.updateTable('programme_proposal').set(signed).where('id', '=', row.id).execute()
      return accept({ subject: row.programme_hash })
    },
    view: async (subject) => ({ hash: subject }),
  }
}

async function publish(
  tx: Transaction['kysely'],
  world: World,
  { row, at }: { readonly row: Row; readonly at: number },
): Promise<void> {
  const { programme } = checkProgramme(row.text, 'programme.yaml')
  const programme_hash = await storeProgrammeFile(tx, world, { programme: programme!, text: row.text, at })
  const { jurisdiction, district } = row
  const text = { text: row.cases_text, stored_at: timestamp(at) }
  await tx
    .insertInto('programme_companion')
    .values({ ...text, programme_hash, kind: 'cases', jurisdiction, district })
    .onConflict((conflict) => conflict.columns(['programme_hash', 'kind']).doUpdateSet(text))
    .execute()
}

async function find(db: Kysely<Tables>, id: string, lock?: 'lock'): Promise<Row | undefined> {
  const found = db.selectFrom('programme_proposal').selectAll().where('id', '=', id)
  return (lock === undefined ? found : found.forUpdate()).executeTakeFirst()
}

async function namesOf(db: Kysely<Tables>, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  const ids = rows.flatMap(({ proposed_by: by, signed_by: signer }) => [by, ...(signer ? [signer] : [])])
  if (ids.length === 0) return new Map()
  const people = await db
    .selectFrom('person')
    .select(['id', 'display_name'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(people.map(({ id, display_name: name }) => [id, name]))
}

function viewRow(
  row: Row,
  names: ReadonlyMap<string, string>,
  asker: string,
): AnswerOf<Routes['listProgrammeProposals']>['items'][number] {
  return {
    id: row.id,
    programmeId: row.programme_id,
    programmeVersion: row.version,
    programmeHash: row.programme_hash,
    title: row.title as View['title'],
    state: row.state,
    proposedBy: names.get(row.proposed_by) ?? '',
    proposedAt: new Date(row.proposed_at).toISOString(),
    signedBy: row.signed_by === null ? null : (names.get(row.signed_by) ?? null),
    signedAt: row.signed_at === null ? null : new Date(row.signed_at).toISOString(),
    mine: row.proposed_by === asker,
  }
}

async function viewProposal(db: Kysely<Tables>, row: Row, asker: string): Promise<View> {
  const { programme } = checkProgramme(row.text, 'programme.yaml')
  return {
    ...viewRow(row, await namesOf(db, [row]), asker),
    contentHash: row.content_hash,
    text: row.text,
    casesText: row.cases_text,
    cases: runCases(programme!, row.cases_text, 'cases.yaml').results.length,
    mutants: row.mutants,
    scoreBasisPoints: row.score_basis_points,
    survivors: row.survivors as unknown as View['survivors'],
    exceptions: row.exceptions as unknown as View['exceptions'],
  }
}
