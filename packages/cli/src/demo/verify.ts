// 税务查验: before a batch, finance hands in what the tax authority answered about the invoices that nobody has verified.
// A few answers are not there in time: a reviewer decides, with a reason, whether those claims are paid all the same.
import type { AnswerOf, Routes } from '@suanquan/api'
import { CITY } from '@suanquan/city'
import { must } from './actor.ts'
import type { Demo } from './demo.ts'

type Paper = AnswerOf<Routes['listTradePapers']>['items'][number]

interface ReadyClaim {
  readonly id: string
  readonly district: string
}

export async function verifyInvoices(demo: Demo, claims: readonly ReadyClaim[]): Promise<void> {
  const { api } = demo.staff.finance[0]
  const open = await unverified(demo)
  const late = open.filter(isLate)
  const answered = open.filter((paper) => !isLate(paper))
  if (answered.length > 0) {
    const lines = new Map(
      answered.map(({ number, amountFen }) => [number, `${number},${yuan(amountFen!)},正常`]),
    )
    const bytes = new TextEncoder().encode(['发票号码,价税合计,查验结果', ...lines.values()].join('\r\n'))
    const file = { name: '发票查验结果.csv', bytes, mediaType: 'text/csv' }
    const query = { source: '国家税务总局全国增值税发票查验平台批量查验' }
    const { id } = await must('读取查验结果', api.checkTradePaperAnswers({ query, file }))
    await must('登记查验结果', api.takeTradePaperAnswers({ params: { id } }))
  }
  const waiting = new Set(late.flatMap(({ uses }) => uses.map((use) => use.id)))
  for (const { id, district } of claims.filter((claim) => waiting.has(claim.id))) {
    const reviewer = demo.staff.reviewers.get(district) ?? demo.staff.reviewers.get(CITY)!
    const reason = '查验平台当日未返回结果，已核对发票原件和银行回单，同意先行拨付，结果返回后补登'
    await must('按未查验发票拨付', reviewer.api.acceptUnverified({ params: { id }, body: { reason } }))
  }
}

async function unverified({ staff }: Demo): Promise<readonly Paper[]> {
  const { api } = staff.finance[0]
  const found: Paper[] = []
  for (let page = 1; ; page++) {
    const query = { kind: 'invoice', standing: 'unverified', page, size: 200 } as const
    const { items, total } = await must('未查验发票', api.listTradePapers({ query }))
    found.push(...items)
    if (page * 200 >= total) return found
  }
}

/** One number in some thirty; those that an application rests on are waited for. */
function isLate({ number, uses }: Paper): boolean {
  return Number(number.slice(-3)) % 29 === 0 && uses.every(({ about }) => about === 'claim')
}

function yuan(fen: string): string {
  const digits = fen.padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
