// What a cell says, read as its column asks. Full-width digits, thousands commas and the usual ways to write a date are
// understood; whatever could be read in two ways is refused with how to mend it.
import { flagWords, type ImportColumn } from '@suanquan/api'
import { accept, refuse, type Decision, type RefusalParams } from '@suanquan/core'
import { dayFromNumber, dayNumber, isDay } from '@suanquan/core/calendar'
import { parseMoney } from '@suanquan/core/money'
import { readCreditCode } from '@suanquan/core/party'
import type { Cell } from '../../files/tables/index.ts'

export type CellValue = string | number | boolean | readonly string[] | null

type Read = Decision<CellValue, string>

const MOST_TEXT = 200
const MOST_COUNT = 10_000_000
/** Serial numbers of Excel between 1920 and 2100. */
const [FIRST_SERIAL, LAST_SERIAL] = [7306, 73_415]
const EXCEL_EPOCH = dayNumber('1899-12-30')

export function readCell(column: ImportColumn, cell: Cell): Read {
  const text = cell.text.trim()
  if (text === '')
    return column.required ? wrong('imports.cell_empty', column) : accept(column.type === 'text' ? '' : null)
  return READERS[column.type](column, { ...cell, text })
}

function wrong(code: string, { head }: ImportColumn, params: RefusalParams = {}): Read {
  return refuse(code, { column: head.en, columnZh: head.zh, ...params })
}

/** A value as a refusal shows it: short, and nothing in it that a terminal or a page would obey. */
function shown(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '�')
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain
}

/** Full-width letters, digits and signs as half-width ones. */
function halfWidth(text: string): string {
  return text.normalize('NFKC')
}

const READERS: Readonly<Record<ImportColumn['type'], (column: ImportColumn, cell: Cell) => Read>> = {
  code: (column, { text, type }) =>
    type === 'number' ? wrong('imports.lost_digits', column, { value: shown(text) }) : readCode(column, text),
  text: (column, { text }) =>
    text.length > MOST_TEXT ||
    /^[=@\t\r]|^#(REF|N\/A|VALUE|NAME|DIV)|[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(text)
      ? wrong('imports.cell_text', column, { maximum: MOST_TEXT })
      : accept(text),
  digits: (column, { text, type }) => {
    if (type === 'number' || /^\d(\.\d+)?e\+?\d+$/i.test(text))
      return wrong('imports.lost_digits', column, { value: shown(text) })
    const digits = halfWidth(text).replace(/\s/g, '')
    return /^\d{8,30}$/.test(digits)
      ? accept(digits)
      : wrong('imports.cell_digits', column, { value: shown(text) })
  },
  bank_code: (column, { text, type }) => {
    const digits = halfWidth(text).replace(/\s/g, '')
    return type !== 'number' && /^\d{12}$/.test(digits)
      ? accept(digits)
      : wrong('imports.cell_bank_code', column, { value: shown(text) })
  },
  region: (column, { text }) =>
    /^\d{6}$/.test(halfWidth(text))
      ? accept(halfWidth(text))
      : wrong('imports.cell_region', column, { value: shown(text) }),
  industry: (column, { text }) => {
    const code = halfWidth(text).toUpperCase()
    return /^[A-T]\d{0,4}$/.test(code)
      ? accept(code)
      : wrong('imports.cell_industry', column, { value: shown(text) })
  },
  date: readDate,
  yuan: (column, { text }) => {
    const read = parseMoney(
      `${halfWidth(text)
        .replace(/(?<=\d),(?=\d{3}(\D|$))/g, '')
        .replace(/元$/, '')}元`,
    )
    const fits = read.ok && read.value >= 0n && read.value < 1_000_000_000_000_000n
    return fits ? accept(read.value.toString()) : wrong('imports.cell_yuan', column, { value: shown(text) })
  },
  count: (column, { text }) => {
    const digits = halfWidth(text)
      .replace(/(?<=\d),(?=\d{3}(\D|$))/g, '')
      .replace(/\.0+$/, '')
    return /^\d{1,8}$/.test(digits) && Number(digits) <= MOST_COUNT
      ? accept(Number(digits))
      : wrong('imports.cell_count', column, { value: shown(text) })
  },
  flag: (column, { text }) => {
    const said = FLAGS[halfWidth(text).toLowerCase()]
    return said === undefined ? notOneOf(column, text, flagWords) : accept(said)
  },
  choice: (column, { text }) => {
    const chosen = choiceOf(column, text)
    return chosen === undefined ? notOneOf(column, text, column.choices!) : accept(chosen)
  },
  choices: (column, { text }) => {
    const chosen = text.split(/[、,，;；|/]/).map((part) => choiceOf(column, part))
    const known = chosen.filter((each) => each !== undefined)
    return known.length < chosen.length
      ? notOneOf(column, text, column.choices!)
      : accept([...new Set(known)].toSorted())
  },
}

const FLAGS: Readonly<Record<string, boolean | undefined>> = {
  是: true,
  有: true,
  yes: true,
  y: true,
  true: true,
  '1': true,
  否: false,
  无: false,
  no: false,
  n: false,
  false: false,
  '0': false,
}

function readCode(column: ImportColumn, text: string): Read {
  if (/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(text))
    return wrong('imports.cell_text', column, { maximum: 18 })
  const code = readCreditCode(text)
  return code.ok ? accept(code.value.code) : code
}

function readDate(column: ImportColumn, { text, type }: Cell): Read {
  const plain = halfWidth(text)
  if (/^\d{5}(\.\d+)?$/.test(plain)) {
    const serial = Math.floor(Number(plain))
    const day = dayFromNumber(EXCEL_EPOCH + serial)
    if (serial < FIRST_SERIAL || serial > LAST_SERIAL)
      return wrong('imports.cell_date', column, { value: shown(text) })
    // a workbook types its numbers; in CSV five digits may be anything
    return type === 'number' ? accept(day) : wrong('imports.serial_date', column, { value: shown(text), day })
  }
  const parts = /^(\d{4})(?:[-/.年]?)(\d{1,2})(?:[-/.月]?)(\d{1,2})日?$/.exec(plain)
  const separated = /^\d{8}$|^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$/.test(plain)
  const day = parts === null ? '' : `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`
  return separated && isDay(day) ? accept(day) : wrong('imports.cell_date', column, { value: shown(text) })
}

function choiceOf({ choices = {} }: ImportColumn, text: string): string | undefined {
  const said = text.trim().toLowerCase()
  return Object.entries(choices).find(([id, { zh, en }]) => [id, zh, en].includes(said))?.[0]
}

function notOneOf(column: ImportColumn, text: string, choices: NonNullable<ImportColumn['choices']>): Read {
  const list = Object.values(choices)
  return wrong('imports.cell_choice', column, {
    value: shown(text),
    accepted: list.map(({ en }) => en).join(', '),
    acceptedZh: list.map(({ zh }) => zh).join('、'),
  })
}
