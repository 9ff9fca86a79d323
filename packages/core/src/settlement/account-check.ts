// 收款账号: what can be said of an account number before money goes there. Accounts of firms follow their bank's own numbering,
// so only what cannot be an account is refused; a bank card (62…, 16 to 19 digits) has a Luhn check digit (ISO/IEC 7812-1)
// whose failure is shown, for a person to look at.
import { isIban, plainAccount } from './pain001.ts'

export type AccountDoubt = 'check_digit'

/** @returns false for what no bank could pay to */
export function isAccount(account: string): boolean {
  const plain = plainAccount(account)
  return /^\d{8,32}$/.test(plain) || isIban(plain)
}

export function doubtOf(account: string): AccountDoubt | null {
  const plain = plainAccount(account)
  return /^62\d{14,17}$/.test(plain) && !hasLuhnDigit(plain) ? 'check_digit' : null
}

function hasLuhnDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, symbol, index) => {
    const digit = Number(symbol) * (index % 2 === 0 ? 1 : 2)
    return total + (digit > 9 ? digit - 9 : digit)
  }, 0)
  return sum % 10 === 0
}
