// Rated use and voucher money as rows of FOCUS 1.2 (FinOps Open Cost and Usage Specification). A rated line is one Usage
// row that carries its fen exactly; voucher money is a Credit row and never hides inside Usage; what puts an earlier month
// right is of class Correction. So Σ BilledCost over Usage is the charge of the month, and over Credit what vouchers paid.
// Prices are tax included, as contracts state them: no row splits the tax off.
import { addMonths, dayOf, startOf, type Day, type Instant } from '../calendar/index.ts'
import { monthOf, type Month, type RatedLine } from '../metering/index.ts'
import { divide, type Fen } from '../money/index.ts'
import { FOCUS_COLUMNS, type FocusRow } from './focus-columns.ts'

export interface FocusParty {
  readonly creditCode: string
  readonly name: string
}

export interface FocusContract {
  readonly contractNo: string
  readonly firm: FocusParty
  readonly provider: FocusParty
  readonly region: { readonly id: string; readonly name: string }
}

export interface FocusUse {
  readonly line: RatedLine
  readonly jobId: string
  readonly meterSource: 'agent' | 'file'
  /** published for everybody on the day of the run; null where none is */
  readonly listFenPerCardHour: Fen | null
}

export interface FocusCredit {
  readonly claimNo: string
  readonly voucherNo: string | null
  readonly programmeId: string
  /** who pays it: the provider takes it off its bill, or the authority reimburses the firm */
  readonly paid: 'at_billing' | 'afterwards'
  readonly authority: string
  /** the month in which it was decided */
  readonly month: Month
  readonly from: Day
  /** the day after the last */
  readonly until: Day
  /** what the firm gains; below zero where it is taken back */
  readonly amountFen: Fen
  /** an amount of an earlier month is put right by it */
  readonly corrects: boolean
}

/** A rated line as a row: the amount where it is charged, its worth by price and quantity in any case. */
export function usageRow(contract: FocusContract, use: FocusUse): FocusRow {
  const { line, jobId, meterSource, listFenPerCardHour } = use
  const quantity = quantityOf(line)
  const cut = line.unitsPerCard === 1 ? 'card' : `1-${line.unitsPerCard}`
  const details = {
    x_ChipModel: line.chip,
    ...(line.unitsPerCard > 1 ? { x_SharesPerCard: line.unitsPerCard } : {}),
  }
  const listFen = listFenPerCardHour ?? line.fenPerCardHour
  return {
    ...common(contract, line.month),
    BilledCost: yuan(line.amountFen),
    EffectiveCost: yuan(line.amountFen),
    ContractedCost: worth(line.fenPerCardHour, quantity),
    ContractedUnitPrice: yuan(line.fenPerCardHour),
    ListCost: worth(listFen, quantity),
    ListUnitPrice: yuan(listFen),
    ChargeCategory: 'Usage',
    ChargeClass: line.month > monthOf(line.fromAt) ? 'Correction' : null,
    ChargeDescription: `${line.chip} × ${line.units}${line.unitsPerCard > 1 ? `/${line.unitsPerCard}` : ''}, ${line.seconds} s`,
    ChargeFrequency: 'Usage-Based',
    ChargePeriodStart: moment(line.fromAt),
    ChargePeriodEnd: moment(line.untilAt),
    ConsumedQuantity: scaled(quantity, QUANTITY_DIGITS),
    ConsumedUnit: UNIT,
    PricingCategory: 'Standard',
    PricingQuantity: scaled(quantity, QUANTITY_DIGITS),
    PricingUnit: UNIT,
    InvoiceIssuerName: contract.provider.name,
    ProviderName: contract.provider.name,
    ResourceId: line.recordKey,
    ResourceName: jobId,
    ResourceType: 'GPU Job',
    SkuId: `${contract.provider.creditCode}/${line.chip}/${cut}`,
    SkuMeter: 'GPU Card Hours',
    SkuPriceDetails: JSON.stringify(details),
    SkuPriceId: `${contract.contractNo}/${line.chip}/${cut}/${line.fenPerCardHour}`,
    x_ChipModel: line.chip,
    x_MeterSource: meterSource,
    x_Open: line.open ? 'true' : 'false',
    x_RatedReason: line.reason,
  }
}

