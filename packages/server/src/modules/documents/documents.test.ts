// Documents read back: the text as somebody selects it, the fonts, the same bytes for the same input, and who gets them.
import type { DownloadedFile } from '@suanquan/api'
import { startOf } from '@suanquan/core/calendar'
import { applied, FINDINGS, granted, must, readPdf, testCity, type ReadPdf } from '@suanquan/testkit'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lettersOf } from './cmap.ts'
import { findFonts } from './fonts.ts'
import type { Paper } from './paper.ts'
import { openPress } from './press.ts'
import { render } from './render.ts'
import { clauses, fields, lineReasons, lineStates, postings, sources } from './word-tables.ts'

const found = findFonts(undefined)
const fonts = found.ok ? found.value : { regular: '', bold: '' }

async function read(paper: Paper): Promise<ReadPdf & { missing: readonly string[]; bytes: Uint8Array }> {
  const rendered = await render(paper, fonts)
  if (!rendered.ok) throw new Error(rendered.refusal.code)
  return { ...readPdf(rendered.value.bytes), ...rendered.value }
}

const paper = (blocks: Paper['blocks'], more: Partial<Paper> = {}): Paper => ({
  language: 'zh',
  authority: '示例局',
  title: '试印',
  number: '编号 1',
  at: startOf('2024-05-08'),
  subject: 'x',
  foot: '试印 1',
  blocks,
  ...more,
})

describe('a document', () => {
  test('is text that can be searched and copied, in fonts that are embedded and subset', async () => {
    const text = '人民币壹佰万元整，统一社会信用代码 91990101WLMDB5PR5Q，第 2.2 条'
    const { pages, fonts: used, bytes } = await read(paper([{ kind: 'paragraph', text }]))
    expect(pages.join('')).toContain(text)
    expect(used.length).toBe(2)
    expect(used.every(({ name, embedded }) => embedded && /^[A-Z]{6}\+/.test(name))).toBe(true)
    expect(bytes.length).toBeLessThan(60_000)
    if (popplerThere()) expect(poppler(bytes).replace(/\s/g, '')).toContain(text.replace(/\s/g, ''))
  })

  test('is the same to the byte for the same input, and dated by what it reports', async () => {
    const one = await read(paper([{ kind: 'heading', text: '一' }]))
    const two = await read(paper([{ kind: 'heading', text: '一' }]))
    expect(Buffer.compare(one.bytes, two.bytes)).toBe(0)
    expect(one.dictionaries.join('')).toContain('(D:20240507160000Z)')
    const other = await read(paper([{ kind: 'heading', text: '二' }]))
    expect(Buffer.compare(one.bytes, other.bytes)).not.toBe(0)
  })

  test('writes a letter that the font lacks as its code and reports it; what turns the text is written out', async () => {
    const { pages, missing } = await read(
      paper([{ kind: 'paragraph', text: '𠮷野家㛃有限公司 a\u202eb \ud800 e\u0301' }]),
    )
    expect(pages.join('')).toContain('[U+20BB7]野家㛃有限公司 a[U+202E]b')
    expect(pages.join('')).toContain('以统一码（Unicode）编码表示：')
    expect(missing).toEqual(['\u202e', '\ufffd', '𠮷'].filter((letter) => missing.includes(letter)))
    expect(missing).toContain('𠮷')
    expect(pages.join('')).not.toContain('\ufffd')
  })

  test('runs over pages with the table head on each and page x of y', async () => {
    const rows = Array.from({ length: 120 }, (_, index) => ({ cells: [String(index + 1), `第${index}家`] }))
    const { pages } = await read(
      paper([{ kind: 'table', columns: [{ label: '序号表头' }, { label: '单位表头' }], rows, empty: '' }]),
    )
    expect(pages.length).toBeGreaterThan(2)
    pages.forEach((page, index) => {
      expect(page).toContain('序号表头')
      expect(page).toContain(`第 ${index + 1} 页，共 ${pages.length} 页`)
    })
  })

  test('keeps long names within the page and takes hostile text as text', async () => {
    const long = `${'甲乙丙丁戊己庚辛'.repeat(40)}${'ABCDEFGH'.repeat(40)}`
    const hostile = '=cmd|calc <script>alert(1)</script> ) Tj /JS (x) endobj {{x}} \\u0041'
    const { pages, dictionaries } = await read(
      paper([
        { kind: 'addressee', text: long },
        { kind: 'facts', rows: [{ label: '名称', value: long + hostile }] },
        {
          kind: 'table',
          columns: [{ label: '一' }, { label: '二', numeric: true }],
          rows: [{ cells: [long, '1.00'] }],
          empty: '',
        },
      ]),
    )
    const text = pages.join('')
    expect(text.split(long).length - 1).toBe(3)
    expect(text).toContain(hostile)
    expect(dictionaries.filter((each) => /\/(JS|JavaScript|Launch|URI|EmbeddedFile)\b/.test(each))).toEqual(
      [],
    )
    expect(text).toContain('1.00')
  })
})

