import type { RefusalTexts } from './texts.ts'

export const seal = {
  'seal.unknown': {
    status: 404,
    zh: '账本 {ledger} 没有编号为 {number} 的封印；/api/tree-heads 列出最新的封印',
    en: 'fund {ledger} has no seal {number}; /api/tree-heads lists the latest ones',
  },
  'seal.backwards': {
    status: 422,
    zh: '封印 {from} 在 {to} 之后：请把较早的写在前面',
    en: 'seal {from} comes after {to}: name the earlier one first',
  },
  'seal.not_covered': {
    status: 404,
    zh: '封印 {number} 只覆盖到第 {last} 笔分录，第 {sequence} 笔尚未封存：请选用较晚的封印，或等待下一次封存',
    en: 'seal {number} covers postings up to {last}, not {sequence}: choose a later seal or wait for the next one',
  },
  'seal.none_yet': {
    status: 409,
    zh: '账本尚未封存，请稍后再取证明',
    en: 'the journal has not been sealed yet; ask for the proof a little later',
  },
} as const satisfies RefusalTexts
