// Whatever happens to a file on its way (a slipped key, a bad merge, a torn copy), its reader answers: with what it
// holds or with findings, each at a place inside the file; it never throws. Seeds are all the files there are.
import { readdirSync, readFileSync } from 'node:fs'
import { env } from 'node:process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  checkProgramme,
  readAdoption,
  readInput,
  runCases,
  type Diagnostic,
  type Programme,
} from './index.ts'

const root = new URL('../../../../programmes/', import.meta.url)
const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.yaml'),
)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const programmes = paths.filter((path) => path.endsWith('programme.yaml'))
const adoptions = paths.filter((path) => path.endsWith('adoption.yaml'))
const runs = env['SUANQUAN_FULL'] === '1' ? 4_000 : 25

const TOKENS =
  '{ } [ ] : , - # \' " | > ? % & * ! @ ~ \t \0 \r \uFEFF \u0085 \u2028 \u3000 ： ， 💥 &a *a <<: --- ... !!binary null true p. d. (( && within __proto__ constructor'.split(
    ' ',
  )

interface Damage {
  readonly kind: 'flip' | 'cut' | 'insert' | 'splice' | 'swap' | 'drop' | 'indent' | 'end'
  /** parts in a million of the file */
  readonly at: number
  readonly other: number
  readonly token: string
}

const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom('flip', 'cut', 'insert', 'splice', 'swap', 'drop', 'indent', 'end'),
  at: fc.nat(999_999),
  other: fc.nat(999_999),
  token: fc.constantFrom(...TOKENS),
})

function damaged(text: string, { kind, at, other, token }: Damage): string {
  const [from, second] = [at, other].map((share) => Math.floor((share * text.length) / 1_000_000)) as [
    number,
    number,
  ]
  if (kind === 'flip') {
    const bytes = new TextEncoder().encode(text)
    const place = Math.floor((at * bytes.length) / 1_000_000)
    bytes[place] = bytes[place]! ^ (1 << (other % 8))
    return new TextDecoder().decode(bytes)
  }
  if (kind === 'cut') return text.slice(0, from) + text.slice(from + (other % 60))
  if (kind === 'insert') return text.slice(0, from) + token + text.slice(from)
  if (kind === 'splice') return text.slice(0, from) + text.slice(second, second + 25) + text.slice(from + 25)
  if (kind === 'end') return text.slice(0, from)
  const lines = text.split('\n')
  const [one, two] = [at % lines.length, other % lines.length]
  if (kind === 'swap') return lines.with(one, lines[two]!).with(two, lines[one]!).join('\n')
  if (kind === 'drop') return lines.toSpliced(one, 1 + (other % 3)).join('\n')
  return lines.with(one, ' '.repeat(other % 6) + lines[one]!.trimStart()).join('\n')
}

const several = fc.array(damage, { minLength: 1, maxLength: 3 })
const spoil = (text: string, all: readonly Damage[]): string => all.reduce(damaged, text)

function expectInside(diagnostics: readonly Diagnostic[], text: string): void {
  const lines = text.replace(/\r(?!\n)/g, '\n').split('\n')
  for (const { line, column, code } of diagnostics) {
    expect(line, code).toBeGreaterThanOrEqual(1)
    expect(line, code).toBeLessThanOrEqual(lines.length)
    expect(column, code).toBeGreaterThanOrEqual(1)
    expect(column, code).toBeLessThanOrEqual(lines[line - 1]!.length + 1)
  }
}

test('programmes', { timeout: 1_200_000 }, () => {
  fc.assert(
    fc.property(fc.constantFrom(...programmes), several, (path, all) => {
      const text = spoil(read(path), all)
      const { diagnostics, programme } = checkProgramme(text, 'x')
      expect(programme === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'))
      expectInside(diagnostics, text)
    }),
    { numRuns: 2 * runs },
  )
})

test('cases, and what they are read as by mistake', { timeout: 1_200_000 }, () => {
  const checked = new Map<string, Programme>()
  fc.assert(
    fc.property(fc.constantFrom(...programmes), several, (path, all) => {
      const programme = checked.get(path) ?? checkProgramme(read(path), path).programme!
      checked.set(path, programme)
      const text = spoil(read(path.replace('programme.yaml', 'cases.yaml')), all)
      const run = runCases(programme, text, 'x')
      expect(run.diagnostics.length > 0 || run.results.length > 0).toBe(true)
      expectInside(run.diagnostics, text)
      const input = readInput(programme, text, 'x')
      expect(input.input === undefined).toBe(input.diagnostics.length > 0)
      expectInside(input.diagnostics, text)
    }),
    { numRuns: runs },
  )
})

test('adoptions and files of facts', { timeout: 1_200_000 }, () => {
  const { programme } = checkProgramme(read(programmes[0]!), 'x')
  const facts = `# a firm
facts: {applicant.kind: enterprise, applicant.region: '110108', contract.amount: 500万元, parties.related: false,
  contract.signed_on: 2024-05-06}
balances: {}
on: 2024-06-01
`
  fc.assert(
    fc.property(fc.constantFrom(...adoptions), several, (path, all) => {
      const text = spoil(read(path), all)
      const found = readAdoption(text, 'x')
      expect(found.adoption === undefined).toBe(found.diagnostics.length > 0)
      expectInside(found.diagnostics, text)
      const given = spoil(facts, all)
      const input = readInput(programme!, given, 'x')
      expect(input.input === undefined).toBe(input.diagnostics.length > 0)
      expectInside(input.diagnostics, given)
    }),
    { numRuns: runs },
  )
})

test('any text at all', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
      const { diagnostics } = checkProgramme(text, 'x')
      expect(diagnostics.length).toBeGreaterThan(0)
      expectInside(diagnostics, text)
    }),
    { numRuns: 2 * runs },
  )
})
