// What a programme asks of its applicants and of its reviewers, as forms show it.
import type { AnswerOf, Routes } from '@suanquan/api'
import { valuesToFind } from '@suanquan/core/application'
import type { Fact } from '@suanquan/core/policy'
import { requiredOf, type InForce } from '../policy/index.ts'
import { documentsOf } from './corrections.ts'

type Asks = AnswerOf<Routes['readApplication']>['asks']

function askedFact({ facts }: InForce['programme'], { path, label, type }: Fact): Asks['values'][number] {
  const words = type.kind === 'enumeration' ? (facts.enumerations[type.name] ?? {}) : {}
  const choices = Object.entries(words).map(([value, text]) => ({ value, label: text }))
  return { fact: path, label, type: type.kind, choices }
}

export function asksOf(inForce: InForce): Asks {
  const required = requiredOf(inForce)
  const { programme } = inForce
  return {
    documents: documentsOf(inForce).map((kind) => ({ kind, required: required.documents.includes(kind) })),
    declared: required.declared.map((fact) => askedFact(programme, programme.facts.facts[fact]!)),
    values: valuesToFind(programme).map((fact) => askedFact(programme, fact)),
    proofs: required.proofs,
    counterparty: required.counterparty,
    project: required.project,
  }
}
