// A programme in force as the public reads it: rules with their clauses, what the authority decided itself and who
// signed it, documents, stages, and what is left in the pool.
import type { AnswerOf, Routes } from '@suanquan/api'
import type { Day, Instant } from '@suanquan/core/calendar'
import {
  citationOf,
  programmeSummary,
  writeValue,
  type AdoptedProgramme,
  type Programme,
  type ParameterSummary,
  type ProgrammeSummary,
} from '@suanquan/core/policy'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { booksOf, poolTotals } from '../ledger/index.ts'
import { appropriatedOf } from './pool.ts'
import { type InForce, windowAt, windowsOf, workingDaysOf } from './programmes.ts'

type Row = AnswerOf<Routes['listAdoptions']>['items'][number]
type View = AnswerOf<Routes['readAdoption']>

export interface Now {
  readonly at: Instant
  readonly today: Day
}

export async function viewAdoptionRow(db: Kysely<Tables>, inForce: InForce, now: Now): Promise<Row> {
  const { programme } = inForce
  const books = booksOf(inForce)
  const window = windowAt(inForce, now.at)
  return {
    id: inForce.id,
    programmeId: programme.id,
    programmeVersion: programme.version,
    programmeHash: inForce.programmeHash,
    title: programme.title,
    authority: programme.adoption.authority.zh,
    jurisdiction: inForce.jurisdiction,
    opensOn: inForce.opensOn,
    closesOn: inForce.closesOn,
    claimsUntil: inForce.claimsUntil,
    open: window !== null,
    openUntil: window?.to ?? null,
    noticeWorkingDays: workingDaysOf(inForce.terms, 'notice') ?? 0,
    way: inForce.way.id,
    poolFen: (await appropriatedOf(db, books)).appropriatedFen.toString(),
    poolLeftFen: (await poolTotals(db, books)).leftFen.toString(),
  }
}

export async function viewAdoption(db: Kysely<Tables>, inForce: InForce, now: Now): Promise<View> {
  const { programme } = inForce
  const summary = programmeSummary(programme, now.today)
  return {
    ...(await viewAdoptionRow(db, inForce, now)),
    ...guideOf(inForce, summary),
    amounts: summary.parameters
      .filter(({ written }) => written !== null)
      .map(({ name, label, written, citation }) => ({
        id: name,
        text: label,
        value: written!,
        clause: citation?.clause ?? null,
      })),
    documents: Object.entries(programme.documents).map(([id, text]) => ({ id, text })),
    stages: stagesOf(inForce),
    sources: programme.sources.map((source) => ({
      id: source.id,
      title: source.title,
      number: source.number ?? null,
      url: source.url ?? null,
      issuer: source.issuer ?? '',
      issuedOn: source.issuedOn ?? null,
      grade: source.grade,
      clauses: Object.entries(source.clauses).map(([id, text]) => ({ id, text: text.zh })),
    })),
    decisions: decisionsOf(programme, summary.parameters),
  }
}

/** Conditions with why they fail and what shows them, the amounts with their caps, and how the voucher runs. */
function guideOf(
  inForce: InForce,
  summary: ProgrammeSummary,
): Pick<View, 'conditions' | 'awards' | 'windows' | 'voucherUsableUntil' | 'claimsInParts'> {
  const { programme, terms } = inForce
  const all = [...programme.eligibility, ...programme.awards.flatMap(({ eligibility }) => eligibility)]
  const fails = new Map(all.map(({ id, fail }) => [id, fail]))
  return {
    conditions: summary.conditions.map(({ id, text, citation, decidedBy, evidence }) => ({
      id,
      text: filled(text, programme),
      fail: named(fails.get(id)!, programme),
      clause: citation?.clause ?? null,
      source: citation?.source ?? null,
      decidedBy,
      evidence: [...evidence],
    })),
    awards: summary.awards.map(({ id, title, base, caps }) => ({
      id,
      title,
      base: filled(base.text, programme),
      baseClause: base.citation?.clause ?? null,
      caps: caps.map((cap) => ({
        id: cap.id,
        text: filled(cap.text, programme),
        clause: cap.citation?.clause ?? null,
      })),
    })),
    windows: windowsOf(inForce).map(({ from, to, opensAt = null, closesAt = null }) => ({
      from,
      to,
      opensAt,
      closesAt,
    })),
    voucherUsableUntil: terms.usableUntil,
    claimsInParts: terms.inParts,
  }
}

/** The clock of the office: time that the applicant or the public takes is not the office's. */
function stagesOf({ programme, terms }: InForce): View['stages'] {
  const cites = new Map((programme.procedure?.stages ?? []).map(({ id, cite }) => [id, cite]))
  return terms.stages.map(({ id, text, actor, within, lasts }) => {
    const length = within ?? lasts
    return {
      id,
      text,
      actor,
      workingDays: length?.unit === 'workdays' ? length.length : null,
      limits: within !== undefined ? 'within' : lasts !== undefined ? 'lasts' : 'none',
      counts: within !== undefined && (actor === 'authority' || actor === 'finance'),
      clause: citationOf(programme, cites.get(id))?.clause ?? null,
    }
  })
}

/** What the authority decided itself: open questions first, then parameters, each with its source and signature. */
function decisionsOf(
  programme: AdoptedProgramme,
  parameters: readonly ParameterSummary[],
): View['decisions'] {
  const { answers, parameters: set } = programme.adoption
  return [...Object.entries(answers), ...Object.entries(set)].map(([id, { value, source, signedBy }]) => {
    const question = programme.openQuestions.find((each) => each.id === id)
    const own = parameters.find(
      ({ name }) => name === id.replace(/^parameters\./, '') || name === soleOf(programme, id),
    )
    const plain = [value].flat().join('、')
    return {
      id,
      question: question?.ask ?? own?.label ?? { zh: id, en: id },
      value: value === 'accepted' ? null : (own?.written ?? { zh: plain, en: plain }),
      source,
      signedBy,
    }
  })
}

/** The parameter that a question sets, when it sets one only. */
function soleOf(programme: AdoptedProgramme, question: string): string | undefined {
  const set = Object.values(programme.parameters).filter((parameter) => parameter.question === question)
  return set.length === 1 ? set[0]!.name : undefined
}

/** A reason of failure for everybody: a fact stands by its name. */
function named(text: { zh: string; en: string }, programme: Programme): { zh: string; en: string } {
  const name = (language: 'zh' | 'en', path: string, whole: string): string => {
    const label = programme.facts.facts[path]?.label[language]
    return label === undefined ? whole : language === 'zh' ? `〔${label}〕` : `[${label}]`
  }
  const { zh, en } = filled(text, programme)
  return {
    zh: zh.replace(/\{([a-z_.0-9]+)\}/g, (whole, path: string) => name('zh', path, whole)),
    en: en.replace(/\{([a-z_.0-9]+)\}/g, (whole, path: string) => name('en', path, whole)),
  }
}

/** A condition's text names parameters: their values are put in. */
export function filled(text: { zh: string; en: string }, programme: Programme): { zh: string; en: string } {
  const fill = (language: 'zh' | 'en'): string =>
    text[language].replace(/\{p\.(\w+)\}/g, (whole, name: string) => {
      const parameter = programme.parameters[name]
      const value = parameter?.values.at(-1)?.value
      if (!parameter || value === null || value === undefined) return whole
      return writeValue(value, parameter.type, { schema: programme.facts, language })
    })
  return { zh: fill('zh'), en: fill('en') }
}
