// docs/reference/focus.md: what stands in each column of a FOCUS file of ours, and which of the published rules are decided by
// machine, which are not and why. Made from the mapping and the waivers themselves.
import { FOCUS_COLUMNS, FOCUS_SUPPORTS } from '@suanquan/core/settlement'
import {
  focusCounts,
  waivedReasons,
  wrongAsWritten,
  type WaivedReason,
} from '../packages/cli/src/focus/waivers.ts'

export function focusPage(): string {
  const { passed, ...waived } = focusCounts
  const reasons = Object.entries(waived).map(([reason, count]) => {
    const { zh, en } = waivedReasons[reason as WaivedReason]
    return `| ${count} | ${zh} | ${en} |`
  })
  return [
    '# FOCUS 1.2 费用与用量',
    '',
    '`suanquan export focus` 把计费明细和券款写成 FinOps FOCUS 1.2 的费用与用量文件（CSV 或 Parquet）。每条计费明细是一行 Usage，',
    '金额逐分照录；券款是单独的 Credit 行，从不混在用量里；更正以前账期的行标为 Correction。一个月全部 Usage 行的 BilledCost 之和',
    '恰好等于该月计费合计，否则命令以 1 退出。价格均含税，如合同所载，不另列税额行。',
    '',
    'One rated line is one Usage row with its exact fen; voucher money is a Credit row and never hides inside use; rows that put an',
    'earlier month right are of class Correction. Σ BilledCost of the Usage rows is exactly what was charged, else the command ends',
    'with 1. Prices are tax included, as contracts state them: no row splits the tax off. Leases that are bought ahead have no',
    'Purchase rows: a device is charged by its use.',
    '',
    '## Columns 列',
    '',
    '| column | 内容 | what stands in it |',
    '|---|---|---|',
    ...FOCUS_COLUMNS.map(({ name, zh, en }) => `| \`${name}\` | ${zh} | ${en} |`),
    '',
    '## Rules 规则',
    '',
    '`suanquan export focus FILE --check model-1.2.json` 用 FOCUS 公布的规则文件（需自备）检查任何一份 FOCUS 文件。我们导出的文件：',
    'The rules are FOCUS’s own file, to be brought along; any FOCUS file can be held against them. Of what we export:',
    '',
    '| rules | 判定 | verdict |',
    '|---|---|---|',
    `| ${passed} | 由机器判定，全部通过 | decided by machine, all pass |`,
    ...reasons,
    '',
    `The platform states that it supports: ${FOCUS_SUPPORTS.map((name) => `\`${name}\``).join(', ')}.`,
    '',
    '照字面运行会出错的规则 · rules that contradict their own sentence when run literally:',
    '',
    '| rule | 原因 | why |',
    '|---|---|---|',
    ...Object.entries(wrongAsWritten).map(([id, { zh, en }]) => `| \`${id}\` | ${zh} | ${en} |`),
    '',
  ].join('\n')
}
