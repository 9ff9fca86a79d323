// The pages of docs/reference are made from the catalogue, the route table and the commands themselves. They fail here
// when they are behind; `npm run reference` writes them anew.
import { refusals, writeOpenApi, type RefusalText } from '@suanquan/api'
import { expect, test } from 'vitest'

import { commands } from '../packages/cli/src/commands.ts'
import { helpPage } from '../packages/cli/src/main.ts'
import { useLanguage } from '../packages/cli/src/language.ts'
import { readJson } from './tidy/sources.ts'

const { version } = readJson<{ version: string }>('package.json')
const folder = `${import.meta.dirname}/../docs/reference`

test('refusals.md lists every refusal', async () => {
  const rows = Object.entries(refusals as Record<string, RefusalText>)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([code, { status, zh, en }]) => `| \`${code}\` | ${status} | ${cell(zh)} | ${cell(en)} |`)
  const page = [
    '# Refusals 拒绝代码',
    '',
    '| code | HTTP | 中文 | English |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
  await expect(page).toMatchFileSnapshot(`${folder}/refusals.md`)
})

test('openapi.json is the route table', async () => {
  await expect(`${JSON.stringify(writeOpenApi(version), undefined, 2)}\n`).toMatchFileSnapshot(
    `${folder}/openapi.json`,
  )
})

test('cli.md shows the help of every command', async () => {
  useLanguage('en')
  const pages: string[] = []
  for (const [name, { zh, en }] of Object.entries(commands)) {
    pages.push(`## ${name}\n\n${zh} · ${en}\n\n\`\`\`\n${(await helpPage(name)).trimEnd()}\n\`\`\`\n`)
  }
  await expect(`# The command \`suanquan\`\n\n${pages.join('\n')}`).toMatchFileSnapshot(`${folder}/cli.md`)
})

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
