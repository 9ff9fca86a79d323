import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Decision } from '../refusal.ts'
import { seededRandom } from '../random.ts'
import {
  analyseCutoff,
  analyseDensity,
  analyseDifference,
  analyseKink,
  analyseLottery,
  analysePanel,
  effectFact,
  parseTable,
  type LotteryAnswer,
  type Table,
} from './index.ts'

function must<Value>(decision: Decision<Value>): Value {
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal))
  return decision.value
}

const table = (text: string): Table => must(parseTable(text))

function code(decision: Decision<unknown>): string {
  return decision.ok ? 'accepted' : decision.refusal.code
}

/** Scores in [-1, 1) with a jump of 2 at 0. */
function scores(rows: number, seed: string): string[] {
  const random = seededRandom(seed)
  return Array.from({ length: rows }, () => {
    const x = 2 * random.next() - 1
    return `${x},${1 + x + (x >= 0 ? 2 : 0) + 0.1 * random.normal()}`
  })
}

describe('reading a table', () => {
  test('quotes, doubled quotes, CRLF, a byte order mark and blank lines', () => {
    const read = table('\uFEFF"a, b","say ""c"""\r\n1,"x\r\ny"\r\n\r\n2,\r\n')
    expect(read.header).toEqual(['a, b', 'say "c"'])
    expect(read.rows).toEqual([
      ['1', 'x\r\ny'],
      ['2', ''],
    ])
  })
  test('tabs and semicolons are understood when the header has no comma', () => {
    expect(table('a\tb\n1\t2').header).toEqual(['a', 'b'])
    expect(table('a;b\n1;2').rows).toEqual([['1', '2']])
  })
  test.each([
    ['', 'evaluation.no_rows'],
    ['a,b\n', 'evaluation.no_rows'],
    ['a,b\n1\n', 'evaluation.ragged_row'],
    ['a,b\n1,"2\n', 'evaluation.open_quote'],
  ])('%j is refused as %s', (text, expected) => expect(code(parseTable(text))).toBe(expected))

  test.each(['1', '-2.5', '.5', '3.', '1e3', '+4E-2'])('%s is a number', (text) =>
    expect(code(analyseDensity(table(`x\n${text}`), { running: 'x', cutoff: 0 }))).not.toBe(
      'evaluation.not_a_number',
    ),
  )
  test.each(['0x10', '1,5', '12%', 'Inf', '1_000', '１２', '1e999'])('%s is not', (text) =>
    expect(code(analyseDensity(table(`x\n"${text}"`), { running: 'x', cutoff: 0 }))).toBe(
      'evaluation.not_a_number',
    ),
  )
  test('the line of a ragged row is the line of the file', () => {
    expect(parseTable('a,b\n"1\n1",2\n3\n')).toMatchObject({ refusal: { params: { line: 4, found: 1 } } })
  })
  test('a table written with any quoting reads back as it was', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', '券') })
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
        const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))
        expect(table(['"h,1",h2', ...quoted].join('\r\n')).rows).toEqual(rows)
      }),
    )
  })
})

