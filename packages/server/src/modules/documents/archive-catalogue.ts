// 卷内目录: the catalogue of one file of the archive, with the digest of every paper.
import type { AnswerOf, Routes } from '@suanquan/api'
import { paramWords } from '@suanquan/api'
import type { Instant } from '@suanquan/core/calendar'
import type { Paper } from './paper.ts'
import type { Both } from './word-tables.ts'
import type { Voice } from './words.ts'

type File = AnswerOf<Routes['readArchiveFile']>

const KINDS: Readonly<Record<File['catalogue'][number]['kind'], Both>> = {
  record: { zh: '案卷记录', en: 'record of the case' },
  event: { zh: '办理过程', en: 'step' },
  decision: { zh: '测算和决定', en: 'determination or decision' },
  number: { zh: '文号', en: 'document number' },
  opinion: { zh: '专家、第三方意见', en: 'opinion' },
  attachment: { zh: '附件', en: 'attachment' },
}

export interface Catalogued {
  readonly file: File
  readonly authority: string
  readonly at: Instant
}

export function cataloguePaper({ file, authority, at }: Catalogued, voice: Voice): Paper {
  const { say, pick, day } = voice
  const title = say('卷内目录', 'Catalogue of a file')
  const years = file.years === null ? say('永久', 'for good') : say(`${file.years} 年`, `${file.years} years`)
  return {
    language: voice.language,
    authority,
    title,
    number: say(`档号：${file.number}`, `File ${file.number}`),
    at,
    subject: file.id,
    foot: `${title} · ${file.number}`,
    blocks: [
      {
        kind: 'facts',
        rows: [
          { label: say('事项', 'Case'), value: `${file.objectNumber}　${file.title}` },
          { label: say('保管期限', 'Term'), value: years },
          { label: say('期限依据', 'Source of the term'), value: pick(file.source) },
          { label: say('办结日期', 'Closed on'), value: day(file.closedOn) },
          { label: say('目录摘要（SM3）', 'Digest (SM3)'), value: file.digest },
        ],
      },
      {
        kind: 'table',
        columns: [
          { label: say('序号', 'No.'), numeric: true, width: 'narrow' },
          { label: say('材料', 'Paper'), width: 'wide' },
          { label: say('日期', 'Day'), width: 'narrow' },
        ],
        rows: file.catalogue.map((paper) => ({
          cells: [String(paper.position), nameOf(paper, voice), day(paper.madeOn)],
          why: paper.sm3,
        })),
        empty: '',
      },
    ],
  }
}

function nameOf({ kind, label }: File['catalogue'][number], { pick }: Voice): string {
  const said = kind === 'event' ? paramWords['event']?.[label] : undefined
  const named = kind === 'number' ? label : said === undefined ? null : pick(said)
  return named === null ? pick(KINDS[kind]) : `${pick(KINDS[kind])} · ${named}`
}
