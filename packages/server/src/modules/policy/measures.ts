// 政策库 for everybody: the measures of all places with their rates, caps, pools and how well each is known.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import type { Day } from '@suanquan/core/calendar'
import {
  programmeSummary,
  type ParameterSummary,
  type Programme,
  type ProgrammeSummary,
} from '@suanquan/core/policy'
import type { Handlers } from '../../http/world.ts'
import { notFound } from '../../identity/scope.ts'
import type { Library, LibraryEntry } from './library.ts'
import { placeOf } from './places.ts'
import { filled } from './view.ts'

type Row = AnswerOf<Routes['listMeasures']>['items'][number]
type Whole = AnswerOf<Routes['readMeasure']>
type MeasureNumber = Row['rates'][number]

interface Shown {
  readonly today: Day
  /** programme hash → the adoption that governs here */
  readonly adopted: ReadonlyMap<string, string>
}

export function measureHandlers(library: Library): Handlers<'listMeasures' | 'readMeasure'> {
  return {
    listMeasures: {
      kind: 'query',
      run: async ({ today }, { db }) => {
        const shown = { today, adopted: await adoptedIn(db) }
        const items = (await library.entries(db)).map((entry) => viewRow(entry, shown))
        return accept({ items: items.toSorted(byPlaceAndDay) })
      },
    },
    readMeasure: {
      kind: 'query',
      run: async ({ params, today }, { db }) => {
        const entries = await library.entries(db)
        const entry = entries.find(({ hash }) => hash === params.hash)
        if (entry === undefined) return notFound('programme')
        return accept(viewMeasure(entry, entries, { today, adopted: await adoptedIn(db) }))
      },
    },
  }
}

async function adoptedIn(db: Parameters<Library['entries']>[0]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('adoption')
    .select(['id', 'programme_hash'])
    .orderBy('adopted_at')
    .execute()
  return new Map(rows.map(({ id, programme_hash: hash }) => [hash, id]))
}

function byPlaceAndDay(left: Row, right: Row): number {
  const one = `${left.jurisdiction} ${left.kind}`
  const other = `${right.jurisdiction} ${right.kind}`
  if (one !== other) return one < other ? -1 : 1
  return left.from < right.from ? 1 : -1
}

function viewRow({ hash, programme }: LibraryEntry, { today, adopted }: Shown): Row {
  const summary = programmeSummary(programme)
  const { rates, caps, pools } = numbersOf(programme, summary)
  const { id, version, title, jurisdiction, instrument, governs } = programme
  const known = [...rates, ...caps].some(({ written }) => written !== null)
  const adoptionId = adopted.get(hash) ?? null
  return {
    hash,
    id,
    version,
    title,
    place: placeOf(jurisdiction),
    jurisdiction,
    kind: instrument,
    from: governs.from,
    to: governs.to ?? null,
    state: adoptionId !== null ? 'adopted' : stateOf(programme, { today, known }),
    rates,
    caps,
    pools,
    grades: [...new Set(programme.sources.map(({ grade }) => grade))].toSorted(),
    adoptionId,
  }
}

function stateOf(
  { status, governs }: Programme,
  { today, known }: { readonly today: Day; readonly known: boolean },
): Row['state'] {
  if (status === 'proposed') return 'proposed'
  if (!known) return 'skeleton'
  if (governs.to !== undefined && governs.to < today) return 'ended'
  return governs.from > today ? 'later' : 'current'
}

/** A pool is what limits the whole programme; every other amount that limits an award is a cap. */
function numbersOf(
  { awards }: Programme,
  { parameters }: ProgrammeSummary,
): Pick<Row, 'rates' | 'caps' | 'pools'> {
  const limits = awards.flatMap(({ caps }) =>
    caps.flatMap(({ limit, subjects }) =>
      limit.kind === 'parameter' ? [{ name: limit.name, pool: subjects.includes('programme') }] : [],
    ),
  )
  const pools = new Set(limits.filter(({ pool }) => pool).map(({ name }) => name))
  const ofKind = (type: string): readonly ParameterSummary[] =>
    parameters.filter((item) => item.type === type)
  const money = ofKind('money')
  return {
    rates: ofKind('rate').map(viewNumber),
    caps: money.filter(({ name }) => !pools.has(name)).map(viewNumber),
    pools: money.filter(({ name }) => pools.has(name)).map(viewNumber),
  }
}

function viewNumber({ bound, written }: ParameterSummary): MeasureNumber {
  return { bound, written }
}

function viewMeasure(entry: LibraryEntry, entries: readonly LibraryEntry[], shown: Shown): Whole {
  const { programme } = entry
  const summary = programmeSummary(programme)
  const says = (text: Programme['title']): Programme['title'] => blanked(filled(text, programme))
  const same = entries.filter(
    (other) =>
      other.programme.jurisdiction === programme.jurisdiction &&
      other.programme.instrument === programme.instrument,
  )
  return {
    ...viewRow(entry, shown),
    numbers: summary.parameters.map((item) => ({
      ...viewNumber(item),
      name: item.name,
      label: item.label,
      basis: item.basis,
      clause: item.citation?.clause ?? null,
      source: item.citation?.source ?? null,
      grade: item.citation?.grade ?? null,
    })),
    conditions: summary.conditions.map(({ id, text, citation, basis, decidedBy }) => {
      return { id, text: says(text), clause: citation?.clause ?? null, basis, decidedBy }
    }),
    limits: summary.awards.flatMap((award) =>
      [award.base, ...award.caps].map(({ id, text, citation, basis }) => {
        const key = `${award.id}.${id}`
        return { id: key, text: says(text), clause: citation?.clause ?? null, basis }
      }),
    ),
    stages: summary.stages.map(({ id, text }) => ({ id, text: says(text) })),
    documents: Object.entries(summary.documents).map(([id, text]) => ({ id, text })),
    questions: summary.openQuestions.map(({ id, ask }) => ({ id, ask })),
    clauses: summary.citations.map(({ cite, source, clause, grade, text }) => {
      return { cite, source, clause, grade, text }
    }),
    versions: same
      .map(({ hash, programme: { title, version, governs } }) => ({
        hash,
        title,
        version,
        from: governs.from,
      }))
      .toSorted((one, other) => (one.from < other.from ? 1 : -1)),
  }
}

/** What no text that was seen says is left blank. */
function blanked({ zh, en }: Programme['title']): Programme['title'] {
  const blank = (said: string): string => said.replace(/\{[\w.]+\}/g, '…')
  return { zh: blank(zh), en: blank(en) }
}