describe('a cut-off from a table', () => {
  const lines = scores(600, 'cutoff')
  const question = { outcome: 'y', running: 'the score', cutoff: 0 }
  const clean = table(`the score,y\n${lines.join('\n')}`)

  test('the jump is found and graded B', () => {
    const answer = must(analyseCutoff(clean, question))
    expect(answer.estimate).toBeCloseTo(2, 0)
    expect(answer.ci[0]).toBeLessThan(2)
    expect(answer.ci[1]).toBeGreaterThan(2)
    expect(answer.effect).toMatchObject({ grade: 'B', word: 'net_effect', cautions: [] })
  })
  test('rows with a missing value are left out, counted, and change nothing else', () => {
    const holes = table(`"the score","y"\r\nNA,1\r\n0.5,\r\n${lines.join('\r\n')}\r\n`)
    const { dropped, ...rest } = must(analyseCutoff(holes, question))
    const { dropped: none, ...plain } = must(analyseCutoff(clean, question))
    expect([dropped, none]).toEqual([2, 0])
    expect(rest).toEqual(plain)
  })
  test('the estimate does not depend on the order of rows, nor on where zero is', () => {
    const moved = lines.toReversed().map((line) => {
      const [x, y] = line.split(',').map(Number)
      return `${x! + 60},${y}`
    })
    const answer = must(
      analyseCutoff(table(`s,y\n${moved.join('\n')}`), { outcome: 'y', running: 's', cutoff: 60 }),
    )
    const plain = must(analyseCutoff(clean, question))
    expect(answer.estimate).toBeCloseTo(plain.estimate, 8)
    expect(answer.bandwidth).toBeCloseTo(plain.bandwidth, 8)
    expect(answer.ci[0]).toBeCloseTo(plain.ci[0], 8)
  })
  test('whole-number scores with many ties give an answer', () => {
    const random = seededRandom('ties')
    const rows = Array.from({ length: 800 }, () => {
      const x = random.int(61) + 30
      return `${x},${x / 10 + (x >= 60 ? 3 : 0) + random.normal()}`
    })
    const answer = must(
      analyseCutoff(table(`s,y\n${rows.join('\n')}`), { outcome: 'y', running: 's', cutoff: 60 }),
    )
    expect(Math.abs(answer.estimate - 3)).toBeLessThan(1.5)
  })
  test('overrides make it fuzzy: the jump per treated', () => {
    const random = seededRandom('fuzzy')
    const rows = Array.from({ length: 2000 }, () => {
      const x = 2 * random.next() - 1
      const treated = random.next() < (x >= 0 ? 0.9 : 0.2) ? 1 : 0
      return `${x},${3 * treated + x + 0.2 * random.normal()},${treated}`
    })
    const answer = must(
      analyseCutoff(table(`x,y,t\n${rows.join('\n')}`), {
        outcome: 'y',
        running: 'x',
        cutoff: 0,
        treated: 't',
      }),
    )
    expect(answer.design).toBe('fuzzy')
    expect(Math.abs(answer.estimate - 3)).toBeLessThan(0.5)
    expect(Math.abs(answer.firstStage! - 0.7)).toBeLessThan(0.2)
  })
  test('where firms moved across the cut-off the grade falls to D and the word is lost', () => {
    const heaped = lines.map((line, row) =>
      row % 3 === 0 ? `${0.001 + row / 1e5},${line.split(',')[1]}` : line,
    )
    const answer = must(
      analyseCutoff(table(`x,y\n${heaped.join('\n')}`), { outcome: 'y', running: 'x', cutoff: 0 }),
    )
    expect(answer.manipulation!.pValue).toBeLessThan(0.05)
    expect(answer.effect).toMatchObject({ grade: 'D', word: 'controlled_difference' })
    expect(answer.effect.cautions).toContain('density_jumps')
  })
  test('where the density cannot be tested nothing shows that nobody moved: D', () => {
    const whole = Array.from({ length: 400 }, (_, row) => `${50 + (row % 20)},${row % 7}`)
    const answer = must(
      analyseCutoff(table(`x,y\n${whole.join('\n')}`), { outcome: 'y', running: 'x', cutoff: 60 }),
    )
    expect(answer.manipulation).toBeNull()
    expect(answer.effect.grade).toBe('D')
    expect(answer.effect.cautions).toContain('density_not_tested')
  })
  test('much left out is a caution', () => {
    const holes = lines.map((line, row) => (row % 10 === 0 ? `${line.split(',')[0]},` : line))
    const answer = must(analyseCutoff(table(`the score,y\n${holes.join('\n')}`), question))
    expect(answer.effect.cautions).toEqual(['rows_dropped'])
  })
  test.each([
    [{ outcome: 'z' }, 'evaluation.no_such_column'],
    [{ cutoff: 5 }, 'evaluation.cutoff_outside'],
    [{ cutoff: Number.NaN }, 'evaluation.bad_option'],
    [{ bandwidth: -1 }, 'evaluation.bad_option'],
    [{ bandwidth: 1e-9 }, 'evaluation.too_few'],
    [{ cutoff: 0.999 }, 'evaluation.too_few'],
    [{ treated: 'y' }, 'evaluation.not_binary'],
  ])('%j is refused as %s', (change, expected) =>
    expect(code(analyseCutoff(clean, { ...question, ...change }))).toBe(expected),
  )
  test('a constant outcome and values too large for a number are refused', () => {
    const flat = lines.map((line) => `${line.split(',')[0]},7`)
    expect(
      code(analyseCutoff(table(`x,y\n${flat.join('\n')}`), { outcome: 'y', running: 'x', cutoff: 0 })),
    ).toBe('evaluation.no_variation')
    const huge = lines.map((line, row) => `${line.split(',')[0]},${row % 2 ? '1e308' : '-1e308'}`)
    const answer = analyseCutoff(table(`x,y\n${huge.join('\n')}`), { outcome: 'y', running: 'x', cutoff: 0 })
    expect(answer.ok).toBe(false)
  })
})

