// The statement of a disbursement batch: who is paid what and what came back from the bank; accounts are masked, whole
// ones stand in the bank's file only.
import { dayOf, type Instant } from '@suanquan/core/calendar'
import type { InForce } from '../policy/index.ts'
import type { BatchLine, viewBatch } from '../settlement/index.ts'
import type { Block, Paper } from './paper.ts'
import type { Voice } from './words.ts'

export interface BatchReported {
  readonly batch: Awaited<ReturnType<typeof viewBatch>>
  readonly lines: readonly BatchLine[]
  readonly inForce: InForce
  readonly at: Instant
}

export function batchPaper({ batch, lines, inForce, at }: BatchReported, voice: Voice): Paper {
  const { say, pick, money } = voice
  const title = say('拨付批次对账单', 'Statement of a disbursement batch')
  const total = BigInt(batch.totalFen)
  const minute = (iso: string | null): string => (iso === null ? '—' : voice.minute(Date.parse(iso)))
  return {
    language: voice.language,
    authority: pick(inForce.programme.adoption.authority),
    title,
    number: say(`批次：${batch.number}`, `Batch ${batch.number}`),
    at,
    subject: batch.id,
    foot: say(
      `${title} · ${batch.number} · 截至 ${dayOf(at)}`,
      `${title} · ${batch.number} · as of ${dayOf(at)}`,
    ),
    blocks: [
      {
        kind: 'facts',
        rows: [
          { label: say('措施', 'Programme'), value: pick(inForce.programme.title) },
          { label: say('状态', 'State'), value: voice.word('state', batch.state) },
          { label: say('编制', 'Prepared'), value: `${batch.preparedBy} · ${minute(batch.preparedAt)}` },
          {
            label: say('复核', 'Approved'),
            value: `${batch.approvedBy ?? '—'} · ${minute(batch.approvedAt)}`,
          },
          {
            label: say('银行回单', 'Bank answer'),
            value: `${batch.bankReference ?? '—'}${batch.paidOn === null ? '' : ` · ${batch.paidOn}`}`,
          },
        ],
      },
      {
        kind: 'amount',
        label: say(`合计，共 ${lines.length} 笔`, `Total of ${lines.length} payments`),
        figures: say(`¥ ${money(total)}`, money(total)),
        capitals: voice.capitals(total),
      },
      lineTable(lines, voice),
      {
        kind: 'proof',
        title: say('核对信息', 'To check this document'),
        rows: [{ label: say('拨付文件 SHA-256', 'SHA-256 of the file'), value: batch.fileSha256 }],
      },
    ],
  }
}

function lineTable(lines: readonly BatchLine[], voice: Voice): Block {
  const { say, figure } = voice
  return {
    kind: 'table',
    columns: [
      { label: say('序号', 'No.'), width: 'narrow' },
      { label: say('兑付编号', 'Claim'), width: 'narrow' },
      { label: say('收款单位', 'Payee') },
      { label: say('开户银行和账号', 'Bank and account') },
      { label: say('状态', 'State'), width: 'narrow' },
      { label: say('金额（元）', 'Amount (CNY)'), numeric: true },
    ],
    rows: lines.map((line, index) => ({
      cells: [
        String(index + 1),
        line.claimNumber,
        line.organisationName,
        `${line.bankName} ${line.bankAccountMasked}`,
        voice.word('line', line.state),
        figure(BigInt(line.amountFen)),
      ],
      ...(line.returnReason === null
        ? {}
        : { why: say(`退票原因：${line.returnReason}`, `Returned: ${line.returnReason}`) }),
    })),
    empty: '',
  }
}
