// `npm run bench [name]`: runs bench/<name>/bench.ts, or all of them. Each prints a table and writes its JSON to
// bench/<name>/results/; `-- …` after the name goes to the benchmark.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { build } from 'vite'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'bench')
const known = existsSync(folder)
  ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'bench.ts')))
  : []
const [asked, ...rest] = process.argv.slice(2)
const names = asked === undefined || asked === 'all' ? known : [asked]
const wrong = names.find((name) => !known.includes(name))
if (wrong !== undefined) {
  process.stderr.write(`there is no bench/${wrong}/bench.ts; there are: ${known.join(', ')}\n`)
  process.exit(2)
}

let failed = 0
for (const name of names) {
  process.stdout.write(`── ${name}\n`)
  if ((await bench(name)) !== 0) failed += 1
}
process.stdout.write(`${names.length - failed} of ${names.length} benchmarks ran\n`)
process.exit(failed === 0 ? 0 : 1)

/** Node 20 runs no TypeScript: the benchmark and the sources it uses are bundled first, packages stay outside. */
async function bench(name) {
  const outDir = join(root, '.cache', 'bench', name)
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    resolve: { conditions: ['source'] },
    ssr: { noExternal: [/^@suanquan/], resolve: { conditions: ['source', 'node'] } },
    build: { ssr: join(folder, name, 'bench.ts'), outDir, emptyOutDir: true, target: 'node20' },
  })
  // A server that runs in the bundle reads its version from the package beside it.
  mkdirSync(join(root, '.cache', 'bench'), { recursive: true })
  copyFileSync(join(root, 'package.json'), join(root, '.cache', 'bench', 'package.json'))
  const { status } = spawnSync(process.execPath, [join(outDir, 'bench.js'), ...rest], {
    cwd: join(folder, name),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return status
}