/** Voucher money: taken off the provider's bill, or paid by the authority afterwards and then billed by nobody else. */
export function creditRow(contract: FocusContract, credit: FocusCredit): FocusRow {
  const { claimNo, voucherNo, programmeId, paid, authority, month, amountFen } = credit
  const issuer = paid === 'at_billing' ? contract.provider.name : authority
  const cost = yuan(-amountFen)
  return {
    ...common(contract, month),
    BilledCost: cost,
    EffectiveCost: cost,
    ContractedCost: cost,
    ListCost: cost,
    ChargeCategory: 'Credit',
    ChargeClass: credit.corrects ? 'Correction' : null,
    ChargeDescription:
      voucherNo === null ? `Support, claim ${claimNo}` : `Voucher ${voucherNo}, claim ${claimNo}`,
    ChargeFrequency: 'One-Time',
    ChargePeriodStart: moment(startOf(credit.from)),
    ChargePeriodEnd: moment(startOf(credit.until)),
    InvoiceIssuerName: issuer,
    ProviderName: issuer,
    x_ClaimId: claimNo,
    x_ProgrammeId: programmeId,
    x_VoucherId: voucherNo,
  }
}

const UNIT = 'GPU-Hours'
const QUANTITY_DIGITS = 9
const NOTHING = Object.fromEntries(FOCUS_COLUMNS.map(({ name }) => [name, null])) as unknown as FocusRow

function common(contract: FocusContract, month: Month): FocusRow {
  const first: Day = `${month}-01`
  return {
    ...NOTHING,
    BillingAccountId: contract.firm.creditCode,
    BillingAccountName: contract.firm.name,
    BillingCurrency: 'CNY',
    BillingPeriodStart: moment(startOf(first)),
    BillingPeriodEnd: moment(startOf(addMonths(first, 1))),
    PublisherName: contract.provider.name,
    RegionId: contract.region.id,
    RegionName: contract.region.name,
    ServiceCategory: 'AI and Machine Learning',
    ServiceName: 'AI Computing Power',
    ServiceSubcategory: 'AI Platforms',
    SubAccountId: contract.contractNo,
    SubAccountName: contract.contractNo,
    SubAccountType: 'Contract',
    x_ContractId: contract.contractNo,
  }
}

/** Card-hours in units of 10⁻⁹: a second of a share of a card has no end in decimals and is rounded there. */
function quantityOf({ units, unitsPerCard, seconds }: RatedLine): bigint {
  return divide(BigInt(units) * BigInt(seconds) * 1_000_000_000n, 3600n * BigInt(unitsPerCard), 'half_up')
}

/** Price × the quantity as it is written, so that the two make this cost to the last digit. */
function worth(fenPerCardHour: Fen, quantity: bigint): string {
  return scaled(fenPerCardHour * quantity, QUANTITY_DIGITS + 2)
}

function yuan(fen: Fen): string {
  return scaled(fen, 2, 2)
}

/** A whole number of 10^−digits as a decimal, without zeros at its end beyond the least number of places. */
function scaled(value: bigint, digits: number, least = 0): string {
  const sign = value < 0n ? '-' : ''
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, '0')
  const whole = text.slice(0, -digits)
  const rest = text.slice(-digits).replace(/0+$/, '').padEnd(least, '0')
  return `${sign}${whole}${rest === '' ? '' : `.${rest}`}`
}

/** In UTC, to the second. */
function moment(instant: Instant): string {
  const second = Math.floor(instant / 1000)
  const [hours, minutes, seconds] = [3600, 60, 1].map((unit, at) =>
    String(Math.floor((((second % DAY) + DAY) % DAY) / unit) % (at === 0 ? 24 : 60)).padStart(2, '0'),
  )
  return `${dayOf(instant - CHINA_AHEAD_MS)}T${hours}:${minutes}:${seconds}Z`
}

const DAY = 86_400
const CHINA_AHEAD_MS = 8 * 3_600_000
