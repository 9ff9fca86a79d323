// What a determination asks of the person who reviews it.
import type { Bilingual } from '../../components/use-say.ts'
import type { Determination } from '../policy/determination.tsx'

/** Yes or no, or an amount as fen in digits. */
export type FindingsByFact = Readonly<Record<string, boolean | string>>

interface AskedFact {
  readonly id: string
  readonly label: Bilingual
}

/** The facts that only a reviewer can find, each once: those of the conditions that a reviewer decides. */
export function askedFacts(determination: Determination | null): AskedFact[] {
  const asked = (determination?.conditions ?? [])
    .filter(({ decidedBy }) => decidedBy === 'reviewer')
    .flatMap(({ facts }) => facts)
  return asked.filter((fact, index) => asked.findIndex(({ id }) => id === fact.id) === index)
}

/** The reasons of the conditions that fail, with their clauses, as the first words of a refusal. */
export function failingReason(
  determination: Determination | null,
  text: (words: Bilingual) => string,
  name: (clause: string) => string,
): string {
  return (determination?.conditions ?? [])
    .filter(({ verdict }) => verdict === 'failed')
    .map(
      ({ fail, text: words, clause }) =>
        `${text(fail ?? words)}${clause === null ? '' : ` (${name(clause)})`}`,
    )
    .join('\n')
}
