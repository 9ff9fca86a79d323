import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { useLanguage } from '../language.ts'
import { run } from '../main.ts'

const programmes = fileURLToPath(new URL('../../../../programmes', import.meta.url))
const beijing = join(programmes, 'beijing/2023-compute-voucher')
const count = readdirSync(programmes, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /(programme|overlay)\.yaml$/.test(path),
).length
const folder = mkdtempSync(join(tmpdir(), 'programme-'))

beforeEach(() => useLanguage('en'))
afterEach(() => vi.restoreAllMocks())

/** What a call prints and how it ends. */
async function call(...args: string[]): Promise<{ out: string; err: string; code: unknown; last: string }> {
  const spies = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  for (const spy of spies) spy.mockReturnValue(true)
  process.exitCode = 0
  await run(args)
  const [out = '', err = ''] = spies.map((spy) => spy.mock.calls.map(([text]) => String(text)).join(''))
  const code = process.exitCode
  vi.restoreAllMocks()
  process.exitCode = 0
  return { out, err, code, last: out.trimEnd().split('\n').at(-1)! }
}

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const firm = file(
  'firm.yaml',
  'applicant.kind: university\ncontract.signed_on: 2024-05-06\nparties.related: true\n',
)

describe('programme', () => {
  test('lists what comes with Suanquan', async () => {
    const { out, last, code } = await call('programme', 'list')
    expect([code, last]).toEqual([0, `${count} programmes`])
    expect(out).toContain('cn.nanning.compute_reward@2025.1')
  })
  test('checks them without a fault', async () => {
    expect(await call('programme', 'check')).toMatchObject({
      code: 0,
      last: `${count} programmes checked: no errors`,
    })
  })
  test('an overlay is checked with its base, each finding in its own file', async () => {
    const guide = join(programmes, 'shenzhen/2026-training-guide')
    expect(await call('programme', 'test', guide)).toMatchObject({ code: 0 })
    const text = readFileSync(join(guide, 'overlay.yaml'), 'utf8')
    const base = join(programmes, 'shenzhen/2024-training-voucher/programme.yaml')
    const path = file(
      'overlay.yaml',
      text
        .replace('../2024-training-voucher/programme.yaml', relative(folder, base))
        .replace('guide2026.use\n', 'guide2026.uses\n'),
    )
    const { out, code } = await call('programme', 'check', path)
    expect(code).toBe(1)
    expect(out).toContain(`${path}:25:`)
    expect(out).toContain('Did you mean guide2026.use?')
  })
  test('says faults as SARIF, each with its rule, its place and its sentence', async () => {
    const text = readFileSync(join(beijing, 'programme.yaml'), 'utf8')
    const path = file('sarif.yaml', text.replace("'!parties.related'", "'!partys.related'"))
    const { out, code } = await call('programme', 'check', '--sarif', path)
    const { version, runs } = JSON.parse(out)
    expect([code, version, runs[0].tool.driver.rules]).toEqual([1, '2.1.0', [{ id: 'policy.unknown_fact' }]])
    const line = text.slice(0, text.indexOf("'!parties.related'")).split('\n').length
    expect(runs[0].results).toMatchObject([
      {
        ruleId: 'policy.unknown_fact',
        level: 'error',
        message: { text: expect.stringContaining('parties.related') },
        locations: [{ physicalLocation: { artifactLocation: { uri: path }, region: { startLine: line } } }],
      },
    ])
  })
  test('shows what two versions say differently', async () => {
    const { out, last, code } = await call(
      'programme',
      'diff',
      'cn.hangzhou.compute_voucher@2024.40',
      'cn.hangzhou.compute_voucher@2025.65',
    )
    expect(code).toBe(0)
    expect(out).toContain('parameters.small_rate')
    expect(last).toMatch(/^\d+ differences$/)
  })
  test('finds the best lawful combination, with the evidence it needs', async () => {
    const facts = file(
      'contract.yaml',
      `{applicant.kind: enterprise, applicant.uscc: 91110108551385082Q, applicant.region: '330106',
      applicant.status: active, applicant.size: large, applicant.compute_contracts_year: 1000万元,
      applicant.multimodal_base_model: false, parties.related: false, contract.number: HZ-1,
      contract.use: training, contract.serves_filed_model: false, contract.on_domestic_chips: true,
      contract.amount: 1000万元, contract.settled: 1000万元, upper.percent: 30,
      upper.approved_on: 2025-08-01, application.submitted_on: 2025-09-20}`,
    )
    const given = ['--facts', facts, '--contract', '1000万元', '--other', '300万元']
    const { out, last, code } = await call('programme', 'combine', ...given, join(programmes, 'hangzhou'))
    expect(code).toBe(0)
    expect(out).toContain('→ cn.hangzhou.compute_voucher@2025.65 compute  3,000,000.00  evidence: licence')
    expect(out).toContain('not together (cn.hangzhou.compute_voucher@2025.65 compute: plan.matched)')
    expect(last).toMatch(
      /^3,000,000\.00 yuan at most; proof: \d+ branches, [1-9]\d* closed by their bound, checked$/,
    )
  })
  test('says who would qualify for an automatic award, and what the others lack', async () => {
    const firms = file(
      'firms.csv',
      `id,applicant.kind,applicant.uscc,applicant.status,contract.settled(万元),upper.percent,upper.approved_on
a,enterprise,91110108551385082Q,active,100,30,2025-08-01
b,enterprise,91110108551385082Q,active,100,,2025-08-01
`,
    )
    const given = ['--firms', firms, '--on', '2025-09-20', '--automatic']
    const { out, last, code } = await call('programme', 'sweep', ...given, join(programmes, 'hangzhou'))
    expect(code).toBe(0)
    expect(out).toContain('automatic: 1 qualify, 150,000.00 yuan; 1 lack data; 0 do not')
    expect(out).toContain('lacks upper.percent (a register): 1')
    expect(last).toMatch(/^2 firms, \d+ awards, 1 times somebody qualifies; nothing was awarded$/)
  })
  test('finds what a fair-competition review must look at', async () => {
    const { out, last } = await call('programme', 'competition', join(programmes, 'beijing-haidian'))
    expect(out).toContain('providers are named (article 8): eligibility.selected [p.selected]')
    expect(last).toBe('1 programmes, 1 places where people must state an exception and sign')
  })
  test('names a fault with file, line, column and what was meant, and ends with 1', async () => {
    const text = readFileSync(join(beijing, 'programme.yaml'), 'utf8')
    const path = file('broken.yaml', text.replace("'!parties.related'", "'!partys.related'"))
    const { out, code, last } = await call('programme', 'check', path)
    expect(out).toMatch(
      /broken\.yaml:\d+:16: error: unknown fact partys\.related\. Did you mean parties\.related\?\n/,
    )
    expect([code, last]).toEqual([1, '1 programmes checked: 1 with errors, 1 in all'])
    const chinese = await call('programme', 'check', path, '--lang', 'zh')
    expect(chinese.out).toContain('错误: 没有事实“partys.related”。是否想写“parties.related”？')
    const machine = JSON.parse((await call('programme', 'check', path, '--json')).out) as Record<
      string,
      unknown
    >
    expect(machine).toMatchObject({ wrong: 1, diagnostics: [{ code: 'policy.unknown_fact', column: 16 }] })
  })
  test('runs the worked cases and shows the one that fails', async () => {
    const broken = mkdtempSync(join(folder, 'cases-'))
    for (const name of ['programme.yaml', 'cases.yaml']) {
      const text = readFileSync(join(beijing, name), 'utf8')
      writeFileSync(join(broken, name), text.replace('ceiling: 160万元', 'ceiling: 161万元'))
    }
    const { out, code, last } = await call('programme', 'test', broken)
    expect(out).toContain('ceiling: expected 161万元, got 160万元')
    expect([code, last]).toEqual([1, '1 programmes, 59 cases passed, 1 files failed'])
  })
  test('scores the cases by planted faults', async () => {
    const { out, code } = await call('programme', 'test', join(programmes, 'nanning'), '--mutate')
    expect(out).toMatch(/mutation score \d+\.\d\d % \(\d+\/\d+\)/)
    expect(code).toBe(0)
  })
  test('shows and explains a programme, its last line the count', async () => {
    expect((await call('programme', 'show', beijing)).last).toBe(
      '13 conditions, 6 open questions, 5 assumptions',
    )
    const explained = await call('programme', 'explain', beijing)
    expect(explained.out).toContain('!parties.related')
    expect(explained.last).toBe('13 conditions, 1 awards')
    expect(JSON.parse((await call('programme', 'show', beijing, '--json')).out)).toMatchObject({
      id: 'cn.beijing.compute_voucher',
    })
  })
  test('makes guide pages in both languages, with the ladder of the rule', async () => {
    const pages = join(folder, 'pages')
    const { code, last } = await call('programme', 'docs', beijing, '--out', pages)
    expect([code, last]).toEqual([0, '2 pages written'])
    const zh = readFileSync(join(pages, 'cn.beijing.compute_voucher@2023.1.zh.md'), 'utf8')
    expect(zh).toContain('| 一律 | 20% | 超过 1,000万元 | 200万元 |')
    expect(zh).toContain('plan.amount')
    const en = await call('programme', 'docs', beijing, '--html')
    expect(en.out).toContain('<td>up to 10,000,000 yuan</td><td>20% of it</td>')
  })
  test('lays files out in one way, and only looks with --check', async () => {
    const text = readFileSync(join(beijing, 'programme.yaml'), 'utf8')
    const path = file('laid-out.yaml', text.replace('status: draft', 'status:   draft  # reading'))
    expect(await call('programme', 'fmt', path, '--check')).toMatchObject({
      code: 1,
      last: '1 files, 1 to be laid out',
    })
    expect(await call('programme', 'fmt', path)).toMatchObject({ code: 0, last: '1 files, 1 laid out' })
    expect(readFileSync(path, 'utf8')).toBe(text.replace('status: draft', 'status: draft # reading'))
    expect((await call('programme', 'fmt', file('no.yaml', 'a: {b'))).code).toBe(1)
  })
  test('wrong use ends with 2', async () => {
    for (const words of [['check', '/nowhere'], ['show', programmes], ['nonsense'], ['show']]) {
      expect((await call('programme', ...words)).code).toBe(2)
    }
  })
})