test('a kink is the change of slope over the change of the policy’s slope', () => {
  const random = seededRandom('kink')
  const rows = Array.from({ length: 4000 }, () => {
    const x = 2 * random.next() - 1
    return `${x},${0.5 * x - (x > 0 ? 0.6 * x : 0) + 0.05 * random.normal()}`
  })
  const answer = must(
    analyseKink(table(`x,y\n${rows.join('\n')}`), {
      outcome: 'y',
      running: 'x',
      cutoff: 0,
      slopeChange: -0.3,
    }),
  )
  expect(Math.abs(answer.estimate - 2)).toBeLessThan(0.4)
})

test('an even density does not jump, a thinned one does', () => {
  const random = seededRandom('density')
  const x = Array.from({ length: 3000 }, () => random.normal())
  const even = must(analyseDensity(table(`x\n${x.join('\n')}`), { running: 'x', cutoff: 0 }))
  expect(even.pValue).toBeGreaterThan(0.05)
  const thinned = x.filter((value) => value > 0 || random.next() < 0.4)
  const jump = must(analyseDensity(table(`x\n${thinned.join('\n')}`), { running: 'x', cutoff: 0 }))
  expect(jump.pValue).toBeLessThan(0.001)
  expect(jump.estimate).toBeGreaterThan(0)
})

describe('staggered adoption from a table', () => {
  /** Units 0–9 never, 10–19 from period 3, 20–29 from period 4; effect 1; unit and period levels. */
  function rows(never: string, time: (period: number) => string = String): string[] {
    const random = seededRandom('panel')
    return Array.from({ length: 30 }, (_, unit) => {
      const first = unit < 10 ? Infinity : unit < 20 ? 3 : 4
      return [1, 2, 3, 4, 5].map((period) => {
        const y = unit / 3 + period * 0.2 + (period >= first ? 1 : 0) + 0.01 * random.normal()
        return `u${unit},${time(period)},${y},${first === Infinity ? never : time(first)}`
      })
    }).flat()
  }
  const question = { outcome: 'y', unit: 'u', time: 't', first: 'g' }
  const run = (lines: readonly string[], extra: object = {}): ReturnType<typeof analysePanel> =>
    analysePanel(table(`u,t,y,g\n${lines.join('\n')}`), { ...question, ...extra })

  test('the average effect is found; parallel trends give grade C', () => {
    const answer = must(run(rows('0')))
    expect(answer.estimate).toBeCloseTo(1, 1)
    expect(answer.groupTime).toHaveLength(8)
    expect(answer.effect.grade).toBe('C')
  })
  test('trends that parted before cost the grade, and so does having no period to see it', () => {
    const drifting = rows('0').map((line) => {
      const [unit, time, y, first] = line.split(',')
      return `${unit},${time},${Number(y) + (first === '0' ? 0 : 0.5 * Number(time))},${first}`
    })
    expect(must(run(drifting)).effect).toMatchObject({ grade: 'D' })
    expect(must(run(drifting)).effect.cautions).toContain('trends_parted')
    const late = rows('0').filter((line) => !/^u2\d|,1,/.test(line))
    expect(must(run(late)).effect.cautions).toContain('trends_not_testable')
  })
  test.each(['Inf', 'never', '', 'NA', '99'])('"%s" as start means never treated', (never) => {
    const plain = must(run(rows('0')))
    expect(must(run(rows(never))).groupTime).toEqual(plain.groupTime)
  })
  test('an empty start is unknown where others say never', () => {
    const lines = rows('0').map((line) => (line.startsWith('u0,') ? line.replace(/,0$/, ',') : line))
    expect(must(run(lines))).toMatchObject({ units: 29, incompleteUnits: 1, emptyStartMeansNever: false })
  })
  test('months as text keep their names', () => {
    const answer = must(run(rows('never', (period) => `2026-0${period}`)))
    expect(answer.groupTime[0]).toMatchObject({ group: '2026-03', time: '2026-02' })
    expect(answer.estimate).toBe(must(run(rows('0'))).estimate)
  })
  test('a unit with a missing period is left out and counted', () => {
    const answer = must(run(rows('0').filter((line) => !line.startsWith('u5,2,'))))
    expect(answer).toMatchObject({ units: 29, incompleteUnits: 1 })
  })
  test('units treated from the start are left out and counted', () => {
    const early = rows('0').map((line) => (line.startsWith('u12,') ? line.replace(/,3$/, ',1') : line))
    expect(must(run(early))).toMatchObject({ units: 29, alwaysTreatedUnits: 1 })
  })
  test('where everyone is treated in the end the not-yet treated serve, or it is refused', () => {
    const all = rows('0').filter((line) => Number(/^u(\d+)/.exec(line)![1]) >= 10)
    expect(code(run(all))).toBe('evaluation.no_never_treated')
    const answer = must(run(all, { control: 'not_yet' }))
    expect(answer.groupTime.map(({ group, time }) => [group, time])).toEqual([
      [3, 2],
      [3, 3],
    ])
    expect(answer.estimate).toBeCloseTo(1, 1)
  })
  test.each([
    [(lines: string[]) => [...lines, lines[0]!], 'evaluation.unit_time_twice'],
    [
      (lines: string[]) => lines.map((l) => (l.startsWith('u12,2') ? l.replace(/,3$/, ',4') : l)),
      'evaluation.first_changes',
    ],
    [(lines: string[]) => lines.filter((l) => l.includes(',1,')), 'evaluation.too_few'],
    [(lines: string[]) => lines.map((l) => l.replace(/,\d$/, ',0')), 'evaluation.no_treated_group'],
    [(lines: string[]) => lines.map((l) => l.replace(/,3$/, ',soon')), 'evaluation.not_a_number'],
  ] as const)('absurd panels are refused (%#)', (change, expected) =>
    expect(code(run(change(rows('0'))))).toBe(expected),
  )
})

