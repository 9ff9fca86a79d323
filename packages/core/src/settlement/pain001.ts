// A batch as a credit transfer initiation, ISO 20022 pain.001.001.03: an outside-checked neutral form of what is to be paid.
// Amounts are in CNY with two decimals; Chinese accounts go as "other" identification, an account that is an IBAN as one;
// banks are named by their CNAPS number (联行号) where it is known, else by name.
import { dayOf, startOf, type Instant } from '../calendar/index.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import type { Fen } from '../money/index.ts'
import { totalOfBatch, type PaymentBatch, type PaymentLine } from './payment-batch.ts'
import { missingFor, type TreasuryField, type TreasuryProfile } from './treasury-profile.ts'

export type PainRefusal = 'treasury.profile_missing' | 'treasury.not_expressible'

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.03'
/** Max140Text */
const MOST_NAME = 140
const PURPOSE = '算力券兑付'
const LATIN_PURPOSE = 'COMPUTE VOUCHER'

export function writePain001(batch: PaymentBatch): Decision<string, PainRefusal> {
  const { treasury, lines } = batch
  const missing: readonly TreasuryField[] =
    treasury === null ? ['payerName', 'payerAccount', 'payerBankCode'] : missingFor(treasury, 'pain001')
  if (treasury === null || missing.length > 0) return refuse('treasury.profile_missing', { fields: missing })
  for (const line of lines) {
    const unfit = unfitIn(line)
    if (unfit !== null)
      return refuse('treasury.not_expressible', { instructionId: line.instructionId, field: unfit })
  }
  const total = decimal(totalOfBatch(lines))
  const count = String(lines.length)
  const created = chinaTime(batch.preparedAt)
  const payer = nameOf(treasury.letters, treasury.payerName!, treasury.payerLatinName ?? '')
  return accept(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<Document xmlns="${NAMESPACE}"><CstmrCdtTrfInitn>`,
      tag('GrpHdr', [
        leaf('MsgId', batch.number),
        leaf('CreDtTm', created),
        leaf('NbOfTxs', count),
        leaf('CtrlSum', total),
        tag('InitgPty', [leaf('Nm', payer)]),
      ]),
      '<PmtInf>',
      leaf('PmtInfId', batch.number),
      leaf('PmtMtd', 'TRF'),
      leaf('BtchBookg', 'false'),
      leaf('NbOfTxs', count),
      leaf('CtrlSum', total),
      tag('PmtTpInf', [tag('CtgyPurp', [leaf('Cd', 'GOVT')])]),
      leaf('ReqdExctnDt', created.slice(0, 10)),
      tag('Dbtr', [leaf('Nm', payer)]),
      tag('DbtrAcct', [accountOf(treasury.payerAccount!), leaf('Ccy', 'CNY')]),
      tag('DbtrAgt', [bankOf(treasury.payerBankCode, latinOr(treasury, treasury.payerBankName ?? ''))]),
      ...lines.map((line) => transferOf(line, treasury)),
      '</PmtInf></CstmrCdtTrfInitn></Document>',
      '',
    ].join('\n'),
  )
}

/** `InstrId` and `EndToEndId` are one: whoever answers, answers by it. */
function transferOf(line: PaymentLine, treasury: TreasuryProfile): string {
  const swift = treasury.letters === 'swift'
  return tag('CdtTrfTxInf', [
    tag('PmtId', [leaf('InstrId', line.instructionId), leaf('EndToEndId', line.instructionId)]),
    tag('Amt', [`<InstdAmt Ccy="CNY">${decimal(line.amountFen)}</InstdAmt>`]),
    tag('CdtrAgt', [bankOf(line.bankCode, latinOr(treasury, line.bankName))]),
    tag('Cdtr', [
      leaf('Nm', nameOf(treasury.letters, line.payeeName, line.payeeCreditCode)),
      tag('Id', [tag('OrgId', [tag('Othr', [leaf('Id', line.payeeCreditCode)])])]),
    ]),
    tag('CdtrAcct', [accountOf(line.account)]),
    tag('RmtInf', [leaf('Ustrd', `${swift ? LATIN_PURPOSE : PURPOSE} ${line.claimNumber}`)]),
  ])
}

/** What of a line the message has no place for; cutting it short would name somebody else. */
function unfitIn(line: PaymentLine): string | null {
  if (line.amountFen <= 0n) return 'amount'
  if ([...line.payeeName].length > MOST_NAME) return 'payeeName'
  if ([...line.bankName].length > MOST_NAME) return 'bankName'
  if (plainAccount(line.account).length > 34) return 'account'
  return XML_TEXT.test(line.payeeName + line.bankName) ? null : 'payeeName'
}

/** What XML 1.0 can hold at all. */
const XML_TEXT = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u
/** SWIFT's character set x: what a bank without Chinese takes. */
const SWIFT_TEXT = /^[A-Za-z0-9/\-?:().,'+ ]*$/

/** A bank that takes SWIFT's letters alone gets the credit code of a firm in the place of its Chinese name. */
function nameOf(letters: TreasuryProfile['letters'], name: string, latin: string): string {
  return letters === 'chinese' || SWIFT_TEXT.test(name) ? name : latin
}

function latinOr({ letters }: TreasuryProfile, name: string): string {
  return letters === 'chinese' || SWIFT_TEXT.test(name) ? name : ''
}

function bankOf(code: string | null, name: string): string {
  const member =
    code === null
      ? []
      : [tag('ClrSysMmbId', [tag('ClrSysId', [leaf('Prtry', 'CNAPS')]), leaf('MmbId', code)])]
  const named = name === '' ? [] : [leaf('Nm', name)]
  const nothing = member.length + named.length === 0
  return tag('FinInstnId', nothing ? [tag('Othr', [leaf('Id', 'NOTPROVIDED')])] : [...member, ...named])
}

function accountOf(account: string): string {
  const plain = plainAccount(account)
  return tag('Id', [isIban(plain) ? leaf('IBAN', plain) : tag('Othr', [leaf('Id', plain)])])
}

/** Without the blanks and dashes that people put into long numbers. */
export function plainAccount(account: string): string {
  return account.replace(/[\s-]/g, '')
}

/** ISO 13616: country, two check digits, and a remainder of 1 modulo 97. */
export function isIban(account: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(account)) return false
  const turned = account.slice(4) + account.slice(0, 4)
  const digits = [...turned].map((symbol) => String(Number.parseInt(symbol, 36))).join('')
  return BigInt(digits) % 97n === 1n
}

function decimal(fen: Fen): string {
  return `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`
}

/** `2024-06-10T09:01:02+08:00` */
function chinaTime(at: Instant): string {
  const day = dayOf(at)
  const seconds = Math.floor((at - startOf(day)) / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `${day}T${parts.map((part) => String(part).padStart(2, '0')).join(':')}+08:00`
}

function tag(name: string, parts: readonly string[]): string {
  return `<${name}>${parts.join('')}</${name}>`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function leaf(name: string, text: string): string {
  return `<${name}>${text.replace(/[&<>"']/g, (symbol) => ESCAPES[symbol]!)}</${name}>`
}
