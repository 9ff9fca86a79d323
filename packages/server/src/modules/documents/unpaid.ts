// What of a claim is not paid: each line with its leg, its reason, the papers it concerns and its amount.
import type { ClaimView } from '../settlement/index.ts'
import type { Block } from './paper.ts'
import { legWords } from './word-tables.ts'
import type { Voice } from './words.ts'

/** Papers named in one line; the rest are counted. */
const REFS_NAMED = 12

export function unpaidTable(claims: readonly ClaimView[], voice: Voice): Block {
  const { say, pick } = voice
  const named = claims.length > 1
  return {
    kind: 'table',
    columns: [
      ...(named ? [{ label: say('编号', 'Number'), width: 'narrow' as const }] : []),
      { label: say('环节', 'Leg'), width: 'narrow' },
      { label: say('原因', 'Why') },
      { label: say('之前（元）', 'Before (CNY)'), numeric: true },
      { label: say('未予支付（元）', 'Not paid (CNY)'), numeric: true },
    ],
    rows: claims.flatMap((claim) =>
      (claim.matched?.shortfalls ?? []).map((line) => {
        const refs = refsOf(line.refs, voice)
        return {
          cells: [
            ...(named ? [claim.number] : []),
            pick(legWords[line.leg] ?? { zh: '兑付', en: 'Claim' }),
            pick(line.text),
            voice.figure(BigInt(line.beforeFen)),
            voice.figure(BigInt(line.differenceFen)),
          ],
          ...(refs === '' ? {} : { why: refs }),
        }
      }),
    ),
    empty: say('没有未予支付的部分。', 'Nothing was left unpaid.'),
  }
}

function refsOf(refs: readonly string[], { say }: Voice): string {
  if (refs.length === 0) return ''
  const shown = refs.slice(0, REFS_NAMED).join(say('、', ', '))
  const rest = refs.length - REFS_NAMED
  const more = rest > 0 ? say(`等 ${refs.length} 项`, ` and ${rest} more`) : ''
  return `${say('涉及：', 'Concerns: ')}${shown}${more}`
}
