// Files that are checked, then confirmed: what the dry run says is what happens, and a decision names the versions it read.
import type { DownloadedFile } from '@suanquan/api'
import { writeXlsx } from '../../files/tables/index.ts'
import { connect, sql } from '../../database/index.ts'
import { replayDecisions } from '../audit/index.ts'
import { applied, FINDINGS, must, testCity } from '@suanquan/testkit'
import { afterAll, describe, expect, test } from 'vitest'

const city = await testCity()
afterAll(() => city.stop())
const administrator = city.as('administrator')
const { firm, otherFirm, university } = city

const csv = (rows: readonly (readonly string[])[], name = '名单.csv') => ({
  name,
  bytes: Buffer.from(rows.map((cells) => cells.join(',')).join('\r\n'), 'utf8'),
  mediaType: 'text/csv',
})

const SOCIAL = ['统一社会信用代码', '参保人数']
const CREDIT = ['统一社会信用代码', '近三年有失信记录', '列入严重失信名单', '近三年有重大行政处罚']

type Kind = 'social_insurance' | 'credit' | 'tax'

async function check(kind: Kind, rows: readonly (readonly string[])[], asOf = '2024-05-06') {
  return must(
    await administrator.checkImport({ query: { kind, source: `${kind} 登记`, asOf }, file: csv(rows) }),
  )
}

const confirm = (id: string, rows: 'all' | 'good' = 'all') =>
  administrator.confirmImport({ params: { id }, body: { rows } })

async function entries(organisationId: string): Promise<{ register: string; version: number }[]> {
  return city.store.database.kysely
    .selectFrom('register_entry')
    .select(['register', 'version'])
    .where('organisation_id', '=', organisationId)
    .orderBy('register')
    .orderBy('version')
    .execute()
}

