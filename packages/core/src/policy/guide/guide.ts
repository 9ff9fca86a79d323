// 办事指南: a programme as a page for those who apply, in one language: who may, how much (the ladder of each award),
// when and how, with which documents, worked cases, what is not known yet, and every clause. All of it is read from the
// file; no page is written by hand.
import type { Day } from '../../calendar/index.ts'
import { isValue } from '../expression/index.ts'
import type { WorkedCase } from '../cases/read-cases.ts'
import { writeValue } from '../message.ts'
import type { Award, Condition, Programme, Provenance, Stage, Text } from '../programme.ts'
import { fillFrom, openSession, type Session } from '../session.ts'
import { citationOf } from '../summary.ts'
import type { Expression } from '../types.ts'
import type { Block } from './blocks.ts'
import {
  actorTexts,
  basisTexts,
  finderTexts,
  guideTexts as texts,
  modeTexts,
  unitTexts,
  wayTexts,
} from './guide-texts.ts'
import { awardLadder } from './ladder.ts'
import { bandWords } from './ladder-words.ts'
import { inWords } from './words.ts'

export interface GuideInput {
  readonly language: 'zh' | 'en'
  /** the governing day whose values are shown; the latest when left out */
  readonly on?: Day
  readonly cases?: readonly WorkedCase[]
}

interface Writer {
  readonly programme: Programme
  readonly on: Day
  readonly session: Session
  readonly say: (text: Text) => string
  readonly language: 'zh' | 'en'
}

export function programmeGuide(
  programme: Programme,
  { language, on = '2999-12-31', cases = [] }: GuideInput,
): Block[] {
  const session = openSession(programme, new Map([[programme.governs.by, on]]))
  const writer: Writer = { programme, on, session, language, say: (text) => text[language] }
  return [
    ...head(writer),
    ...who(writer),
    { kind: 'heading', level: 2, text: texts.howMuch[language] },
    ...programme.awards.flatMap((award) => howMuch(writer, award)),
    ...when(writer),
    ...payment(writer),
    ...documents(writer),
    ...examples(writer, cases),
    ...unknowns(writer),
    ...clauses(writer),
  ]
}

function heading({ say }: Writer, text: Text, level: 2 | 3 = 2): Block {
  return { kind: 'heading', level, text: say(text) }
}

function head({ programme, say, language }: Writer): Block[] {
  const { title, id, version, status, governs, adoption } = programme
  const fact = programme.facts.facts[governs.by]!.label[language]
  const span = [
    `${governs.from} ${say(texts.since)}`,
    ...(governs.to ? [`${governs.to} ${say(texts.until)}`] : []),
  ]
  const colon = language === 'zh' ? '：' : ': '
  return [
    { kind: 'heading', level: 1, text: say(adoption?.title ?? title) },
    { kind: 'text', text: say(status === 'proposed' ? texts.proposed : texts.drafted) },
    {
      kind: 'list',
      items: [
        `${id}@${version}`,
        ...(adoption ? [say(adoption.authority)] : []),
        `${say(texts.governs)}${colon}${fact} ${span.join(language === 'zh' ? '，' : ', ')}`,
      ],
    },
  ]
}

/** The clause of a rule, or what it stands on instead. */
function basisOf({ programme, say }: Writer, { cite, basis }: Provenance): string {
  const citation = citationOf(programme, cite)
  const words = say(basisTexts[basis]!)
  return [citation ? citation.cite : '', words].filter((part) => part !== '').join(' · ')
}

function who(writer: Writer): Block[] {
  const { programme, session, say } = writer
  const row = (condition: Condition): string[] => [
    say(fillFrom(session, condition.text)),
    say(finderTexts[condition.decidedBy]!),
    condition.evidence
      .map((id) => say(programme.documents[id]!))
      .join(writer.language === 'zh' ? '、' : ', '),
    basisOf(writer, condition),
  ]
  const table = (conditions: readonly Condition[]): Block[] =>
    conditions.length === 0 ? [] : [{ kind: 'table', header: [texts.condition, texts.decided, texts.evidence, texts.basis].map(say), rows: conditions.map(row) }] // prettier-ignore
  return [
    heading(writer, texts.who),
    ...table(programme.eligibility),
    ...programme.awards.flatMap((award) =>
      award.eligibility.length === 0 ? [] : [heading(writer, award.title, 3), ...table(award.eligibility)],
    ),
  ]
}

function howMuch(writer: Writer, award: Award): Block[] {
  const { programme, on, session, say, language } = writer
  const ladder = awardLadder(programme, award, on)
  const colon = language === 'zh' ? '：' : ': '
  const all = (list: readonly Text[]): string =>
    list.length === 0 ? say(texts.always) : list.map(say).join(language === 'zh' ? '；' : '; ')
  const rungs = ladder.cases.flatMap(({ when: tests, rate, bands }) => {
    const start = [all(tests), rate ? say(rate) : say(texts.noRate)]
    if (bands === null) return [[...start, '—', say(texts.noBands)]]
    return bandWords(programme, bands).map(({ range, gives }) => [...start, say(range), say(gives)])
  })
  const base = say(fillFrom(session, award.base.text))
  const formula = say(ladder.base)
  const { mode, to } = award.round
  const besides = ladder.besides.map((cap) => ({
    zh: `表中未计入：${cap.zh}。`,
    en: `Not counted in the table: ${cap.en}.`,
  }))
  const limits = ladder.caps.flatMap(({ text, cap, limits: rows }) =>
    rows.map(({ when: tests, limit }) => [say(text), all(tests), say(limit), basisOf(writer, cap)]),
  )
  return [
    heading(writer, award.title, 3),
    {
      kind: 'text',
      text: `${say(texts.reckonedFrom)}${colon}${base}${base === formula ? '' : ` = ${formula}`}`,
    },
    {
      kind: 'table',
      header: [say(texts.when), say(texts.rate), say(ladder.of), say(texts.gives)],
      rows: rungs,
    },
    { kind: 'text', text: [texts.bandsNote, ...besides].map(say).join(language === 'zh' ? '' : ' ') },
    { kind: 'table', header: [texts.caps, texts.when, texts.limit, texts.basis].map(say), rows: limits },
    {
      kind: 'text',
      text: `${say(texts.rounding)}${colon}${say(modeTexts[mode]!)}${language === 'zh' ? '' : ' '}${say(unitTexts[to]!)}`,
    },
  ]
}

