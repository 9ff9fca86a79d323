// The statement of a voucher: what it was issued for, every posting of the journal with the balance after it, what was
// claimed on it, and why what was not paid was not.
import { dayOf, type Instant } from '@suanquan/core/calendar'
import type { AnswerOf, Routes } from '@suanquan/api'
import type { ClawbackView } from '../clawback/index.ts'
import type { InForce } from '../policy/index.ts'
import type { ClaimView } from '../settlement/index.ts'
import type { Block, Paper } from './paper.ts'
import { unpaidTable } from './unpaid.ts'
import type { Voice } from './words.ts'

type Voucher = AnswerOf<Routes['readVoucher']>

export interface VoucherReported {
  readonly voucher: Voucher
  readonly claims: readonly ClaimView[]
  readonly clawbacks: readonly ClawbackView[]
  readonly inForce: InForce
  readonly at: Instant
}

export function voucherPaper(
  { voucher, claims, clawbacks, inForce, at }: VoucherReported,
  voice: Voice,
): Paper {
  const { say, pick, day } = voice
  const title = say('算力券对账单', 'Statement of a compute voucher')
  return {
    language: voice.language,
    authority: pick(inForce.programme.adoption.authority),
    title,
    number: say(`券号：${voucher.number}`, `Voucher ${voucher.number}`),
    at,
    subject: voucher.id,
    foot: say(
      `${title} · ${voucher.number} · 截至 ${dayOf(at)}`,
      `${title} · ${voucher.number} · as of ${dayOf(at)}`,
    ),
    blocks: [
      {
        kind: 'facts',
        rows: [
          {
            label: say('持有人', 'Holder'),
            value: `${voucher.organisationName}（${voucher.creditCode}）`,
          },
          ...(voucher.oldNumber === null
            ? []
            : [
                {
                  label: say('原券号', 'Old number'),
                  value: say(
                    `${voucher.oldNumber}（接管 ${voucher.takeOverNumber}）`,
                    `${voucher.oldNumber} (take-over ${voucher.takeOverNumber})`,
                  ),
                },
              ]),
          { label: say('措施', 'Programme'), value: pick(voucher.programmeTitle) },
          {
            label: say('申请 / 合同', 'Application / contract'),
            value: `${voucher.applicationNumber} / ${voucher.contractNumber}`,
          },
          {
            label: say('有效期', 'Valid'),
            value: say(
              `${day(voucher.issuedOn)}至${day(voucher.usableUntil)}`,
              `${day(voucher.issuedOn)} to ${day(voucher.usableUntil)}`,
            ),
          },
        ],
      },
      balances(voucher, voice),
      { kind: 'heading', text: say('一、流水（取自账本，只增不改）', '1. History, from the journal') },
      history(voucher, voice),
      { kind: 'heading', text: say('二、兑付和抵扣', '2. Claims and deductions') },
      claimTable(claims, voice),
      { kind: 'heading', text: say('三、未予支付的部分及原因', '3. What was not paid, and why') },
      unpaidTable(claims, voice),
      ...takenBack(clawbacks, voice),
      {
        kind: 'note',
        text: say(
          '本单由账本生成，仅供核对。券只限持有人使用，不能转让、出售或抵押。',
          'Made from the journal, for reconciliation. A voucher is for its holder only and cannot be passed on.',
        ),
      },
      lastPosting(voucher, voice),
    ],
  }
}

function balances(voucher: Voucher, { say, money }: Voice): Block {
  const row = (zh: string, en: string, fen: string): { label: string; value: string } => ({
    label: say(zh, en),
    value: money(BigInt(fen)),
  })
  return {
    kind: 'facts',
    rows: [
      row('券面金额', 'Face amount', voucher.amountFen),
      row('可用', 'Usable', voucher.usableFen),
      row('预扣', 'Held', voucher.heldFen),
      row('已核销', 'Redeemed', voucher.redeemedFen),
      row('退回资金池', 'Returned to the pool', voucher.returnedFen),
    ],
  }
}

function history({ history: postings }: Voucher, voice: Voice): Block {
  const { say } = voice
  let balance = 0n
  return {
    kind: 'table',
    columns: [
      { label: say('时间', 'When'), width: 'narrow' },
      { label: say('账本序号', 'Journal no.'), numeric: true },
      { label: say('事项', 'What') },
      { label: say('金额（元）', 'Amount (CNY)'), numeric: true },
      { label: say('可用额变动', 'Change'), numeric: true },
      { label: say('变动后可用', 'Balance'), numeric: true },
    ],
    rows: postings.map((posting) => {
      balance += BigInt(posting.changeFen)
      return {
        cells: [
          voice.minute(Date.parse(posting.at)),
          String(posting.sequence),
          voice.posting(posting.code, posting.kind),
          voice.figure(BigInt(posting.amountFen)),
          posting.changeFen === '0' ? '' : voice.figure(BigInt(posting.changeFen)),
          voice.figure(balance),
        ],
      }
    }),
    empty: say('还没有流水。', 'Nothing yet.'),
  }
}

function claimTable(claims: readonly ClaimView[], voice: Voice): Block {
  const { say } = voice
  return {
    kind: 'table',
    columns: [
      { label: say('编号', 'Number'), width: 'narrow' },
      { label: say('用量期间', 'Period') },
      { label: say('收款方', 'Payee') },
      { label: say('状态', 'State'), width: 'narrow' },
      { label: say('可兑付（元）', 'Payable (CNY)'), numeric: true },
      { label: say('审定（元）', 'Approved (CNY)'), numeric: true },
    ],
    rows: claims.map((claim) => ({
      cells: [
        claim.number,
        `${claim.periodFrom} – ${claim.periodTo}`,
        claim.payeeName,
        voice.word('state', claim.state),
        voice.figure(BigInt(claim.payableFen)),
        claim.approvedFen === null ? '—' : voice.figure(BigInt(claim.approvedFen)),
      ],
    })),
    empty: say('还没有在这张券上兑付或抵扣。', 'Nothing claimed or deducted yet.'),
  }
}

function takenBack(clawbacks: readonly ClawbackView[], voice: Voice): readonly Block[] {
  if (clawbacks.length === 0) return []
  const { say, figure } = voice
  return [
    { kind: 'heading', text: say('四、撤销和追回', '4. Revoked and taken back') },
    {
      kind: 'table',
      columns: [
        { label: say('编号', 'Number'), width: 'narrow' },
        { label: say('依据', 'Clause') },
        { label: say('状态', 'State'), width: 'narrow' },
        { label: say('撤销（元）', 'Revoked (CNY)'), numeric: true },
        { label: say('追回（元）', 'Demanded (CNY)'), numeric: true },
        { label: say('待退还（元）', 'Still owed (CNY)'), numeric: true },
      ],
      rows: clawbacks.map((each) => ({
        cells: [
          each.number,
          each.clause,
          voice.word('state', each.state),
          each.revokedFen === null ? '—' : figure(BigInt(each.revokedFen)),
          figure(BigInt(each.owedFen ?? each.proposedFen)),
          figure(BigInt(each.leftFen)),
        ],
        why: each.finding,
      })),
      empty: '',
    },
  ]
}

function lastPosting({ history: postings }: Voucher, { say }: Voice): Block {
  const last = postings.at(-1)
  return {
    kind: 'proof',
    title: say('核对信息', 'To check this document'),
    rows: [
      { label: say('最后一笔分录', 'Last posting'), value: last === undefined ? '—' : String(last.sequence) },
      { label: say('行哈希', 'Row hash'), value: last?.rowHash ?? '—' },
    ],
  }
}
