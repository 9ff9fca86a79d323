// The rule patterns of published measures → the programmes that use each → the cases that prove it.
import { readFileSync, readdirSync } from 'node:fs'
import { checkProgramme, runCases } from '@suanquan/core/policy'

interface Words {
  readonly zh: string
  readonly en: string
}

interface Pattern extends Words {
  /** what no programme decides, and who keeps it */
  readonly elsewhere?: Words
}

interface Proof {
  readonly folder: string
  readonly name: string
  readonly line: number
}

const root = `${import.meta.dirname}/../programmes`
const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8')
/** by id; cases name them with `proves` */
const patterns = JSON.parse(read('patterns.json')) as Readonly<Record<string, Pattern>>
const proofs = proofsOf()

/** Every case that passes and names patterns, by pattern. */
function proofsOf(): ReadonlyMap<string, readonly Proof[]> {
  const found = new Map<string, Proof[]>()
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((path) => path.endsWith('programme.yaml')).toSorted()) {
    const folder = file.replaceAll('\\', '/').replace('/programme.yaml', '')
    const cases = read(`${folder}/cases.yaml`)
    if (!cases.includes('proves:')) continue
    const { programme } = checkProgramme(read(file), file)
    const { results } = runCases(programme!, cases, file)
    for (const { proves, passed, name, line } of results)
      for (const id of passed ? proves : []) found.set(id, [...(found.get(id) ?? []), { folder, name, line }])
  }
  return found
}

/** Patterns with neither a case nor word of who else keeps them, and proofs of patterns that are not ours to prove. */
export function patternFaults(): readonly string[] {
  const unproved = Object.keys(patterns).filter((id) => !proofs.has(id) && !patterns[id]!.elsewhere)
  const misnamed = [...proofs.keys()].filter((id) => !patterns[id] || patterns[id].elsewhere)
  return [...unproved.map((id) => `${id} has no case`), ...misnamed.map((id) => `${id} cannot be proved`)]
}

/** docs/reference/patterns.md */
export function patternsPage(): string {
  const rows = Object.entries(patterns).map(([id, { zh, en, elsewhere }]) => {
    const found = proofs.get(id) ?? []
    const folders = [...new Set(found.map(({ folder }) => folder))]
    const measures = folders.map((folder) => `[${folder}](../../programmes/${folder}/programme.yaml)`)
    const cases = found.map(
      ({ folder, name, line }) => `[${name}](../../programmes/${folder}/cases.yaml#L${line})`,
    )
    const proved = elsewhere ? `${elsewhere.zh} · ${elsewhere.en}` : cases.join('<br>')
    return `| ${id} | ${zh}<br>${en} | ${measures.join('<br>')} | ${proved.replaceAll('|', '\\|')} |`
  })
  return [
    '# Rule patterns 规则样式',
    '',
    'What published measures are made of, which programmes use it and which worked case proves it.',
    '公布的措施由哪些规则样式组成，哪些政策文件用到，由哪个用例证明。',
    '',
    '| | pattern 样式 | programmes 政策文件 | cases 用例 |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
