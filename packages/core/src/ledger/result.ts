// One result for each posting. The numbers are stored and part of the contract; the names are what people read:
// every name but `posted` stands in the refusal catalogue as `ledger.<name>`.

export const resultNumbers = {
  posted: 0,
  /** another link of the same set was refused */
  linked_failed: 1,
  /** the id was used before for another posting or another set */
  id_taken: 2,
  accounts_equal: 3,
  debit_account_unknown: 4,
  credit_account_unknown: 5,
  /** the triple is not in the table */
  not_allowed: 6,
  amount_out_of_range: 7,
  reservation_unknown: 8,
  /** other accounts or another code than the reservation's */
  reservation_differs: 9,
  already_settled: 10,
  already_released: 11,
  /** settles more than was reserved, or releases another amount */
  amount_not_reserved: 12,
  reservation_expired: 13,
  debit_account_closed: 14,
  credit_account_closed: 15,
  debit_account_expired: 16,
  /** `expire` before the last usable day is over */
  not_yet_expired: 17,
  /** the debit account would fall below zero: never over-issue */
  exceeds_credits: 18,
  exceeds_debits: 19,
} as const

export type Result = keyof typeof resultNumbers

export type RefusingResult = Exclude<Result, 'posted'>

const names = Object.keys(resultNumbers) as Result[]

export function resultOf(number: number): Result {
  const name = names[number]
  if (name === undefined || resultNumbers[name] !== number) throw new RangeError(`no result is ${number}`)
  return name
}