describe('a lottery from a table', () => {
  const random = seededRandom('lottery')
  const lines = Array.from({ length: 400 }, (_, row) => {
    const stratum = row % 2
    const drawn = random.next() < (stratum ? 0.7 : 0.3) ? 1 : 0
    const used = drawn && random.next() < 0.8 ? 1 : 0
    const x = random.normal()
    return `${2 * used + 5 * stratum + x + 0.5 * random.normal()},${drawn ? 'yes' : 'no'},s${stratum},${stratum ? 0.7 : 0.3},${used},${x}`
  })
  const data = table(`y,d,s,p,u,x\n${lines.join('\n')}`)
  const question = { outcome: 'y', treated: 'd', draws: 499 }

  test('strata or stored chances mend a draw with unequal chances', () => {
    expect(must(analyseLottery(data, question)).estimate).toBeGreaterThan(2.8)
    for (const mended of [{ stratum: 's' }, { chance: 'p' }]) {
      const answer = must(analyseLottery(data, { ...question, ...mended }))
      expect(Math.abs(answer.estimate - 1.6)).toBeLessThan(0.4)
      expect(answer.effect.grade).toBe('A')
    }
  })
  test('the effect per user is the effect of the offer over take-up', () => {
    const answer = must(analyseLottery(data, { ...question, used: 'u' }))
    expect(answer.takeUp!.perUser.estimate).toBeCloseTo(answer.estimate / answer.takeUp!.takeUp.estimate, 10)
  })
  test('outcomes missing mostly on one side cost the grade and give bounds', () => {
    const holes = lines.map((line, row) =>
      line.includes(',no,') && row % 3 === 0 ? line.replace(/^[^,]+/, '') : line,
    )
    const answer = must(analyseLottery(table(`y,d,s,p,u,x\n${holes.join('\n')}`), question))
    expect(answer.effect.grade).toBe('D')
    expect(answer.effect.cautions).toContain('unequal_attrition')
    expect(answer.bounds.lower).toBeLessThan(answer.estimate)
    expect(answer.bounds.upper).toBeGreaterThan(answer.estimate)
  })
})

