import fc from 'fast-check'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readTable, writeCsv, writeXlsx } from './index.ts'
import { unpackZip } from './zip.ts'

const bytes = (text: string, encoding: BufferEncoding = 'utf8'): Uint8Array => Buffer.from(text, encoding)

async function texts(file: Uint8Array): Promise<string[][] | string> {
  const table = await readTable(file)
  return table.ok ? table.value.rows.map(({ cells }) => cells.map(({ text }) => text)) : table.refusal.code
}

describe('a CSV file', () => {
  test('is read in UTF-8, GB18030 and UTF-16, with commas, tabs or semicolons', async () => {
    const wanted = [
      ['名称', '数'],
      ['示例', '1'],
    ]
    expect(await texts(bytes('\ufeff名称,数\r\n示例,1\r\n'))).toEqual(wanted)
    expect(await texts(bytes('名称\t数\n示例\t1'))).toEqual(wanted)
    expect(await texts(bytes('名称;数\r示例;1\r'))).toEqual(wanted)
    expect(await texts(bytes('\ufeff名称,数\n示例,1', 'utf16le'))).toEqual(wanted)
    const gb18030 = Buffer.from('c3fbb3c62ccafd0acabec0fd2c31', 'hex')
    expect(await texts(gb18030)).toEqual(wanted)
  })

  test('keeps quotes, commas and line breaks inside quotes, and numbers rows as the file does', async () => {
    const table = await readTable(bytes('a,b\n\n"x, ""y""\nz",2\n3,4\n'))
    expect(table.ok && table.value.rows.map(({ number, cells }) => [number, cells[0]!.text])).toEqual([
      [1, 'a'],
      [3, 'x, "y"\nz'],
      [5, '3'],
    ])
  })

  test.each([
    ['a quote that is never closed', bytes('a,b\n"x,1\n2,3'), 'imports.half_written'],
    ['nothing', bytes(''), 'imports.half_written'],
    ['bytes of no encoding', Uint8Array.of(0x61, 0xff, 0xff), 'imports.encoding'],
    ['NUL', bytes('a,b\n\u0000,1'), 'imports.not_a_table'],
    ['an old workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2), 'imports.not_a_table'],
    ['a PDF', bytes('%PDF-1.7'), 'imports.not_a_table'],
    ['a page', bytes('<html>'), 'imports.not_a_table'],
    ['gzip', gzipSync('a,b'), 'imports.not_a_table'],
    ['too many rows', bytes('1\n'.repeat(21_002)), 'imports.too_large'],
    ['too many columns', bytes(','.repeat(300)), 'imports.too_large'],
    ['too many bytes', new Uint8Array(16 * 1024 * 1024 + 1), 'imports.too_large'],
  ])('%s is refused', async (_, file, code) => expect(await texts(file)).toBe(code))

  test('what is written is read again as it was, and starts no formula', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { minLength: 2, maxLength: 2 }), {
          minLength: 1,
          maxLength: 8,
        }),
        async (rows) => {
          const fit = rows.map(([, second]) => ['x', second!.replaceAll('\u0000', '')])
          const read = await texts(writeCsv([['head', 'other'], ...fit]))
          const safe = fit.map((row) =>
            row.map((text) =>
              /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,]+$/.test(text) ? `'${text}` : text,
            ),
          )
          expect(read).toEqual([['head', 'other'], ...safe])
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('a workbook', () => {
  test('is read cell by cell as it was written', async () => {
    const rows = [
      ['统一社会信用代码', '名称'],
      ['91110000802100433B', '=1+1'],
    ]
    expect(await texts(await writeXlsx(rows))).toEqual(rows)
  })

  test('says which rows merged cells cover, and of which type a cell is', async () => {
    const sheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
      <row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>
      <row r="2"><c r="A2"><v>6.2220000111122E+13</v></c><c r="B2" t="b"><v>1</v></c></row>
      </sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells></worksheet>`
    const table = await readTable(workbook(sheet))
    expect(table.ok && table.value.merged).toEqual([{ area: 'A2:A3', from: 2, to: 3 }])
    expect(table.ok && table.value.rows[1]!.cells).toEqual([
      { text: '62220000111122', type: 'number' },
      { text: 'true', type: 'flag' },
    ])
  })

  test('with one cell in the last place of a sheet is refused before anything is built', async () => {
    for (const place of ['A1048576', 'XFD1']) {
      const row = place.replace(/\D/g, '')
      const sheet = `<worksheet><sheetData><row r="${row}"><c r="${place}"><v>1</v></c></row></sheetData></worksheet>`
      expect(await texts(workbook(sheet))).toBe('imports.too_large')
    }
  })

  test('with tags that never end is no table, and is not searched for their ends', async () => {
    for (const tag of ['<c ', '<mergeCell ']) {
      const sheet = workbook(`\uFEFF<worksheet><sheetData>${tag.repeat(200_000)}`)
      expect(await texts(sheet)).toBe('imports.not_a_table')
    }
  })

  test('that unpacks to far more than it is, is refused, whatever its directory says', async () => {
    const bomb = Buffer.alloc(120 * 1024 * 1024)
    expect(await texts(zip([{ name: 'xl/workbook.xml', content: bomb }]))).toBe('imports.too_large')
    expect(await texts(zip([{ name: 'xl/workbook.xml', content: bomb, said: 10 }]))).toBe('imports.too_large')
    const lie = zip([{ name: 'xl/workbook.xml', content: Buffer.alloc(100), said: 4_000_000_000 }])
    expect(await texts(lie)).toBe('imports.not_a_table')
  })

  test('cut off anywhere, or with any byte changed, is a table or a refusal, never an error', async () => {
    const whole = await writeXlsx([
      ['统一社会信用代码', '参保人数'],
      ['91110000802100433B', '80'],
    ])
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
        const broken = cut ? whole.slice(0, at) : Uint8Array.from(whole)
        if (!cut) broken[at] = byte
        expect(typeof (await readTable(broken)).ok).toBe('boolean')
      }),
      { numRuns: 80 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        const file = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), noise])
        expect(typeof unpackZip(file).ok).toBe('boolean')
      }),
    )
  })
})

function workbook(sheet: string): Uint8Array {
  const main = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const parts: Readonly<Record<string, string>> = {
    'xl/workbook.xml': `<workbook xmlns:r="${main}"><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${main}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': sheet,
  }
  return zip(Object.entries(parts).map(([name, content]) => ({ name, content: Buffer.from(content) })))
}

interface ZipPart {
  readonly name: string
  readonly content: Buffer
  /** the size that the directory gives, where it is not the true one */
  readonly said?: number
}

function zip(parts: readonly ZipPart[]): Uint8Array {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, said = content.length } of parts) {
    const packed = deflateRawSync(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(said, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, Buffer.from(name), packed])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    const entry = [Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, place, Buffer.from(name)]
    directory.push(Buffer.concat(entry))
    locals.push(local)
    offset += local.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 0, 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...directory, end])
}