describe('determine', () => {
  test('a verdict is an answer: it ends with 0 and lists every reason', async () => {
    const { out, code, last } = await call('determine', beijing, '--facts', firm)
    expect([code, last]).toEqual([0, 'result: not supported: enterprise, not_related'])
    expect(out).toContain('the measure supports enterprises only')
    expect(out).toContain('not adopted: for trial only')
  })
  test('an adoption makes it that authority’s', async () => {
    const adoption = join(programmes, 'demo-city/2024-adoption.yaml')
    const { out } = await call('determine', beijing, '--facts', firm, '--adoption', adoption, '--lang', 'zh')
    expect(out).toContain('示例市经济和信息化局')
  })
  test('JSON in, JSON out, amounts as digits', async () => {
    const facts = {
      'contract.signed_on': '2024-05-06',
      'contract.amount': '123456.78元',
      'contract.excluded_amount': '0元',
    }
    const path = file(
      'facts.json',
      JSON.stringify({ facts, balances: { pool: { granted: '1元' } } }, null, '\t'),
    )
    const { out, code } = await call('determine', beijing, '--facts', path, '--json')
    expect(code).toBe(0)
    const found = JSON.parse(out) as { steps: { id: string; amount: string }[] }
    expect(found).toMatchObject({ outcome: 'unknown', ceilingFen: null })
    expect(found.steps[0]).toMatchObject({ id: 'base', amount: '12345678' })
  })
  test('facts that are not valid are each named with their place, and it ends with 1', async () => {
    const path = file('bad.yaml', 'contract.amount: 5000000\ncontrat.number: x\n')
    const { err, code } = await call('determine', beijing, '--facts', path)
    expect(code).toBe(1)
    expect(err).toContain('bad.yaml:1:1: error: the amount "5000000" has no unit')
    expect(err).toContain('bad.yaml:2:1: error: unknown fact contrat.number. Did you mean contract.number?')
  })
  test('a payment that the programme does not know is a refusal with its code', async () => {
    const { err, code } = await call(
      'determine',
      join(programmes, 'nanning'),
      '--facts',
      firm,
      '--redemption',
    )
    expect([code, err]).toEqual([1, expect.stringContaining('[policy.no_redemption]')])
  })
  test('wrong use ends with 2', async () => {
    expect((await call('determine', beijing)).code).toBe(2)
    expect((await call('determine', beijing, '--facts', '/nowhere')).code).toBe(2)
  })
})
