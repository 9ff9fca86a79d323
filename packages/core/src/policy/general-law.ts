// General law that stands behind every programme by its own force, kept once: programmes cite its clauses as `law.<article>`
// and never repeat them. Only what a text was seen to say stands here.
import type { Fen } from '../money/index.ts'
import type { Source } from './programme.ts'

/** 《财政违法行为处罚处分条例》: what follows when public money was obtained or used against the rules. */
export const generalLaw: Source = {
  id: 'law',
  kind: 'official',
  grade: 'A',
  title: '财政违法行为处罚处分条例',
  number: '国务院令第427号',
  issuer: '国务院',
  clauses: {
    '14': {
      zh: '企业和个人以虚报、冒领等手段骗取财政资金或者违规使用的：责令改正，追回有关资金，给予警告，没收违法所得，并处被骗取资金 10% 以上 50% 以下或者被违规使用资金 10% 以上 30% 以下的罚款；对直接负责的主管人员和其他直接责任人员处 3000 元以上 5 万元以下的罚款',
      en: 'firms and persons who obtain public money by deception or use it against the rules: ordered to correct it, the money taken back, a warning, unlawful gains confiscated, a fine of 10% to 50% of what was obtained by deception or 10% to 30% of what was misused; persons directly answerable are fined 3,000 to 50,000 yuan',
    },
  },
}

export interface Sanctions {
  /** as programmes cite it */
  readonly cite: string
  /** as decisions write it */
  readonly clause: string
  /** in per cent of the money, both ends included */
  readonly fraud: readonly [least: bigint, most: bigint]
  readonly misuse: readonly [least: bigint, most: bigint]
  /** of each person answerable, in fen */
  readonly persons: readonly [least: Fen, most: Fen]
}

/** The numbers of article 14: ranges for people to choose from, never a result. */
export const sanctions: Sanctions = {
  cite: 'law.14',
  clause: '《财政违法行为处罚处分条例》第十四条',
  fraud: [10n, 50n],
  misuse: [10n, 30n],
  persons: [300_000n, 5_000_000n],
}