describe('the letters of a font', () => {
  test('are those of its own table', () => {
    const has = lettersOf(readFileSync(fonts.regular))!
    expect(['算', '㛃', '㼆', 'é', '，', '¥'].filter((letter) => !has(letter.codePointAt(0)!))).toEqual([])
    expect(['𠮷', '𠀀', '😀'].filter((letter) => has(letter.codePointAt(0)!))).toEqual([])
  })

  test('what is no font is refused with the file and how to mend it, nothing else stops', async () => {
    const press = openPress({
      fonts: { regular: 'no/such/font.ttf' },
      log: { warn: () => undefined } as never,
    })
    expect(await press.print(paper([]))).toMatchObject({
      ok: false,
      refusal: { code: 'documents.no_font', params: { file: 'no/such/font.ttf' } },
    })
    expect(lettersOf(Buffer.from('%PDF-1.4 this is no font'))).toBeNull()
    expect(lettersOf(Buffer.alloc(3))).toBeNull()
    const file = new URL('documents.test.ts', import.meta.url).pathname
    expect(await render(paper([]), { regular: file, bold: file })).toMatchObject({ ok: false })
  })

  test('a document of more lines than a person reads is refused before it is set', async () => {
    const press = openPress({ fonts: undefined, log: { warn: () => undefined } as never })
    const rows = Array.from({ length: 5000 }, () => ({ cells: ['x'] }))
    const long = paper([{ kind: 'table', columns: [{ label: 'x' }], rows, empty: '' }])
    expect(await press.print(long)).toMatchObject({ refusal: { code: 'documents.too_long' } })
  })
})

