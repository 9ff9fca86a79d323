// What the documents of a site look like: a red head with the authority's name, the number under it, a title, text in
// the measure of an official letter, tables whose heads come again on each page, a place for the seal, and at the foot
// of every page what it is and page x of y.
import type { Content, ContentTable, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { codeOf } from './letters.ts'
import type {
  Block,
  FactRow,
  Paper,
  PaperColumn,
  PaperLanguage,
  PaperRow,
  Picture,
  Seal,
  Table,
} from './paper.ts'

export const FONT = 'Noto Sans SC'

const RED = '#b3261e'
const INK = '#1a1a1a'
const QUIET = '#5c5c5c'
const RULE = '#9a9a9a'
const BINDING = '#fbf1dc'
const HEAD = '#f0f0f0'
const MARGIN = 62
const WIDTH = 595.28 - 2 * MARGIN

/** @param missing the letters that the font lacks, named at the end of the document */
export function layOut(paper: Paper, missing: readonly string[]): TDocumentDefinitions {
  const { language } = paper
  const at = new Date(paper.at)
  return {
    pageSize: 'A4',
    pageMargins: [MARGIN, 64, MARGIN, 66],
    version: '1.7',
    language: language === 'zh' ? 'zh-CN' : 'en',
    displayTitle: true,
    info: {
      title: `${paper.title} ${paper.number}`,
      author: paper.authority,
      subject: paper.subject,
      creator: 'Suanquan',
      producer: 'Suanquan',
      creationDate: at,
      modDate: at,
    },
    defaultStyle: { font: FONT, fontSize: 10.5, lineHeight: 1.35, color: INK },
    content: [
      ...head(paper),
      ...paper.blocks.map((block) => set(block, language)),
      ...lacking(missing, language),
    ],
    footer: (page, pages) => footer(paper, page, pages),
  }
}

function head(paper: Paper): Content[] {
  return [
    { text: paper.authority, fontSize: 22, bold: true, color: RED, alignment: 'center', lineHeight: 1.2 },
    { text: paper.number, fontSize: 10, color: QUIET, alignment: 'center', margin: [0, 4, 0, 8] },
    {
      canvas: [
        { type: 'line', x1: 0, y1: 0, x2: WIDTH, y2: 0, lineWidth: 1.6, lineColor: RED },
        { type: 'line', x1: 0, y1: 3, x2: WIDTH, y2: 3, lineWidth: 0.5, lineColor: RED },
      ],
    },
    {
      text: paper.title,
      fontSize: 17,
      bold: true,
      alignment: 'center',
      margin: [0, 16, 0, 14],
      lineHeight: 1.25,
    },
  ]
}

function footer({ foot, language }: Paper, page: number, pages: number): Content {
  const count = language === 'zh' ? `第 ${page} 页，共 ${pages} 页` : `Page ${page} of ${pages}`
  return {
    margin: [MARGIN, 18, MARGIN, 0],
    fontSize: 8,
    color: QUIET,
    columns: [
      { text: foot, width: '*' },
      { text: count, width: 110, alignment: 'right' },
    ],
  }
}

function set(block: Block, language: PaperLanguage): Content {
  switch (block.kind) {
    case 'heading':
      return { text: block.text, bold: true, fontSize: 12, margin: [0, 12, 0, 5], headlineLevel: 1 }
    case 'addressee':
      return { text: block.text, bold: true, fontSize: 11.5, margin: [0, 0, 0, 6] }
    case 'paragraph':
      return {
        text: block.text,
        margin: [0, 0, 0, 6],
        lineHeight: 1.55,
        alignment: 'left',
        ...(language === 'zh' ? { leadingIndent: 21 } : {}),
      }
    case 'note':
      return { text: block.text, fontSize: 8.5, color: QUIET, margin: [0, 3, 0, 5] }
    case 'facts':
      return facts(block.rows)
    case 'table':
      return table(block)
    case 'picture':
      return picture(block)
    case 'amount':
      return amount(block.label, block.figures, block.capitals)
    case 'seal':
      return seal(block)
    case 'code':
      return code(block.svg, block.caption)
    case 'proof':
      return proof(block.title, block.rows)
  }
}

function facts(rows: readonly FactRow[]): Content {
  return {
    margin: [0, 2, 0, 8],
    lineHeight: 1.2,
    layout: ruled(),
    table: {
      widths: [112, '*'],
      dontBreakRows: true,
      body: rows.map(({ label, value }) => [{ text: label, color: QUIET }, { text: value }]),
    },
  }
}

const SHARES = { narrow: 'auto', wide: '*' } as const

function table({ columns, rows, empty }: Table): Content {
  if (rows.length === 0) return { text: empty, color: QUIET, margin: [0, 2, 0, 8] }
  return {
    margin: [0, 2, 0, 8],
    fontSize: 9.5,
    lineHeight: 1.2,
    layout: ruled(),
    table: {
      headerRows: 1,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths: columns.map(({ numeric, width }) => SHARES[width ?? (numeric === true ? 'narrow' : 'wide')]),
      body: [
        columns.map((column) => ({
          text: column.label,
          bold: true,
          fillColor: HEAD,
          alignment: alignmentOf(column),
        })),
        ...rows.map((row) => rowOf(row, columns)),
      ],
    },
  }
}

/** Why a line is as it is stands small under its words. */
function rowOf({ cells, stress, why }: PaperRow, columns: readonly PaperColumn[]): TableCell[] {
  const fill = stress === 'binding' ? { fillColor: BINDING } : {}
  const words = columns.findIndex(({ numeric, width }) => numeric !== true && width !== 'narrow')
  return cells.map((text, index) => {
    const cell = { text, alignment: alignmentOf(columns[index]!), bold: stress !== undefined, ...fill }
    if (why === undefined || index !== words) return cell
    return { stack: [cell, { text: why, color: QUIET, fontSize: 8.5 }], ...fill }
  })
}

function alignmentOf({ numeric }: PaperColumn): 'left' | 'right' {
  return numeric === true ? 'right' : 'left'
}

/** Thin rules between rows, none at the sides. */
function ruled(): ContentTable['layout'] {
  return {
    hLineWidth: () => 0.5,
    vLineWidth: () => 0,
    hLineColor: () => RULE,
    paddingTop: () => 3,
    paddingBottom: () => 1.5,
    paddingLeft: () => 4,
    paddingRight: () => 4,
  }
}

function picture({ svg, title, sentence, legend }: Picture): Content {
  return {
    margin: [0, 4, 0, 8],
    unbreakable: true,
    stack: [
      { text: title, bold: true, margin: [0, 0, 0, 2] },
      { text: sentence, margin: [0, 0, 0, 4] },
      { svg, width: WIDTH },
      { text: legend, fontSize: 8, color: QUIET, margin: [0, 2, 0, 0] },
    ],
  }
}

function amount(label: string, figures: string, capitals: string): Content {
  return {
    margin: [0, 6, 0, 10],
    unbreakable: true,
    layout: {
      hLineWidth: () => 1,
      vLineWidth: () => 1,
      hLineColor: () => INK,
      vLineColor: () => INK,
      paddingLeft: () => 10,
      paddingRight: () => 10,
      paddingTop: () => 7,
      paddingBottom: () => 5,
    },
    table: {
      widths: ['*'],
      body: [
        [
          {
            stack: [
              { text: label, color: QUIET, fontSize: 9.5 },
              { text: figures, bold: true, fontSize: 17, lineHeight: 1.2 },
              ...(capitals === '' ? [] : [{ text: capitals, fontSize: 11.5 }]),
            ],
          },
        ],
      ],
    },
  }
}

function seal(block: Seal): Content {
  return block.image === undefined ? placeForSeal(block) : sealed(block, block.image)
}

/** The image lies over the name and the day, as a stamp does. */
function sealed({ authority, day }: Seal, image: string): Content {
  const width = 210
  return {
    margin: [0, 18, 0, 8],
    unbreakable: true,
    columns: [
      { text: '', width: '*' },
      {
        width,
        stack: [
          { text: authority, alignment: 'center', bold: true, margin: [8, 42, 8, 2] },
          { text: day, alignment: 'center', margin: [0, 0, 0, 42] },
          {
            image: `data:image/png;base64,${image}`,
            fit: [120, 120],
            opacity: 0.85,
            relativePosition: { x: (width - 120) / 2, y: -124 },
          },
        ],
      },
    ],
  }
}

function placeForSeal({ authority, day, words }: Seal): Content {
  const [width, height] = [210, 96]
  return {
    margin: [0, 18, 0, 8],
    unbreakable: true,
    columns: [
      { text: '', width: '*' },
      {
        width,
        stack: [
          {
            canvas: [
              {
                type: 'rect',
                x: 0,
                y: 0,
                w: width,
                h: height,
                dash: { length: 3 },
                lineColor: RULE,
                lineWidth: 0.6,
              },
            ],
          },
          {
            relativePosition: { x: 0, y: 12 - height },
            stack: [
              { text: words, color: RULE, fontSize: 9, alignment: 'center', margin: [0, 0, 0, 14] },
              { text: authority, alignment: 'center', bold: true, margin: [8, 0, 8, 2] },
              { text: day, alignment: 'center' },
            ],
          },
        ],
      },
    ],
  }
}

/** A two-dimensional code stands by itself, large enough for a telephone. */
function code(svg: string, caption: string): Content {
  return {
    margin: [0, 10, 0, 4],
    unbreakable: true,
    columns: [
      { svg, width: 200 },
      { text: caption, width: '*', margin: [14, 8, 0, 0], fontSize: 9.5, color: QUIET },
    ],
  }
}

function proof(title: string, rows: readonly FactRow[]): Content {
  return {
    margin: [0, 8, 0, 0],
    unbreakable: true,
    stack: [
      { text: title, bold: true, fontSize: 9.5, margin: [0, 0, 0, 3] },
      {
        fontSize: 8.5,
        layout: ruled(),
        table: {
          widths: [96, '*'],
          body: rows.map(({ label, value }) => [{ text: label, color: QUIET }, { text: value }]),
        },
      },
    ],
  }
}

function lacking(missing: readonly string[], language: PaperLanguage): Content[] {
  if (missing.length === 0) return []
  const codes = missing.map(codeOf).join(language === 'zh' ? '、' : ', ')
  const text =
    language === 'zh'
      ? `本文件的字库没有下列字，文中以统一码（Unicode）编码表示：${codes}。以电子记录中的字为准。`
      : `The font of this document lacks these letters; their Unicode codes stand in the text: ${codes}. The electronic record counts.`
  return [{ text, fontSize: 8.5, color: QUIET, margin: [0, 10, 0, 0] }]
}
