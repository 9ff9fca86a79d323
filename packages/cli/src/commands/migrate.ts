// Brings the database to this version, by hand: before a new version of `suanquan serve` is started, for example.
import { migrate } from '@suanquan/server'
import { Command } from 'commander'

import { said } from '../language.ts'
import { emit } from '../output.ts'
import { dataOption, withStore } from '../store.ts'

export function migrateCommand(): Command {
  return new Command('migrate')
    .description(
      said({
        zh: '把数据库升级到当前版本。可以重复执行；两个命令同时执行时，后一个等待前一个。',
        en: 'Brings the database to this version. It may be repeated; of two at once the second waits for the first.',
      }),
    )
    .addOption(dataOption())
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText(
      'after',
      '\n  suanquan migrate --data ./data\n  DATABASE_URL=postgres://… suanquan migrate --json',
    )
    .action(async ({ data, json }: { data: string; json?: boolean }) => {
      const applied = await withStore({ data }, ({ address }) => migrate(address))
      emit({ applied }, { json, text: () => resultLine(applied) })
    })
}

function resultLine(applied: readonly string[]): string {
  if (applied.length === 0)
    return said({ zh: '数据库已是当前版本', en: 'the database is of this version already' })
  const names = applied.join(', ')
  return said({
    zh: `已执行 ${applied.length} 个升级：${names}`,
    en: `${applied.length} migrations ran: ${names}`,
  })
}