/** A value of the procedure, or that it is open. */
function valueOf(writer: Writer, expression: Expression): string {
  const outcome = writer.session.evaluate(expression)
  if (!isValue(outcome))
    return writer.say(
      expression.kind === 'parameter' ? texts.open : inWords(writer.programme, writer.on, expression),
    )
  return writeValue(outcome, expression.type, { schema: writer.programme.facts, language: writer.language })
}

function termOf(writer: Writer, { within, lasts }: Stage): string {
  const term = within ?? lasts
  if (!term) return ''
  const units = { workdays: { zh: '个工作日', en: 'working days' }, days: { zh: '天', en: 'days' } }
  const length = valueOf(writer, term.length)
  const unit = units[term.unit]
  return writer.language === 'zh'
    ? `${length}${length === '待定' ? '' : ` ${unit.zh}`}`
    : `${length} ${unit.en}`
}

function when(writer: Writer): Block[] {
  const { programme, say, language } = writer
  const { procedure, voucher } = programme
  const colon = language === 'zh' ? '：' : ': '
  const items = [
    ...(procedure ? [say(wayTexts[procedure.way]!)] : []),
    ...(procedure?.windows ? [`${say(texts.windows)}${colon}${valueOf(writer, procedure.windows)}`] : []),
    ...(voucher ? [`${say(texts.usableUntil)}${colon}${valueOf(writer, voucher.usableUntil)}`] : []),
    ...(voucher?.claimsUntil
      ? [`${say(texts.claimsUntil)}${colon}${valueOf(writer, voucher.claimsUntil)}`]
      : []),
  ]
  const stages = procedure?.stages ?? []
  const rows = stages.map((stage) => [
    say(fillFrom(writer.session, stage.text)),
    say(actorTexts[stage.actor]!),
    termOf(writer, stage),
    basisOf(writer, stage),
  ])
  const header = [texts.stage, texts.actor, texts.term, texts.basis].map(say)
  return [
    heading(writer, texts.apply),
    items.length > 0 ? { kind: 'list', items } : { kind: 'text', text: say(texts.none) },
    ...(rows.length > 0 ? [{ kind: 'table', header, rows } as const] : []),
  ]
}

function payment(writer: Writer): Block[] {
  const { programme, session, say, language } = writer
  const { redemption } = programme
  if (!redemption) return []
  const colon = language === 'zh' ? '：' : ': '
  const amounts = [...redemption.legs, ...redemption.within].map(({ text }) => say(fillFrom(session, text)))
  const left = redemption.leftOut.map(({ text }) => `${say(texts.leftOut)}${colon}${say(text)}`)
  const conditions = redemption.eligibility.map(({ text }) => say(fillFrom(session, text)))
  return [
    heading(writer, texts.redemption),
    ...(conditions.length > 0 ? [{ kind: 'list', items: conditions } as const] : []),
    { kind: 'text', text: say(texts.leastOf) },
    { kind: 'list', items: [...amounts, ...left] },
  ]
}

function documents(writer: Writer): Block[] {
  const items = Object.values(writer.programme.documents).map(writer.say)
  const none: Block = { kind: 'text', text: writer.say(texts.none) }
  return [heading(writer, texts.documents), items.length > 0 ? { kind: 'list', items } : none]
}

/** What the cases of the file expect; a case that expects no amount is for testers. */
function examples(writer: Writer, cases: readonly WorkedCase[]): Block[] {
  const rows = cases.flatMap(({ name, expect, act }) =>
    expect.ceiling === undefined || act !== 'grant' ? [] : [[name, expect.ceiling]],
  )
  const header = [texts.example, texts.result].map(writer.say)
  return rows.length === 0 ? [] : [heading(writer, texts.cases), { kind: 'table', header, rows }]
}

function unknowns(writer: Writer): Block[] {
  const { programme, say } = writer
  const asked = programme.openQuestions.map(({ ask }) => say(ask))
  const { assumptions } = programme
  if (asked.length + assumptions.length === 0) return []
  return [
    heading(writer, texts.unknowns),
    ...(asked.length > 0 ? [{ kind: 'list', items: asked } as const] : []),
    ...(assumptions.length > 0
      ? [
          { kind: 'text', text: say(texts.assumptions) } as const,
          { kind: 'list', items: assumptions } as const,
        ]
      : []),
  ]
}

function clauses(writer: Writer): Block[] {
  const { programme, say } = writer
  const header = [texts.clause, texts.says, texts.grade].map(say)
  return [
    heading(writer, texts.sources),
    ...programme.sources.flatMap((source): Block[] => [
      { kind: 'heading', level: 3, text: source.title },
      {
        kind: 'list',
        items: [source.issuer, source.number, source.issuedOn, source.url].filter(
          (item) => item !== undefined,
        ),
      },
      {
        kind: 'table',
        header,
        rows: Object.entries(source.clauses).map(([id, text]) => [
          `${source.id}.${id}`,
          say(text),
          source.grade,
        ]),
      },
    ]),
  ].filter((block) => block.kind !== 'list' || block.items.length > 0)
}
