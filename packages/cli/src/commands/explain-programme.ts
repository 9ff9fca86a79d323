// A programme for people: `show` prints what pages show, `explain` each rule with its expression and evidence.
import {
  citationOf,
  cnVoucherFacts,
  printed,
  type Condition,
  type Programme,
  type ProgrammeSummary,
  type Provenance,
  type RateRule,
} from '@suanquan/core/policy'

import { language, said } from '../language.ts'
import { actorText, BASES, STATUSES } from './programme-words.ts'

export function showLines(summary: ProgrammeSummary): string[] {
  const { title, id, version, status, governs } = summary
  return [
    `${title[language()]}  ${id}@${version} (${said(STATUSES[status])})`,
    `${said({ zh: '适用', en: 'governs' })}: ${cnVoucherFacts.facts[governs.by]?.label[language()] ?? governs.by} ${governs.from} … ${governs.to ?? ''}`,
    '',
    said({ zh: '来源', en: 'sources' }),
    ...summary.citations.map(
      (item) => `  [${item.grade}] ${item.source} ${item.clause}: ${item.text[language()]}`,
    ),
    '',
    said({ zh: '参数', en: 'numbers' }),
    ...summary.parameters.map((item) => {
      const value =
        item.written?.[language()] ?? said({ zh: '待采用机关确定', en: 'open: for the adopting authority' })
      const bound = { exact: '', at_most: '≤ ', at_least: '≥ ' }[item.bound]
      return `  ${item.name}: ${bound}${value}  ${item.label[language()]} [${item.citation?.cite ?? said(BASES[item.basis])}]`
    }),
    '',
    said({ zh: '条件', en: 'conditions' }),
    ...summary.conditions.map(
      (item) => `  ${item.id}: ${item.text[language()]} [${item.citation?.cite ?? said(BASES[item.basis])}]`,
    ),
    '',
    said({ zh: '程序', en: 'procedure' }),
    ...summary.stages.map(
      (item) => `  ${item.id}: ${item.text[language()]} (${said(actorText(item.actor))})`,
    ),
    '',
    said({ zh: '待定事项', en: 'open questions' }),
    ...summary.openQuestions.map((item) => `  ${item.id}: ${item.ask[language()]}`),
    '',
    said({
      zh: `${summary.conditions.length} 个条件，${summary.openQuestions.length} 个待定事项，${summary.assumptions.length} 项假定`,
      en: `${summary.conditions.length} conditions, ${summary.openQuestions.length} open questions, ${summary.assumptions.length} assumptions`,
    }),
  ]
}

export function explainLines(programme: Programme): string[] {
  const { redemption } = programme
  const conditions = [...programme.eligibility, ...programme.awards.flatMap((award) => award.eligibility)]
  return [
    `${programme.title[language()]}  ${programme.id}@${programme.version}`,
    ...Object.values(programme.definitions).flatMap((item) => [
      '',
      `d.${item.name} = ${printed(item.is)}`,
      `    ${item.text[language()]}`,
      evidenceLine(programme, item),
    ]),
    ...conditions.flatMap((item) => conditionLines(programme, item)),
    ...programme.awards.flatMap((award) => [
      '',
      `${award.title[language()]} (${award.id})`,
      `  ${said({ zh: '基数', en: 'base' })} = ${printed(award.base.is)}`,
      ...(award.rate ? rateLines(award.rate) : []),
      `  ${said({ zh: '取整', en: 'round' })}: ${award.round.to} ${award.round.mode}`,
      ...award.caps.map(
        (cap) =>
          `  ${said({ zh: '限额', en: 'cap' })} ${cap.id} ≤ ${printed(cap.limit)} / ${cap.subjects.join('+')} · ${cap.period} · ${cap.counts.join('+')}`,
      ),
    ]),
    ...(redemption
      ? [
          '',
          `${said({ zh: '兑付', en: 'payment' })} = ${said({ zh: '最小值', en: 'least of' })} ${redemption.legs.map((leg) => printed(leg.is)).join(', ')}`,
          ...rateLines(redemption.rate),
          ...redemption.within.map((item) => `  ≤ ${printed(item.is)}`),
        ]
      : []),
    '',
    said({
      zh: `${conditions.length} 个条件，${programme.awards.length} 个奖补项目`,
      en: `${conditions.length} conditions, ${programme.awards.length} awards`,
    }),
  ]
}

function conditionLines(programme: Programme, condition: Condition): string[] {
  return [
    '',
    `${condition.id}: ${condition.text[language()]}`,
    `    ${printed(condition.require)}`,
    evidenceLine(programme, condition),
  ]
}

function rateLines(rate: RateRule): string[] {
  const rows = rate.rows.map(
    (row) => `  × ${printed(row.value)} ${said({ zh: '当', en: 'when' })} ${printed(row.when)} (${row.id})`,
  )
  return [...(rate.default ? [`  × ${printed(rate.default)}`] : []), ...rows]
}

function evidenceLine(programme: Programme, origin: Provenance): string {
  const citation = citationOf(programme, origin.cite)
  const basis = {
    cited: '',
    derived: said({ zh: '推导', en: 'derived' }),
    assumed: said({ zh: '假定', en: 'assumed' }),
    open: '',
    decided: '',
  }[origin.basis]
  const where = citation
    ? `[${citation.grade}] ${citation.source} ${citation.clause}: ${citation.text[language()]}`
    : ''
  return `    ${[basis, where].filter((part) => part !== '').join(' · ')}`
}
