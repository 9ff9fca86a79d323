// The decision to revoke and take back as a document: what was found on which evidence, by which clause, what the firm said,
// what is revoked and owed and by when, and what can be done against it. An annulled decision says so at its head.
import type { Instant } from '@suanquan/core/calendar'
import type { ClawbackView } from '../clawback/index.ts'
import type { InForce } from '../policy/index.ts'
import type { Block, Paper } from './paper.ts'
import type { Voice } from './words.ts'

export interface ClawbackReported {
  readonly clawback: ClawbackView
  /** of the decision */
  readonly reason: string
  readonly inForce: InForce
  readonly at: Instant
  readonly contact: string
  /** 文号; none of decisions before numbers were given */
  readonly documentNumber: string | null
  /** the authority's seal as it was in force on the day */
  readonly seal: string | null
}

export function clawbackPaper(reported: ClawbackReported, voice: Voice): Paper {
  const { clawback, inForce, at, contact } = reported
  const { say, pick } = voice
  const authority = pick(inForce.programme.adoption.authority)
  const title = say('撤销、追回决定书', 'Decision to revoke and take back')
  return {
    language: voice.language,
    authority,
    title,
    number:
      reported.documentNumber === null
        ? say(`编号：${clawback.number}`, `No. ${clawback.number}`)
        : say(
            `${reported.documentNumber}　案件编号：${clawback.number}`,
            `No. ${reported.documentNumber} · case ${clawback.number}`,
          ),
    at,
    subject: clawback.id,
    foot: `${title} · ${clawback.number}`,
    blocks: [
      ...annulled(clawback, voice),
      {
        kind: 'addressee',
        text: say(`${clawback.debtorName}：`, `To ${clawback.debtorName}:`),
      },
      { kind: 'heading', text: say('一、事实和证据', '1. Facts and evidence') },
      { kind: 'paragraph', text: clawback.finding },
      ...clawback.evidence.map((text): Block => ({ kind: 'paragraph', text: `· ${text}` })),
      { kind: 'heading', text: say('二、陈述和申辩', '2. What the firm said') },
      { kind: 'paragraph', text: clawback.statement ?? say('当事人在期限内没有陈述。', 'Nothing, in time.') },
      { kind: 'heading', text: say('三、决定', '3. Decision') },
      {
        kind: 'paragraph',
        text: say(
          `依据 ${clawback.clause}，决定如下。${reported.reason}`,
          `By ${clawback.clause}. ${reported.reason}`,
        ),
      },
      ...decided(clawback, voice),
      { kind: 'heading', text: say('四、救济', '4. Remedies') },
      {
        kind: 'paragraph',
        text: say(
          `对本决定不服的，可以自收到之日起六十日内申请行政复议，或者六个月内提起行政诉讼。咨询电话：${contact}。`,
          `Whoever does not accept this decision may ask for reconsideration within 60 days or go to court within six months. Questions: ${contact}.`,
        ),
      },
      {
        kind: 'seal',
        authority,
        day: voice.on(at),
        words: say('（盖章）', '(seal)'),
        ...(reported.seal === null ? {} : { image: reported.seal }),
      },
    ],
  }
}

function annulled({ ruling }: ClawbackView, { say }: Voice): readonly Block[] {
  if (ruling === null) return []
  return [
    {
      kind: 'note',
      text: say(`本决定已依 ${ruling} 撤销，不再执行。`, `Annulled by ${ruling}: it is not carried out.`),
    },
  ]
}

function decided(clawback: ClawbackView, voice: Voice): readonly Block[] {
  const { say, money, figure, day } = voice
  const owed = BigInt(clawback.owedFen ?? '0')
  const revoked: readonly Block[] =
    clawback.revokedFen === null || clawback.voucherNumber === null
      ? []
      : [
          {
            kind: 'paragraph',
            text: say(
              `撤销券 ${clawback.voucherNumber} 的余额 ${money(BigInt(clawback.revokedFen))}，退回资金池。`,
              `What is left of voucher ${clawback.voucherNumber}, ${money(BigInt(clawback.revokedFen))}, is revoked and returns to the pool.`,
            ),
          },
        ]
  if (owed === 0n) return revoked
  return [
    ...revoked,
    {
      kind: 'table',
      columns: [
        { label: say('兑付', 'Claim') },
        { label: say('追回（元）', 'Taken back (CNY)'), numeric: true },
      ],
      rows: clawback.lines.map((line) => ({
        cells: [line.claimNumber, figure(BigInt(line.amountFen))],
      })),
      empty: '',
    },
    {
      kind: 'amount',
      label: say('应退还', 'To be paid back'),
      figures: say(`¥ ${money(owed)}`, money(owed)),
      capitals: voice.capitals(owed),
    },
    ...(clawback.dueOn === null
      ? []
      : [
          {
            kind: 'paragraph' as const,
            text: say(`请于 ${day(clawback.dueOn)} 前退还。`, `To be paid back by ${day(clawback.dueOn)}.`),
          },
        ]),
    ...(clawback.fineFen === null
      ? []
      : [
          {
            kind: 'paragraph' as const,
            text: say(
              `另处罚款 ${money(BigInt(clawback.fineFen))}，缴款办法另行告知。`,
              `A fine of ${money(BigInt(clawback.fineFen))} is imposed; how to pay it is told apart.`,
            ),
          },
        ]),
  ]
}