describe('a lottery tells what it lacks', () => {
  const lottery = (rows: readonly string[], extra: object = {}): LotteryAnswer =>
    must(analyseLottery(table(`y,d,x\n${rows.join('\n')}`), { outcome: 'y', treated: 'd', ...extra }))

  test('of six firms the exact test says that zero is not excluded, whatever the normal interval', () => {
    const answer = lottery(['9,1,0', '10,1,0', '13,1,0', '6,0,0', '7,0,0', '8,0,0'])
    expect(answer.pValue).toBeLessThan(0.05)
    expect(answer.permutationP).toBeGreaterThan(0.05)
    expect(answer.effect.cautions).toEqual(['cannot_exclude_zero', 'few_units'])
  })
  test('a missing outcome counts as attrition although the row lacks a covariate too', () => {
    const random = seededRandom('attrition')
    const rows = Array.from({ length: 200 }, (_, row) => {
      const drawn = row % 2
      const lost = drawn === 0 && row % 25 === 0
      return `${lost ? '' : random.normal() + 2 * drawn},${drawn},${lost ? '' : 1 + random.normal()}`
    })
    const { attrition, effect } = lottery(rows, { covariates: ['x'] })
    expect(attrition).toMatchObject({ assigned: 200, unassigned: 0, treated: 0 })
    expect(attrition.overall).toBeCloseTo(0.02, 10)
    expect(attrition.control).toBeCloseTo(0.04, 10)
    expect(effect).toMatchObject({ grade: 'A', cautions: ['outcomes_missing'] })
  })
  test('rows without an arm are counted apart, and many of them are a caution', () => {
    const random = seededRandom('arm')
    const rows = Array.from({ length: 100 }, (_, row) => `${random.normal() + 3 * (row % 2)},${row % 2},1`)
    const { attrition, effect, dropped } = lottery([...rows, ...Array.from({ length: 30 }, () => '1,,1')])
    expect([attrition.unassigned, attrition.overall, dropped]).toEqual([30, 0, 30])
    expect(effect.cautions).toEqual(['assignment_missing', 'rows_dropped'])
  })
})

test('the density test says whether it was passed', () => {
  const random = seededRandom('passed')
  const x = Array.from({ length: 3000 }, () => random.normal())
  const thinned = x.filter((value) => value > 0 || random.next() < 0.4)
  const passed = (values: readonly number[]): boolean =>
    must(analyseDensity(table(`x\n${values.join('\n')}`), { running: 'x', cutoff: 0 })).passed
  expect([passed(x), passed(thinned)]).toEqual([true, false])
})

test('a result becomes a fact of the scorecard with its grade and its missing share', () => {
  const holes = table(`x,y\n${[...scores(300, 'fact'), 'NA,1', '0.5,'].join('\n')}`)
  const answer = must(analyseCutoff(holes, { outcome: 'y', running: 'x', cutoff: 0 }))
  expect(effectFact(answer, { source: 'cut-off 2026', cutOn: '2026-12-31' })).toEqual({
    source: 'cut-off 2026',
    cutOn: '2026-12-31',
    estimate: answer.estimate,
    ci: answer.ci,
    grade: 'B',
    n: 300,
    missingShare: 2 / 302,
  })
})

test('two groups and two periods are graded D: nothing shows that trends ran parallel', () => {
  const text = 'y,d,t,c\n1,0,0,a\n2,0,0,b\n3,0,1,a\n4,0,1,b\n2,1,0,e\n3,1,0,f\n8,1,1,e\n9,1,1,f'
  const answer = must(analyseDifference(table(text), { outcome: 'y', treated: 'd', post: 't', cluster: 'c' }))
  expect(answer.estimate).toBeCloseTo(4, 12)
  expect(answer.effect.word).toBe('controlled_difference')
  expect(answer.effect.cautions).toContain('two_periods_only')
})

test('whatever the table, an answer is finite or a refusal', () => {
  const cell = fc.oneof(
    fc.constantFrom('', 'NA', '0', '1', '2', '-1', '1e300', '-1e-300', 'x', 'Inf'),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map(String),
    fc.integer({ min: -30, max: 30 }).map(String),
  )
  const finite = (value: unknown): boolean =>
    typeof value === 'number'
      ? Number.isFinite(value)
      : value === null || typeof value !== 'object' || Object.values(value).every(finite)
  const rows = fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(rows, (lines) => {
      const data = table(`a,b,c,d\n${lines.map((line) => line.join(',')).join('\n')}`)
      const answers = [
        analyseCutoff(data, { outcome: 'a', running: 'b', cutoff: 0 }),
        analyseKink(data, { outcome: 'a', running: 'b', cutoff: 0 }),
        analyseDensity(data, { running: 'b', cutoff: 0 }),
        analyseDifference(data, { outcome: 'a', treated: 'b', post: 'c' }),
        analyseLottery(data, { outcome: 'a', treated: 'b', covariates: ['c'], draws: 20 }),
        analysePanel(data, { outcome: 'a', unit: 'b', time: 'c', first: 'd' }),
      ]
      for (const answer of answers)
        expect(answer.ok ? finite(answer.value) : answer.refusal.code).toBeTruthy()
    }),
    { numRuns: 300 },
  )
})