describe('an import', () => {
  test('checked changes nothing; confirmed it adds a version; the same file again is the same throughout', async () => {
    const before = await entries(firm.id)
    const rows = [SOCIAL, [firm.creditCode, '120'], [otherFirm.creditCode, '95']]
    const first = await check('social_insurance', rows)
    expect(first.counts).toEqual({ new: 2, changed: 0, same: 0, refused: 0 })
    expect(await entries(firm.id)).toEqual(before)
    expect(must(await confirm(first.id))).toMatchObject({ taken: 'all' })
    expect(await entries(firm.id)).toEqual([...before, { register: 'social_insurance', version: 1 }])
    const again = await check('social_insurance', rows)
    expect(again.counts).toEqual({ new: 0, changed: 0, same: 2, refused: 0 })
    must(await confirm(again.id))
    expect(await entries(firm.id)).toHaveLength(before.length + 1)
    const listed = must(await city.as('finance').listMyOrganisations({ query: { q: firm.creditCode } }))
    expect(listed.items[0]).toMatchObject({ employees: 120 })
    expect(await confirm(first.id)).toMatchObject({ problem: { code: 'imports.confirmed' } })
  })

  test('says row by row what is refused and why; the error file gives the rows back with the reasons', async () => {
    const rows = [
      ['备注', ...SOCIAL],
      ['甲', firm.creditCode, '130'],
      ['乙', '91110000802100433B', '1'],
      ['丙', otherFirm.creditCode, '许多'],
      ['丁', 'x', '"1'.replace('"', '')],
    ]
    const checked = await check('social_insurance', rows)
    expect(checked).toMatchObject({ ignored: ['备注'], counts: { new: 0, changed: 1, same: 0, refused: 3 } })
    const read = must(await administrator.readImport({ params: { id: checked.id }, query: {} }))
    expect(
      read.items.map(({ number, outcome, reasons }) => [number, outcome, reasons.map(({ code }) => code)]),
    ).toEqual([
      [2, 'changed', []],
      [3, 'refused', ['imports.organisation_unknown']],
      [4, 'refused', ['imports.cell_count']],
      [5, 'refused', ['party.credit_code_lower_case']],
    ])
    expect(read.items[0]!.changes).toEqual([
      {
        column: { zh: '参保人数', en: 'insured employees' },
        before: { zh: '120', en: '120' },
        after: { zh: '130', en: '130' },
      },
    ])
    expect(await confirm(checked.id)).toMatchObject({
      problem: { code: 'imports.rows_refused', params: { count: 3 } },
    })
    expect(must(await confirm(checked.id, 'good'))).toMatchObject({ taken: 'good' })
    const file = await administrator.downloadImportErrors({ params: { id: checked.id } })
    const text = Buffer.from((must(file) as DownloadedFile).bytes).toString('utf8')
    const lines = text.replace('\ufeff', '').trim().split('\r\n')
    expect(lines).toHaveLength(4)
    expect(lines[0]).toBe('备注,统一社会信用代码,参保人数,原因,Reason')
    expect(lines[1]).toMatch(/^乙,91110000802100433B,1,"?平台上没有这家单位/)
  })

  test('is refused when what is known has changed since the check; of two at once one is told so', async () => {
    const one = await check('social_insurance', [SOCIAL, [firm.creditCode, '140']])
    const two = await check('social_insurance', [SOCIAL, [firm.creditCode, '150']])
    const both = await Promise.all([confirm(one.id), confirm(two.id)])
    const codes = both.map((each) => (each.ok ? 'done' : each.problem.code))
    expect(codes.toSorted()).toEqual(['done', 'imports.base_changed'])
    expect((await entries(firm.id)).filter(({ register }) => register === 'social_insurance')).toHaveLength(3)
  })

  test('older data never replaces newer, and a day to come is no reference date', async () => {
    const older = await check('social_insurance', [SOCIAL, [firm.creditCode, '1']], '2024-05-01')
    expect(older.counts).toMatchObject({ refused: 1 })
    expect(await confirm(older.id, 'good')).toMatchObject({ problem: { code: 'imports.nothing_good' } })
    const query = { kind: 'tax' as const, source: '税务', asOf: '2030-01-01' }
    expect(await administrator.checkImport({ query, file: csv([SOCIAL]) })).toMatchObject({
      problem: { code: 'imports.as_of_future' },
    })
  })

  test('takes the template filled in, as a workbook too', async () => {
    for (const format of ['xlsx', 'csv'] as const) {
      const template = await administrator.downloadImportTemplate({ query: { kind: 'tax', format } })
      const bytes = new Uint8Array((must(template) as DownloadedFile).bytes)
      const empty = await administrator.checkImport({
        query: { kind: 'tax', source: '税务', asOf: '2024-05-06' },
        file: { name: `模板.${format}`, bytes, mediaType: 'application/octet-stream' },
      })
      expect(empty).toMatchObject({ problem: { code: 'imports.no_rows' } })
    }
    const bytes = await writeXlsx([
      ['统一社会信用代码', '营业收入（元）', '资产总额（元）'],
      [university.creditCode, '1,000.50', ''],
    ])
    const query = { kind: 'tax' as const, source: '税务', asOf: '2024-05-06' }
    const file = { name: 'tax.xlsx', bytes, mediaType: 'application/octet-stream' }
    expect(must(await administrator.checkImport({ query, file }))).toMatchObject({
      format: 'xlsx',
      counts: { new: 1, refused: 0 },
    })
  })
})

describe('what registers say decides', () => {
  test('a decision names its versions and replays; later versions do not change it; a changed one is found', async () => {
    must(await confirm((await check('credit', [CREDIT, [firm.creditCode, '否', '否', '否']])).id))
    const application = await applied(city, 'clerk', firm)
    const dishonest = application.facts.find(({ id }) => id === 'applicant.dishonest_3y')
    expect(dishonest).toMatchObject({ value: false, source: 'register:credit 登记', asOf: '2024-05-06' })
    must(
      await confirm((await check('credit', [CREDIT, [firm.creditCode, '是', '是', '否']], '2024-05-07')).id),
    )
    const stored = await city.store.database.kysely
      .selectFrom('decision')
      .select('input')
      .where('object_id', '=', application.id)
      .executeTakeFirstOrThrow()
    const { sources } = stored.input as unknown as { sources: { id: string; versions?: { id: string }[] }[] }
    const version = sources.find(({ id }) => id === 'applicant.dishonest_3y')!.versions![0]!.id
    expect(await replayDecisions(city.store.database)).toMatchObject({ differences: [] })
    const decide = { decision: 'approve' as const, amountFen: '100', findings: FINDINGS, reason: '符合条件' }
    expect(
      await city.as('reviewer').decideApplication({ params: { id: application.id }, body: decide }),
    ).toMatchObject({ problem: { code: 'application.not_eligible' } })
    // nothing of the platform can do this: its role has no right to change a version
    const owner = connect({ ...city.store.address, connections: 1 })
    await sql`update suanquan.register_entry set facts = facts || '{"dishonestWithinThreeYears": true}'
      where id = ${version}`.execute(owner.kysely)
    await owner.close()
    const { differences } = await replayDecisions(city.store.database)
    expect(differences.map(({ paths }) => paths.map(({ path }) => path))).toEqual([
      ['sources/applicant.dishonest_3y'],
    ])
  })
})
