// The seals of a fund as `ledger verify` says them.
import { hex } from '@suanquan/core'
import type { SealVerification } from '@suanquan/server'
import { said } from '../language.ts'

export function sealJson(proof: SealVerification | undefined): object | null {
  if (proof === undefined) return null
  const { seals, sealed, head, findings } = proof
  return { seals, sealed, root: head === null ? null : hex(head.root), findings }
}

export function sealLines({ fund, seals, sealed, head, findings }: SealVerification): string[] {
  const root = head === null ? '–' : hex(head.root)
  return [
    said({
      zh: `账本 ${fund.ledger}：${seals} 个封印，覆盖 ${sealed} 笔分录，树根 ${root}`,
      en: `fund ${fund.ledger}: ${seals} seals over ${sealed} postings, root ${root}`,
    }),
    ...findings.map(({ number, fault, detail }) =>
      said({
        zh: `  封印 ${number} 不符（${fault}）：${detail}`,
        en: `  seal ${number} does not hold (${fault}): ${detail}`,
      }),
    ),
  ]
}
