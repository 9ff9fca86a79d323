// Personal data as a reader without a reason sees it. Masking counts characters, not code units, and never shows the
// whole of a short value.

/** A natural person's name: `陈**`, `J***`; at most three stars, so that a long name does not give itself away. */
export function maskName(name: string): string {
  const [first, ...rest] = [...name.trim()]
  if (first === undefined) return ''
  return rest.length === 0 ? '*' : first + '*'.repeat(Math.min(rest.length, 3))
}

/** A telephone number: the last four digits, for a mainland mobile also the first three: `138****5678`. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  const mobile = /^(?:86)?(1\d{10})$/.exec(digits)?.[1]
  if (mobile) return `${mobile.slice(0, 3)}****${mobile.slice(7)}`
  return digits.length <= 4 ? '****' : `****${digits.slice(-4)}`
}

/** A bank account: the last four symbols: `****1234`. */
export function maskAccount(account: string): string {
  const symbols = account.replace(/[^0-9A-Za-z]/g, '')
  return symbols.length <= 8 ? '****' : `****${symbols.slice(-4)}`
}