describe('in a city', async () => {
  const city = await testCity()
  afterAll(() => city.stop())
  let whole: Awaited<ReturnType<typeof granted>>
  beforeAll(async () => {
    whole = await granted(city, await applied(city, 'clerk', city.firm), '90000000')
  })

  const textOf = (file: unknown): string => readPdf((file as DownloadedFile).bytes).pages.join('')

  test('the decision says what, why, against what, and how it is checked, in both languages', async () => {
    const client = city.as('clerk')
    const zh = must(await client.readDecisionDocument({ params: { id: whole.id } })) as DownloadedFile
    const text = textOf(zh)
    expect(zh.fileName).toBe(`算力券支持审核决定书 ${whole.number}.pdf`)
    for (const said of [
      '甲示例科技有限公司：',
      '900,000.00 元',
      '人民币玖拾万元整',
      '最多可申领 1,000,000.00 元，审定 900,000.00 元',
      '审核意见：符合条件',
      '市场监管登记',
      '行政复议',
      '行政诉讼',
      whole.determination!.programmeHash,
    ]) {
      expect(text).toContain(said)
    }
    for (const { text: condition } of whole.determination!.conditions) expect(text).toContain(condition.zh)
    const en = textOf(
      must(await client.readDecisionDocument({ params: { id: whole.id }, query: { language: 'en' } })),
    )
    expect(en).toContain('CNY 900,000.00')
    expect(en).toContain('administrative reconsideration')
    expect(en).not.toContain('行政复议')
  })

  test('the same decision gives the same bytes whoever asks and whenever', async () => {
    const file = async (name: string): Promise<Uint8Array> =>
      (must(await city.as(name).readDecisionDocument({ params: { id: whole.id } })) as DownloadedFile).bytes
    const first = await file('clerk')
    city.setDay('2024-05-27')
    expect(Buffer.compare(first, await file('auditor'))).toBe(0)
  })

  test('what a decision carries as its check is the stored decision', async () => {
    const text = textOf(must(await city.as('reviewer').readDecisionDocument({ params: { id: whole.id } })))
    const stored = await city.store.database.kysely
      .selectFrom('decision')
      .select(['id', 'result_hash'])
      .where('object_id', '=', whole.id)
      .where('kind', '=', 'review')
      .executeTakeFirstOrThrow()
    expect(text).toContain(stored.id)
    expect(text).toContain(stored.result_hash)
  })

  test('a return for correction lists the fields, a refusal its reason; before a decision there is none', async () => {
    const reviewer = city.as('reviewer')
    const { id, number } = await applied(city, 'clerk2', city.otherFirm, { number: 'HT-9' })
    const params = { id }
    expect(await reviewer.readDecisionDocument({ params })).toMatchObject({
      problem: { code: 'documents.not_decided', params: { number } },
    })
    const fields = [
      { field: 'contract.number', remark: '与附件不一致' },
      { field: 'documents.compute_contract', remark: '盖章页缺失' },
    ]
    must(
      await reviewer.decideApplication({
        params,
        body: { decision: 'request_correction', fields, reason: '材料不齐' },
      }),
    )
    const text = textOf(must(await reviewer.readDecisionDocument({ params })))
    for (const said of ['补正通知书', '合同编号与附件不一致', '盖章页缺失', '个工作日内补正', '材料不齐']) {
      expect(text).toContain(said)
    }
    must(await city.as('clerk2').submitApplication({ params }))
    const findings = { ...FINDINGS, 'applicant.sound_finance': false }
    must(
      await reviewer.decideApplication({
        params,
        body: { decision: 'refuse', findings, reason: '财务不健全' },
      }),
    )
    const refused = textOf(must(await reviewer.readDecisionDocument({ params })))
    expect(refused).toContain('不予支持决定书')
    expect(refused).toContain('审核意见：财务不健全')
    const earlier = must(await reviewer.readDecisionDocument({ params, query: { act: 'correction' } }))
    expect(textOf(earlier)).toContain('补正通知书')
  })

  test('the notice is public, names legal persons, and its period and contact', async () => {
    const text = textOf(must(await city.anybody.readNoticeDocument({ params: { id: whole.noticeId! } })))
    for (const said of [
      '拟支持名单公示',
      '甲示例科技有限公司',
      '2024年5月14日',
      '010-0000',
      '900,000.00 元',
    ]) {
      expect(text).toContain(said)
    }
    expect(text).not.toContain('6222')
  })

  test('the statement of a voucher carries every posting with the balance after it', async () => {
    const id = whole.voucherId!
    const { history } = must(await city.as('clerk').readVoucher({ params: { id } }))
    const text = textOf(must(await city.as('clerk').readVoucherStatement({ params: { id } })))
    expect(history.length).toBeGreaterThan(1)
    for (const { sequence } of history) expect(text).toContain(String(sequence))
    expect(text).toContain('900,000.00900,000.00900,000.00')
    expect(text).toContain(history.at(-1)!.rowHash)
  })

  test('nobody gets the document of another firm, and each reading is in the trail', async () => {
    const forbidden = { ok: false, problem: { code: 'request.not_found' } }
    expect(await city.as('clerk2').readDecisionDocument({ params: { id: whole.id } })).toMatchObject(
      forbidden,
    )
    expect(await city.as('clerk2').readVoucherStatement({ params: { id: whole.voucherId! } })).toMatchObject(
      forbidden,
    )
    const trail = must(
      await city.as('auditor').listAuditEvents({ query: { objectId: whole.voucherId!, size: 50 } }),
    )
    const outcomes = trail.items
      .filter(({ action }) => action === 'readVoucherStatement')
      .map(({ outcome }) => outcome)
    expect(outcomes.toSorted()).toEqual(['done', 'request.forbidden'])
  })
})

test('words on documents are the words of the pages', () => {
  const locale = (language: string, module: string): Record<string, string> =>
    JSON.parse(
      readFileSync(
        new URL(`../../../../portal/src/locales/${language}/${module}.json`, import.meta.url),
        'utf8',
      ),
    ) as Record<string, string>
  const tables = [
    ['voucher', 'kind', postings],
    ['policy', 'source', sources],
    ['application', 'field', fields],
    ['metering', 'reason', lineReasons],
    ['words', 'line', lineStates],
    ['components', 'clause', clauses],
  ] as const
  const different = tables.flatMap(([module, prefix, words]) =>
    Object.entries(words)
      .filter(
        ([code, { zh, en }]) =>
          locale('zh-CN', module)[`${prefix}.${code}`] !== zh ||
          locale('en', module)[`${prefix}.${code}`] !== en,
      )
      .map(([code]) => `${module} ${prefix}.${code}`),
  )
  expect(different).toEqual([])
})

function popplerThere(): boolean {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function poppler(bytes: Uint8Array): string {
  return execFileSync('pdftotext', ['-', '-'], { input: bytes, encoding: 'utf8' })
}
