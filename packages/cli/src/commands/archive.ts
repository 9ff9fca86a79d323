// The archive from the command line: whether every archived paper is still what it was.
import { join } from 'node:path'
import { checkArchive, connect, fileStore, type CheckedArchive } from '@suanquan/server'
import { Command } from 'commander'
import { said } from '../language.ts'
import { checkFailed, emit, progress } from '../output.ts'
import { dataOption, withStore } from '../store.ts'

interface Options {
  readonly data: string
  readonly json?: boolean
}

export function archiveCommand(): Command {
  return new Command('archive')
    .description(
      said({ zh: '档案：核对归档材料的摘要', en: 'archive: check the digests of what is archived' }),
    )
    .addCommand(verifyCommand())
    .addHelpText('after', '\n  suanquan archive verify --data ./data')
}

function verifyCommand(): Command {
  return new Command('verify')
    .description(
      said({
        zh: '重新计算每一件归档材料的 SM3 摘要，与归档时比对',
        en: 'makes the SM3 digest of every archived paper again and compares it',
      }),
    )
    .addOption(dataOption())
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', '\n  suanquan archive verify --data ./data --json')
    .action(async ({ data, json }: Options) => {
      const shown = progress({ zh: '核对', en: 'checking' })
      const checked = await withStore({ data }, async ({ address }) => {
        const database = connect({ ...address, role: 'app', connections: 2 })
        try {
          return await checkArchive(database.kysely, fileStore(join(data, 'files')), shown.update)
        } finally {
          await database.close()
        }
      })
      shown.end()
      emit(checked, { json, text: () => sentence(checked) })
      if (checked.differences.length > 0) checkFailed()
    })
}

const MOST_SHOWN = 20

function sentence({ files, papers, differences }: CheckedArchive): string {
  const lines = differences
    .slice(0, MOST_SHOWN)
    .map(({ number, position, kind, label, what }) => `${number} ${position} ${kind} ${label}: ${what}`)
  const result = said({
    zh: `共核对 ${files} 卷 ${papers} 件，${differences.length} 件不一致`,
    en: `${files} files with ${papers} papers checked, ${differences.length} differ`,
  })
  return [...lines, result].join('\n')
}
