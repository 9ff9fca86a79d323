// The pages of docs/reference are made from the catalogue, the route table and the commands themselves. They fail here
// when they are behind; `npm run reference` writes them anew.
import { refusals, writeOpenApi, type RefusalText } from '@suanquan/api'
import { crashPoints, sql } from '@suanquan/server'
import { plantedBugs, testDatabase } from '@suanquan/testkit'
import { existsSync, readFileSync } from 'node:fs'
import { env } from 'node:process'
import { expect, test } from 'vitest'

import { commands } from '../packages/cli/src/commands.ts'
import { helpPage } from '../packages/cli/src/main.ts'
import { useLanguage } from '../packages/cli/src/language.ts'
import { focusPage } from './focus-page.ts'
import { mutationPage, mutationScores, type Score } from './mutation-scores.ts'
import { patternFaults, patternsPage } from './rule-patterns.ts'
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

test('crash-points.md lists where a server may die in a test, and which bugs must be noticed there', async () => {
  const rows = Object.entries(crashPoints).map(([point, meaning]) => {
    const bugs = plantedBugs.filter((variant) => variant.point === point).map(({ says }) => says)
    return `| \`${point}\` | ${cell(meaning)} | ${bugs.map(cell).join('<br>')} |`
  })
  const page = [
    '# Crash points 崩溃点',
    '',
    'Where the tests of faults let a server die. A server that is started any other way passes them by: no option of the',
    'command line and no setting gives them anything to do. A planted bug is one that the tests must notice at its point.',
    '',
    '| point | the server dies when | planted bugs |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
  await expect(page).toMatchFileSnapshot(`${folder}/crash-points.md`)
})

test('patterns.md shows each rule pattern with its programmes and cases; none is without', async () => {
  expect(patternFaults()).toEqual([])
  await expect(patternsPage()).toMatchFileSnapshot(`${folder}/patterns.md`)
})

test(
  'every programme’s cases notice 95 % of the planted faults; the kept scores are fresh',
  { timeout: 60_000 },
  async () => {
    const kept = `${import.meta.dirname}/../programmes/scores.json`
    const recorded = existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as readonly Score[]) : []
    const scores = mutationScores(recorded, env['SUANQUAN_FULL'] === '1')
    expect(scores.filter(({ basisPoints }) => basisPoints < 9_500).map(({ folder }) => folder)).toEqual([])
    expect(scores.flatMap(({ misnamed }) => misnamed)).toEqual([])
    await expect(`${JSON.stringify(scores, undefined, 1)}\n`).toMatchFileSnapshot(kept)
    await expect(mutationPage(scores)).toMatchFileSnapshot(`${folder}/mutation.md`)
  },
)

test('focus.md says what stands in each column and how the published rules are decided', async () => {
  await expect(focusPage()).toMatchFileSnapshot(`${folder}/focus.md`)
})

test('cli.md shows the help of every command', async () => {
  useLanguage('en')
  const pages: string[] = []
  for (const [name, { zh, en }] of Object.entries(commands)) {
    pages.push(`## ${name}\n\n${zh} · ${en}\n\n\`\`\`\n${(await helpPage(name)).trimEnd()}\n\`\`\`\n`)
  }
  await expect(`# The command \`suanquan\`\n\n${pages.join('\n')}`).toMatchFileSnapshot(`${folder}/cli.md`)
})

interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly comment: string | null
}

interface Guard {
  readonly table: string
  readonly says: string
}

/** What the database refuses by itself: one that is dropped or weakened shows on the page, so that it is not dropped unseen. */
async function guardsOf({ database }: Awaited<ReturnType<typeof testDatabase>>): Promise<readonly Guard[]> {
  const { rows } = await sql<Guard>`
    select "table", says from (
      select conrelid as id, pg_get_constraintdef(oid) as says from pg_constraint where contype in ('p', 'u', 'c', 'f', 'x')
      union all select indrelid, regexp_replace(pg_get_indexdef(indexrelid), '^CREATE (.*) INDEX .* ON \\S+ USING', '\\1 INDEX')
        from pg_index where indisunique and not exists (select from pg_constraint where conindid = indexrelid)
      union all select tgrelid, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal) guards
    join (select c.oid, n.nspname || '.' || c.relname as "table" from pg_class c
      join pg_namespace n on n.oid = c.relnamespace and n.nspname in ('suanquan', 'ledger')) named on named.oid = id
    order by "table", says collate "C"`.execute(database.kysely)
  return rows
}

test('database.md lists every table, column and guard, and which columns are personal', async () => {
  const store = await testDatabase()
  const { rows } = await sql<Column>`
    select n.nspname || '.' || c.relname as "table", a.attname as name,
      format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
      col_description(c.oid, a.attnum) as comment
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and n.nspname in ('suanquan', 'ledger')
    order by 1, a.attnum`.execute(store.database.kysely)
  const guards = await guardsOf(store)
  await store.drop()
  const tables = [...new Set(rows.map(({ table }) => table))]
  const sections = tables.map((table) => {
    const columns = rows.filter((row) => row.table === table)
    const lines = columns.map(
      ({ name, type, required, comment }) =>
        `| \`${name}\` | ${type} | ${required ? 'yes' : ''} | ${cell(comment ?? '')} |`,
    )
    const held = guards.filter((guard) => guard.table === table).map(({ says }) => `- \`${says}\`\n`)
    return `## ${table}\n\n| column | type | required | remark |\n|---|---|---|---|\n${lines.join('\n')}\n\n${held.join('')}`
  })
  const personal = rows.filter(({ comment }) => comment?.startsWith('personal: '))
  const page = [
    '# Tables 数据表',
    '',
    'Made from the database itself. Below its columns a table names what it holds against every program: keys, checks, references,',
    'unique indexes, triggers. Columns with personal data are marked `personal:` with their kind.',
    '每张表之下列出数据库自身把守的约束。',
    '含个人信息的列以 `personal:` 标明种类：',
    '',
    ...personal.map(({ table, name, comment }) => `- \`${table}.${name}\` ${comment}`),
    '',
    ...sections,
  ].join('\n')
  await expect(page).toMatchFileSnapshot(`${folder}/database.md`)
})

test('whatever holds a name, a telephone or an account of a person is marked as personal', async () => {
  const store = await testDatabase()
  const { rows } = await sql<{ column: string }>`
    select c.relname || '.' || a.attname as "column" from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'suanquan'
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind = 'r' and a.attname ~ '(display|contact)_name|phone|bank_account|login|file_text|mail|id_number'
      and coalesce(col_description(c.oid, a.attnum), '') not like 'personal: %'`.execute(
    store.database.kysely,
  )
  await store.drop()
  expect(rows).toEqual([])
})

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
