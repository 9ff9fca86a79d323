// The paper of a credential or an attestation: what was signed, in words; that it gives its holder nothing; and the code
// that leads anybody to the check.
import type { AnswerOf, Routes } from '@suanquan/api'
import type { AttestationPaper, SignedCredential, VoucherPaper } from '@suanquan/core/voucher'
import { renderSVG } from 'uqr'
import type { Block, Paper } from './paper.ts'
import type { Voice } from './words.ts'

type View = AnswerOf<Routes['readCredential']>

export interface CredentialReported {
  readonly view: View
  readonly authority: string
  /** the site's own name in the network, or empty */
  readonly domain: string
}

export function credentialDocument({ view, authority, domain }: CredentialReported, voice: Voice): Paper {
  const { say, day } = voice
  const signed = JSON.parse(view.text) as SignedCredential
  const { paper } = signed
  const title =
    view.kind === 'voucher'
      ? say('算力券凭证', 'Credential of a compute voucher')
      : say('算力券持券证明', 'Attestation of compute vouchers held')
  return {
    language: voice.language,
    authority,
    title,
    number: say(`编号：${paper.id}`, `No. ${paper.id}`),
    at: Date.parse(view.issuedAt),
    subject: view.id,
    foot: `${title} · ${paper.holder} · ${say('不得转让、不得质押', 'not transferable, not to be pledged')}`,
    blocks: [
      ...('recipient' in paper ? attested(paper, voice) : ofVoucher(paper, voice)),
      {
        kind: 'paragraph',
        text: say(
          '不得转让、不得质押。本件只陈述上列事实，持有本件不取得任何权利；券只限持有人按政策使用。',
          'Not transferable and not to be pledged. It states the facts above and nothing else; holding it gives no right to anybody. A voucher is for its holder only, as the programme says.',
        ),
      },
      ...standing(view, voice),
      ...codeOf(view.text, domain, [
        domain === ''
          ? say(
              '扫码得到本件全文，粘贴到平台的“核验凭证”页即可核验。',
              'The code holds the whole paper; paste it on the page “Check a paper” of the platform.',
            )
          : say('扫码核验签名和今天的状态。', 'Scan to check the signature and whether it holds today.'),
        say(`有效至${day(paper.expiresOn)}。`, `It holds until ${day(paper.expiresOn)}.`),
      ]),
      {
        kind: 'proof',
        title: say('核对信息', 'To check this document'),
        rows: [
          { label: say('签名公钥', 'Signing key'), value: signed.key },
          { label: say('签名', 'Signature'), value: signed.signature.match(/.{1,64}/g)!.join(' ') },
        ],
      },
    ],
  }
}

/** The most bytes that a code of the lowest correction holds (ISO/IEC 18004, version 40-L). */
const MOST = 2953

/** A paper that lists too many vouchers for a code is checked by its file. */
function codeOf(text: string, domain: string, words: readonly string[]): Block[] {
  const link = linkOf(text, domain)
  if (Buffer.byteLength(link) > MOST) return []
  return [{ kind: 'code', svg: renderSVG(link, { border: 4, ecc: 'L' }), caption: words.join(' ') }]
}

/** The paper travels behind the #, which no browser sends to a server. */
export function linkOf(text: string, domain: string): string {
  return domain === '' ? text : `https://${domain}/verify#${Buffer.from(text).toString('base64url')}`
}

function ofVoucher(paper: VoucherPaper, { say, day, money }: Voice): Block[] {
  return [
    {
      kind: 'facts',
      rows: [
        { label: say('持有人', 'Holder'), value: `${paper.holder}（${paper.creditCode}）` },
        { label: say('券号', 'Voucher'), value: paper.voucher },
        { label: say('措施', 'Programme'), value: paper.programme },
        { label: say('券面金额', 'Face amount'), value: money(BigInt(paper.faceFen)) },
        { label: say('发放日', 'Issued on'), value: day(paper.issuedOn) },
        { label: say('最后可用日', 'Last usable day'), value: day(paper.usableUntil) },
        { label: say('账本 / 账户', 'Fund / account'), value: `${paper.ledger} / ${paper.account}` },
      ],
    },
  ]
}

function attested(paper: AttestationPaper, { say, day, figure }: Voice): Block[] {
  const sum = (of: 'faceFen' | 'usableFen' | 'heldFen' | 'redeemedFen'): string =>
    figure(paper.vouchers.reduce((total, line) => total + BigInt(line[of]), 0n))
  return [
    { kind: 'addressee', text: say(`${paper.recipient}：`, `To ${paper.recipient}`) },
    {
      kind: 'paragraph',
      text: say(
        `截至${day(paper.on)}，${paper.holder}（${paper.creditCode}）持有下列算力券。本证明应持有人请求出具，用途：${paper.purpose}。`,
        `On ${day(paper.on)}, ${paper.holder} (${paper.creditCode}) held the vouchers below. Made at the holder's request, for: ${paper.purpose}.`,
      ),
    },
    {
      kind: 'table',
      columns: [
        { label: say('券号', 'Voucher'), width: 'narrow' },
        { label: say('措施', 'Programme') },
        { label: say('最后可用日', 'Last day'), width: 'narrow' },
        { label: say('券面（元）', 'Face (CNY)'), numeric: true },
        { label: say('可用', 'Usable'), numeric: true },
        { label: say('预扣', 'Held'), numeric: true },
        { label: say('已核销', 'Redeemed'), numeric: true },
      ],
      rows: [
        ...paper.vouchers.map((line) => ({
          cells: [
            line.voucher,
            line.programme,
            line.usableUntil,
            figure(BigInt(line.faceFen)),
            figure(BigInt(line.usableFen)),
            figure(BigInt(line.heldFen)),
            figure(BigInt(line.redeemedFen)),
          ],
        })),
        {
          cells: [
            say('合计', 'Total'),
            '',
            '',
            sum('faceFen'),
            sum('usableFen'),
            sum('heldFen'),
            sum('redeemedFen'),
          ],
          stress: 'total' as const,
        },
      ],
      empty: '',
    },
  ]
}

function standing(view: View, { say, on }: Voice): Block[] {
  if (view.revokedAt === null) return []
  const at = on(Date.parse(view.revokedAt))
  return [{ kind: 'paragraph', text: say(`本件已于${at}作废。`, `This paper was revoked on ${at}.`) }]
}
