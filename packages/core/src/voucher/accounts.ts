// Which ledger accounts a voucher programme uses, and who is in their identity. The holder's credit code is part of a
// voucher account: there is no way to give it another holder.
import type { Day } from '../calendar/index.ts'
import type { AccountTerms } from '../ledger/index.ts'

/** The fund that pays: one ledger, run by one city, and the programme of it that is meant. */
export interface Fund {
  readonly ledger: number
  /** six-digit division code of the city */
  readonly jurisdiction: string
  /** empty for what the programmes of the fund share */
  readonly programme: string
  /** the budget year whose money is in use; left out or null until a first year was closed */
  readonly year?: number | null
}

/** Accounts as a batch opens them: the fund's own number and place are added by the ledger. */
export type Terms = Omit<AccountTerms, 'ledger' | 'jurisdiction'>

/** One cap of a determination as an account: the limit is granted to it once, uses draw it down. */
export interface CapLine {
  /** unique within the fund; the engine's own key */
  readonly key: string
  readonly cap: string
  readonly counter: string
  readonly measure: 'fen' | 'count'
  readonly subjectKey: string
  /** a calendar year, or empty */
  readonly periodKey: string
  readonly limit: bigint
  /** one account for all programmes of the fund */
  readonly shared?: true
}

export interface VoucherTerms {
  readonly number: string
  readonly holder: string
  readonly district: string
  readonly usableUntil: Day
}

/** What is owed on one claim, and to whom: the firm, or the provider that deducted a voucher. */
export interface PayableTerms {
  readonly number: string
  readonly payee: string
  readonly district: string
}

/** What an approval reserves for: a voucher, or, where none is ever issued, the payable itself. */
export type GrantTerms =
  | ({ readonly makes: 'voucher' } & VoucherTerms)
  | ({ readonly makes: 'payable' } & PayableTerms)

const plain = { year: null, kind: '', holder: '', reference: '', usableUntil: null } as const

/** @param district whose treasury pays; the city's when left out */
export function treasury(fund: Fund, district: string = fund.jurisdiction): Terms {
  return { ...plain, district, code: 'treasury', programme: '' }
}

export function appropriation(fund: Fund, district: string = fund.jurisdiction): Terms {
  return { ...plain, district, code: 'appropriation', programme: fund.programme, year: fund.year ?? null }
}

/** What the programmes of a fund share. */
export function sharedFund(fund: Fund): Fund {
  return { ...fund, programme: '' }
}

/** Management cost (管理费), of the whole fund. */
export function management(fund: Fund): Terms {
  const { jurisdiction: district, year = null } = fund
  return { ...plain, district, code: 'management', programme: '', year }
}

/** Whom it was paid to is in the document, not in the books. */
export function managementSpent(fund: Fund): Terms {
  return { ...management(fund), code: 'management_spent' }
}

/**
 * Which pool of a programme: its own, or a part of it that an allotment filled. `''` is the programme's own; a `district`
 * and a `batch` draw on what was allotted to them; a `tier` holds what a district adds to the city's money.
 */
export interface PoolKey {
  readonly kind: '' | 'district' | 'batch' | 'tier'
  /** six-digit division code; the city's own where the pool is not of one district */
  readonly district: string
  /** the number of a batch */
  readonly reference: string
}

/** @param key the programme's own pool when left out */
export function pool(fund: Fund, key?: PoolKey): Terms {
  const { kind, district, reference } = key ?? { kind: '', district: fund.jurisdiction, reference: '' }
  return {
    ...plain,
    district,
    code: 'pool',
    programme: fund.programme,
    year: fund.year ?? null,
    kind,
    reference,
  }
}

export function voucher(fund: Fund, terms: VoucherTerms): Terms {
  return {
    ...plain,
    district: terms.district,
    code: 'voucher',
    programme: fund.programme,
    holder: terms.holder,
    reference: terms.number,
    usableUntil: terms.usableUntil,
  }
}

/** What is owed on one claim. */
export function payable(fund: Fund, { number, payee, district }: PayableTerms): Terms {
  return {
    ...plain,
    district,
    code: 'payable',
    programme: fund.programme,
    holder: payee,
    reference: number,
  }
}

export function paid(fund: Fund, { payee, district }: PayableTerms): Terms {
  return { ...plain, district, code: 'paid', programme: fund.programme, holder: payee }
}

/** What was paid and is demanded back under one decision. */
export function receivable(fund: Fund, { number, payee, district }: PayableTerms): Terms {
  return {
    ...plain,
    district,
    code: 'receivable',
    programme: fund.programme,
    holder: payee,
    reference: number,
  }
}

/** 备用金 of a provider under one programme. Like what is payable it belongs to no year: it goes on until it is returned. */
export function imprest(fund: Fund, provider: string): Terms {
  return {
    ...plain,
    district: fund.jurisdiction,
    code: 'imprest',
    programme: fund.programme,
    holder: provider,
  }
}

/** What one deduction drew from it: an account of its own, so that no claim is refilled beyond its own draw. */
export function imprestDrawn(fund: Fund, { number, payee }: PayableTerms): Terms {
  return { ...imprest(fund, payee), code: 'imprest_drawn', reference: number }
}

export function imprestOwed(fund: Fund, provider: string): Terms {
  return { ...imprest(fund, provider), code: 'imprest_owed' }
}

/** The three accounts of a cap: its source, what is left, what is used. */
export function capAccounts(fund: Fund, line: CapLine): { source: Terms; left: Terms; used: Terms } {
  const programme = line.shared === true ? '' : fund.programme
  const shared = {
    ...plain,
    district: fund.jurisdiction,
    programme,
    year: line.periodKey === '' ? null : Number(line.periodKey),
    kind: `${line.cap}_${line.counter}`,
    reference: line.subjectKey,
  }
  const money = line.measure === 'fen'
  return {
    source: {
      ...plain,
      district: fund.jurisdiction,
      code: money ? 'cap_source' : 'quota_source',
      programme,
    },
    left: { ...shared, code: money ? 'cap' : 'quota' },
    used: { ...shared, code: money ? 'cap_used' : 'quota_used' },
  }
}
