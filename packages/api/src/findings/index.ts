// The words of supervision: what rules, clauses, innocent explanations clearing documents and values are called. Core says codes.
import { clausePrefixes, clauseWords, partWords } from './clauses.ts'
import { detectorWords } from './detectors.ts'
import { clearWords, innocentWords } from './explanations.ts'
import { valueWords } from './values.ts'
import type { Words } from './words.ts'

type Language = 'zh' | 'en'

export type FindingWord = 'detector' | 'clause' | 'innocent' | 'clear' | 'value'

const catalogues: Readonly<Record<FindingWord, Words>> = {
  detector: detectorWords,
  clause: clauseWords,
  innocent: innocentWords,
  clear: clearWords,
  value: valueWords,
}

/** What a code of a finding says; undefined for one that the catalogue does not have. */
export function findingWord(kind: FindingWord, code: string, language: Language): string | undefined {
  const words = catalogues[kind]
  if (Object.hasOwn(words, code)) return words[code]![language]
  if (kind !== 'clause') return undefined
  const [prefix, sentence] =
    Object.entries<Words[string]>(clausePrefixes).find(([start]) => code.startsWith(start)) ?? []
  const part = (partWords as Words)[code.slice(prefix?.length)]
  return part && sentence?.[language].replace('{part}', part[language])
}
