// Two measures side by side, for everybody: numbers as people read them, sentences in both languages, and the rule
// itself only where no sentence says it.
import type { AnswerOf, Routes } from '@suanquan/api'
import {
  compareProgrammes,
  rulesOf,
  writeValue,
  type Parameter,
  type Programme,
  type ProgrammeDifference,
} from '@suanquan/core/policy'
import { said } from './view-measure.ts'

type Difference = AnswerOf<Routes['compareMeasures']>['items'][number]
type Text = Programme['title']

const PARTS: Readonly<Record<string, Difference['part']>> = {
  parameters: 'numbers',
  eligibility: 'conditions',
  open_questions: 'questions',
  sources: 'sources',
  procedure: 'procedure',
  documents: 'procedure',
  governs: 'procedure',
  voucher: 'procedure',
}

/** Where a rule is cited from is left out: what the clause says stands among the sources. */
export function measureDifferences(before: Programme, after: Programme): Difference[] {
  const [was, is] = [sentencesOf(before), sentencesOf(after)]
  const all = compareProgrammes(before, after)
  const paths = new Set(all.map(({ path }) => path))
  return all
    .filter(({ path }) => !path.endsWith('.cite') && !/^parameters\..*\.text$/.test(path))
    .filter(
      (item) =>
        !isOneSided(item) || !paths.has(`${item.path}.text`) || was.has(item.path) || is.has(item.path),
    )
    .map(({ path, text, ...values }) => {
      const [left, right] = [was.get(path), is.get(path)]
      const code = left === undefined && right === undefined
      const side = (value: string | null, sentence: Text | undefined): Text | null =>
        value === null ? null : (sentence ?? { zh: value, en: value })
      return {
        path,
        part: /\.eligibility\./.test(path) ? 'conditions' : (PARTS[path.split('.')[0]!] ?? 'amounts'),
        text: said(text, values.after === null ? before : after),
        before: side(values.before, left),
        after: side(values.after, right),
        code,
      }
    })
}

/** A rule that only one of them has is said by its sentence alone. */
function isOneSided({ before, after }: ProgrammeDifference): boolean {
  return before === null || after === null
}

/** What is said in words, under the path of the comparison. */
function sentencesOf(programme: Programme): ReadonlyMap<string, Text> {
  const { documents, openQuestions, sources, parameters } = programme
  return new Map([
    ...rulesOf(programme).map(({ path, text }) => [`${path}.text`, said(text, programme)] as const),
    ...Object.values(parameters).map(
      (item) => [`parameters.${item.name}`, valuesOf(item, programme)] as const,
    ),
    ...Object.entries(documents).map(([name, text]) => [`documents.${name}`, text] as const),
    ...openQuestions.map(({ id, ask }) => [`open_questions.${id}`, ask] as const),
    ...sources.flatMap((source) =>
      Object.entries(source.clauses).map(
        ([clause, text]) => [`sources.${source.id}.${clause}`, text] as const,
      ),
    ),
  ])
}

const BOUNDS = {
  exact: { zh: '', en: '' },
  at_most: { zh: '不超过 ', en: 'at most ' },
  at_least: { zh: '不低于 ', en: 'at least ' },
} as const

/** Each value with the day from which it holds, where there are several; open: nothing. */
function valuesOf({ type, bound, values }: Parameter, { facts: schema }: Programme): Text {
  const write = (language: 'zh' | 'en'): string =>
    values
      .map(({ from, value }) => {
        const written = value === null ? '—' : writeValue(value, type, { schema, language })
        return `${values.length > 1 ? `${from} ` : ''}${BOUNDS[bound][language]}${written}`
      })
      .join(' · ')
  return { zh: write('zh'), en: write('en') }
}
