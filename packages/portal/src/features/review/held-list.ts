// The list that a bureau holds, as it is pasted from a sheet: credit code, contract number, percent, day; one line a contract.
import type { Input } from '../../client/call.ts'

type Award = NonNullable<Input<'makeSweep'>['body']>['awards'][number]

export interface HeldList {
  readonly awards: Award[]
  /** numbers of lines that cannot be read */
  readonly wrong: readonly number[]
}

export function readHeldList(text: string): HeldList {
  const awards: Award[] = []
  const wrong: number[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const award = readLine(line)
    if (award === null) wrong.push(index + 1)
    else awards.push(award)
  }
  return { awards, wrong }
}

function readLine(line: string): Award | null {
  const cells = line
    .trim()
    .split(/\s*[\t,，;；]\s*|\s+/)
    .filter((cell) => cell !== '')
  const [creditCode, contractNumber, percentText, dayText] = cells
  const percent = Number(percentText?.replace(/[%％]$/, ''))
  const day = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(dayText ?? '')
  if (cells.length !== 4 || !/^[0-9A-Z]{18}$/i.test(creditCode!) || day === null) return null
  if (!Number.isInteger(percent) || percent < 1 || percent > 100) return null
  const approvedOn = `${day[1]}-${day[2]!.padStart(2, '0')}-${day[3]!.padStart(2, '0')}`
  return { creditCode: creditCode!.toUpperCase(), contractNumber: contractNumber!, percent, approvedOn }
}
