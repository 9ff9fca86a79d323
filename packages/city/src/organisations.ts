// The applicants: mostly software and manufacturing firms of three districts, and a few of every kind that the
// programme turns away, each with what the registers know of it.
import type { Random } from '@suanquan/core'
import type { Day } from '@suanquan/core/calendar'
import { addDays } from '@suanquan/core/calendar'
import type { Fen } from '@suanquan/core/money'
import { creditCodeCheckDigit, generateCreditCode, type CreditCode } from '@suanquan/core/party'
import {
  brandNames,
  firmName,
  manufacturingLines,
  otherLines,
  personName,
  shuffled,
  softwareLines,
  type Line,
} from './names.ts'
import { CITY, districts, outsideRegions } from './places.ts'

export interface Organisation {
  readonly creditCode: CreditCode
  readonly name: string
  readonly kind: 'enterprise' | 'university' | 'research_institute'
  readonly independentLegalPerson: boolean
  readonly region: string
  readonly status: 'active' | 'suspended' | 'revoked' | 'deregistered'
  readonly industry: string
  readonly employees: number
  readonly revenueFen: Fen
  readonly assetsFen: Fen
  readonly establishedOn: Day
  readonly dishonest: boolean
  readonly bankName: string
  readonly bankAccount: string
  readonly role: 'applicant' | 'provider'
}

/** Why a firm is unlike the ordinary one; each of these the platform must answer in its own way. */
export const traits = [
  'university',
  'related',
  'dishonest',
  'check_digit',
  'outside',
  'two_contracts',
  'many_faults',
  'research_institute',
  'other_subsidy',
  'wrong_industry',
  'signed_early',
  'term_too_long',
  'unfit_direction',
  'unsound_finance',
] as const

export type Trait = (typeof traits)[number]

/** How many of a city of 340 firms have the trait; a smaller city has the first of the list. */
const COUNTS: Readonly<Record<Trait, number>> = {
  university: 1,
  related: 5,
  dishonest: 5,
  check_digit: 2,
  outside: 6,
  two_contracts: 2,
  many_faults: 2,
  research_institute: 1,
  other_subsidy: 4,
  wrong_industry: 4,
  signed_early: 3,
  term_too_long: 4,
  unfit_direction: 4,
  unsound_finance: 2,
}

export interface Firm {
  readonly organisation: Organisation
  readonly trait: Trait | 'ordinary'
  readonly line: Line
  readonly clerk: string
  readonly login: string
}

export function drawFirms(random: Random, count: number): Firm[] {
  const drawn = shuffled(random.fork('traits'), traitDeck(count))
  const brands = brandNames(random.fork('brands'), count)
  return drawn.map((trait, index) =>
    drawFirm(random.fork(`firm/${index}`), { trait, brand: brands[index]!, index }),
  )
}

/** One of each trait first, then the rest of the counts, at most a seventh of the city (a third of a small one). */
function traitDeck(count: number): (Trait | 'ordinary')[] {
  const more = traits.flatMap((trait) => Array.from({ length: COUNTS[trait] - 1 }, () => trait))
  const special: Trait[] = [...traits, ...more].slice(0, Math.floor(count / (count < 100 ? 3 : 7)))
  return [...special, ...Array.from({ length: count - special.length }, () => 'ordinary' as const)]
}

interface FirmDraw {
  readonly trait: Trait | 'ordinary'
  readonly brand: string
  readonly index: number
}

function drawFirm(random: Random, { trait, brand, index }: FirmDraw): Firm {
  const line = lineOf(random, trait)
  const outside = trait === 'outside' || trait === 'many_faults'
  const region = outside ? random.pick(outsideRegions) : pickDistrict(random)
  const size = drawSize(random)
  const organisation: Organisation = {
    creditCode: codeOf(random, trait, outside ? region : CITY),
    name: nameOf(random, trait, brand, line),
    kind: trait === 'university' || trait === 'research_institute' ? trait : 'enterprise',
    independentLegalPerson: true,
    region,
    status: 'active',
    role: 'applicant',
    industry: line.industry,
    ...size,
    establishedOn: addDays('2008-01-07', random.int(5400)),
    dishonest: trait === 'dishonest' || trait === 'many_faults',
    bankName: random.pick([
      '示例银行启明支行',
      '示例银行云溪支行',
      '示例农商银行临澜支行',
      '示例市商业银行总行营业部',
    ]),
    bankAccount: bankAccount(random),
  }
  return {
    organisation,
    trait,
    line,
    clerk: personName(random),
    login: `firm${String(index + 1).padStart(3, '0')}`,
  }
}

function lineOf(random: Random, trait: FirmDraw['trait']): Line {
  if (trait === 'university') return { industry: 'P8341', words: [], purposes: ['训练开放科学基础模型'] }
  if (trait === 'research_institute')
    return { industry: 'M7320', words: [], purposes: ['训练海洋环境预报模型'] }
  if (trait === 'wrong_industry') return random.pick(otherLines)
  return random.pick(random.int(100) < 62 ? softwareLines : manufacturingLines)
}

function nameOf(random: Random, trait: FirmDraw['trait'], brand: string, line: Line): string {
  if (trait === 'university') return '示例市澜岳大学'
  if (trait === 'research_institute') return '示例市海洋智能研究院'
  return firmName(random, brand, line)
}

function codeOf(random: Random, trait: FirmDraw['trait'], office: string): CreditCode {
  const institution = trait === 'university' || trait === 'research_institute'
  const code = generateCreditCode(random, `${institution ? '12' : '91'}${office}`)
  return trait === 'check_digit' ? withWrongCheckDigit(code) : code
}

/** A code whose last symbol is one further than it should be: it warns, and a reviewer looks it up. */
function withWrongCheckDigit(code: CreditCode): CreditCode {
  const right = creditCodeCheckDigit(code.slice(0, 17))
  return code.slice(0, 17) + (right === '7' ? '9' : '7')
}

function pickDistrict(random: Random): string {
  const draw = random.int(100)
  return districts[draw < 46 ? 0 : draw < 79 ? 1 : 2]!.code
}

/** Micro, small, medium, large: heads, revenue and assets that go together. */
function drawSize(random: Random): Pick<Organisation, 'employees' | 'revenueFen' | 'assetsFen'> {
  const draw = random.int(100)
  const [least, most] = draw < 22 ? [4, 10] : draw < 68 ? [11, 95] : draw < 92 ? [100, 290] : [320, 2600]
  const employees = least! + random.int(most! - least!)
  const revenueFen = BigInt(employees * (28 + random.int(60))) * 1_000_000n
  const assetsFen = (revenueFen * BigInt(60 + random.int(120))) / 100n
  return { employees, revenueFen, assetsFen }
}

export function bankAccount(random: Random): string {
  return `9901${Array.from({ length: 15 }, () => random.int(10)).join('')}`
}
