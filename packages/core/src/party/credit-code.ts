// The unified social credit code by GB 32100-2015: 18 symbols of a 31-letter alphabet without I, O, S, V, Z. A wrong
// length or symbol is refused. A wrong check digit only warns, because codes issued in the pilot years are legal and
// fail it: a reviewer confirms against the register. The check of the organisation code inside it (GB 11714,
// positions 9 to 17) is a second hint. The place in positions 3 to 8 is the office of issue and says nothing about
// where the firm is today.
import { assert } from '../assert.ts'
import type { Random } from '../random.ts'
import { accept, refuse, type Decision } from '../refusal.ts'

/** Eighteen symbols of the alphabet, upper case; the check digits may still be wrong. */
export type CreditCode = string

export type CreditCodeWarning = 'credit_code_check_digit' | 'organisation_code_check_digit'

export interface ReadCreditCode {
  readonly code: CreditCode
  /** what a reviewer must confirm against the register; empty when both checks agree */
  readonly warnings: readonly CreditCodeWarning[]
}

export type CreditCodeRefusal =
  | 'party.credit_code_length'
  | 'party.credit_code_lower_case'
  | 'party.credit_code_full_width'
  | 'party.credit_code_look_alike'
  | 'party.credit_code_symbol'
  | 'party.credit_code_region'

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
const ORGANISATION_CHECKS = '0123456789X'

/** The letters that the standard leaves out, and Cyrillic and Greek ones that look like Latin: what was meant. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map([
  ...pairs('IOSVZ', '105U2'),
  ...pairs('АВЕКМНОРСТХУ', 'ABEKMH0PCTXY'),
  ...pairs('ΑΒΕΗΚΜΝΟΡΤΧΥ', 'ABEHKMN0PTXY'),
])

/**
 * Reads a credit code as typed; white space around it is dropped.
 * @returns the code with its warnings, or the first fault with its place (counted from 1)
 */
export function readCreditCode(text: string): Decision<ReadCreditCode, CreditCodeRefusal> {
  const symbols = [...text.trim()]
  for (const [index, symbol] of symbols.slice(0, 40).entries()) {
    const fault = faultOf(symbol)
    if (fault) return refuse(fault.code, { symbol, position: index + 1, instead: fault.instead })
  }
  if (symbols.length !== 18) return refuse('party.credit_code_length', { length: symbols.length })
  const code = symbols.join('')
  const region = code.slice(2, 8)
  if (!/^\d{6}$/.test(region)) return refuse('party.credit_code_region', { region })
  return accept({ code, warnings: warningsOf(code) })
}

/** The 18th symbol that belongs to the first 17. */
export function creditCodeCheckDigit(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * ALPHABET.indexOf(first17[index]!), 0)
  return ALPHABET[(31 - (sum % 31)) % 31]!
}

/** The ninth symbol of an organisation code (GB 11714) that belongs to its first eight. */
export function organisationCheckDigit(first8: string): string {
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, index) => total + weight * parseInt(first8[index]!, 36),
    0,
  )
  return ORGANISATION_CHECKS[(11 - (sum % 11)) % 11]!
}

/**
 * A valid code for tests and the generated city: both check digits are right.
 * @param prefix authority, kind and office of issue: eight symbols, such as `91510100`
 */
export function generateCreditCode(random: Random, prefix: string): CreditCode {
  assert(/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}$/.test(prefix), 'a prefix is two symbols and six digits')
  const body = Array.from({ length: 8 }, () => ALPHABET[random.int(ALPHABET.length)]!).join('')
  const first17 = prefix + body + organisationCheckDigit(body)
  return first17 + creditCodeCheckDigit(first17)
}

function faultOf(symbol: string): { code: CreditCodeRefusal; instead: string } | undefined {
  if (ALPHABET.includes(symbol)) return undefined
  const point = symbol.codePointAt(0)!
  if (point >= 0xff01 && point <= 0xff5e)
    return { code: 'party.credit_code_full_width', instead: String.fromCodePoint(point - 0xfee0) }
  if (/^[a-z]$/.test(symbol)) return { code: 'party.credit_code_lower_case', instead: symbol.toUpperCase() }
  const meant = LOOK_ALIKES.get(symbol.toUpperCase())
  if (meant !== undefined) return { code: 'party.credit_code_look_alike', instead: meant }
  return { code: 'party.credit_code_symbol', instead: '' }
}

function warningsOf(code: CreditCode): CreditCodeWarning[] {
  const warnings: CreditCodeWarning[] = []
  if (creditCodeCheckDigit(code.slice(0, 17)) !== code[17]) warnings.push('credit_code_check_digit')
  if (organisationCheckDigit(code.slice(8, 16)) !== code[16]) warnings.push('organisation_code_check_digit')
  return warnings
}

function pairs(written: string, meant: string): [string, string][] {
  return [...written].map((symbol, index) => [symbol, meant[index]!])
}
