// `suanquan export`: what leaves the platform as a file, one format a file here.
import { Command } from 'commander'
import { said } from '../language.ts'
import { EXPORT_FOCUS, focusCommand } from './export-focus.ts'

export function exportCommand(): Command {
  return new Command('export')
    .description(
      said({
        zh: '导出：FOCUS 1.2 费用与用量',
        en: 'export: cost and usage as FOCUS 1.2',
      }),
    )
    .addCommand(focusCommand())
    .addHelpText('after', `\n  ${EXPORT_FOCUS}`)
}
