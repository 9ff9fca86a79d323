// A measure as the library shows it: its numbers by what they do, its rules in words, the ladder of each award.
import type { AnswerOf, Routes } from '@suanquan/api'
import type { Day } from '@suanquan/core/calendar'
import { formatFen } from '@suanquan/core/money'
import {
  awardLadder,
  awardNumbers,
  bandWords,
  programmeSummary,
  readCases,
  type ParameterSummary,
  type Programme,
  type ProgrammeSummary,
} from '@suanquan/core/policy'
import type { LibraryEntry } from './library.ts'
import { placeOf } from './places.ts'
import { filled } from './view.ts'

export type MeasureRow = AnswerOf<Routes['listMeasures']>['items'][number]
type Whole = AnswerOf<Routes['readMeasure']>
type MeasureNumber = MeasureRow['rates'][number]
type Text = Programme['title']

export interface Shown {
  readonly today: Day
  /** programme hash → the adoption that governs here */
  readonly adopted: ReadonlyMap<string, string>
}

export function viewMeasureRow({ hash, programme }: LibraryEntry, { today, adopted }: Shown): MeasureRow {
  const names = awardNumbers(programme)
  const parameters = new Map(parametersOn(programme, today).map((item) => [item.name, item]))
  const numbers = (list: readonly string[]): MeasureNumber[] =>
    list.map((name) => viewNumber(parameters.get(name)!))
  const [rates, caps, pools] = [numbers(names.rates), numbers(names.caps), numbers(names.pools)]
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
): MeasureRow['state'] {
  if (status === 'proposed') return 'proposed'
  if (!known) return 'skeleton'
  if (governs.to !== undefined && governs.to < today) return 'ended'
  return governs.from > today ? 'later' : 'current'
}

/** The values of today, of the last day of what has ended, and the latest of what has not begun. */
function parametersOn(programme: Programme, today: Day): readonly ParameterSummary[] {
  const { from, to } = programme.governs
  const latest = programmeSummary(programme).parameters
  if (from > today) return latest
  const then = programmeSummary(programme, to !== undefined && to < today ? to : today).parameters
  return then.map((item, index) => (item.written === null ? latest[index]! : item))
}

function viewNumber({ label, bound, written, value, type }: ParameterSummary): MeasureNumber {
  const money = type === 'money' && typeof value === 'bigint' ? inWan(value) : undefined
  return { label, bound, written: written && money ? { ...written, zh: money } : written }
}

/** Amounts stand beside one another, so from 1,000 yuan on they are all in 万元. */
function inWan(fen: bigint): string | undefined {
  return fen < 100_000n ? undefined : `${formatFen(fen, 'wan', 6).replace(/\.?0+$/, '')}万元`
}

export function viewMeasure(entry: LibraryEntry, entries: readonly LibraryEntry[], shown: Shown): Whole {
  const { programme } = entry
  const summary = programmeSummary(programme)
  return {
    ...viewMeasureRow(entry, shown),
    ...rulesOf(programme, summary),
    numbers: measureNumbers(programme, shown.today),
    ladders: laddersOf(programme),
    cases: casesOf(entry),
    stages: summary.stages.map(({ id, text }) => ({ id, text: said(text, programme) })),
    documents: Object.entries(summary.documents).map(([id, text]) => ({ id, text })),
    questions: summary.openQuestions.map(({ id, ask }) => ({ id, ask })),
    clauses: summary.citations.map(({ cite, source, clause, grade, text }) => {
      return { cite, source, clause, grade, text }
    }),
    versions: entries
      .filter(
        (other) =>
          other.programme.jurisdiction === programme.jurisdiction &&
          other.programme.instrument === programme.instrument,
      )
      .map(({ hash, programme: { title, version, governs } }) => {
        return { hash, title, version, from: governs.from }
      })
      .toSorted((one, other) => (one.from < other.from ? 1 : -1)),
  }
}

export function measureNumbers(programme: Programme, today: Day): Whole['numbers'] {
  return parametersOn(programme, today).map((item) => ({
    ...viewNumber(item),
    name: item.name,
    basis: item.basis,
    clause: item.citation?.clause ?? null,
    source: item.citation?.source ?? null,
    grade: item.citation?.grade ?? null,
  }))
}

function rulesOf(programme: Programme, summary: ProgrammeSummary): Pick<Whole, 'conditions' | 'limits'> {
  return {
    conditions: summary.conditions.map(({ id, text, citation, basis, decidedBy }) => {
      return { id, text: said(text, programme), clause: citation?.clause ?? null, basis, decidedBy }
    }),
    limits: summary.awards.flatMap((award) =>
      [award.base, ...award.caps].map(({ id, text, citation, basis }) => {
        const key = `${award.id}.${id}`
        return { id: key, text: said(text, programme), clause: citation?.clause ?? null, basis }
      }),
    ),
  }
}

function laddersOf(programme: Programme): Whole['ladders'] {
  return programme.awards.map((award) => {
    const { of, base, cases, besides } = awardLadder(programme, award)
    return {
      id: award.id,
      title: award.title,
      of,
      base,
      rows: cases.map(({ when, rate, bands }) => {
        return { when: [...when], rate, bands: bands && bandWords(programme, bands) }
      }),
      besides: [...besides],
    }
  })
}

/** The cases that say what somebody gets; the others are for testers. */
function casesOf({ programme, casesText }: LibraryEntry): Whole['cases'] {
  const read = casesText === null ? undefined : readCases(programme, casesText, 'cases.yaml').cases
  return (read?.cases ?? []).flatMap(({ name, act, expect }) =>
    act === 'grant' && expect.ceiling !== undefined ? [{ name, result: String(expect.ceiling) }] : [],
  )
}

/** A text with its numbers; what no text that was seen says is left blank. */
export function said(text: Text, programme: Programme): Text {
  const { zh, en } = filled(text, programme)
  const blank = (words: string): string => words.replace(/\{[\w.]+\}/g, '…')
  return { zh: blank(zh), en: blank(en) }
}
