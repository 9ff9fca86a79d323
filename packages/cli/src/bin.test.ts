// The committed command file against a tree of its own: what it does before the build is loaded. The compiler in the
// tree counts its calls and writes the build; a real install and build from a bare clone is measured in
// docs/operations/install.md.
import { spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

const command = join(import.meta.dirname, '../bin/suanquan.js')

const compiler = `import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
appendFileSync('calls', 'x')
await new Promise((done) => setTimeout(done, 200))
if (readFileSync('packages/cli/src/main.ts', 'utf8').includes('wrong')) process.exit(2)
mkdirSync('packages/cli/dist', { recursive: true })
writeFileSync('packages/cli/dist/main.js', 'export const run = (words) => console.log("ran " + words + " in " + process.cwd())')
`

let tree = ''

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'suanquan 命令-'))
  for (const folder of ['packages/cli/bin', 'packages/cli/src', 'node_modules/typescript/bin']) {
    mkdirSync(join(tree, folder), { recursive: true })
  }
  cpSync(command, join(tree, 'packages/cli/bin/suanquan.js'))
  const lock = JSON.stringify({ packages: { 'node_modules/typescript': { version: '7.0.2', dev: true } } })
  const files = {
    'package.json': '{"type":"module"}',
    'package-lock.json': lock,
    'node_modules/.package-lock.json': lock,
    'node_modules/typescript/bin/tsc': compiler,
    'node_modules/typescript/package.json': '{"type":"module"}',
    'packages/cli/src/main.ts': 'source 1',
    'tsconfig.json': '{}',
    'tsconfig.base.json': '{}',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(tree, name), text)
})

afterEach(() => rmSync(tree, { recursive: true, force: true }))

interface Ended {
  readonly out: string
  readonly err: string
  readonly code: number | null
}

function call(words: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Promise<Ended> {
  const child = spawn(process.execPath, [join(tree, 'packages/cli/bin/suanquan.js'), ...words], {
    cwd: options.cwd ?? tree,
    env: { ...process.env, LANG: 'C', LC_ALL: 'C', ...options.env },
  })
  const printed = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (printed.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (printed.err += chunk.toString()))
  return new Promise((done) => child.once('close', (code) => done({ ...printed, code })))
}

function compilations(): number {
  return existsSync(join(tree, 'calls')) ? readFileSync(join(tree, 'calls'), 'utf8').length : 0
}

test('it builds once, then runs the build from any folder with nothing on stdout but its own', async () => {
  const first = await call(['demo', '--once'], { cwd: tmpdir() })
  expect(first).toMatchObject({ out: `ran demo,--once in ${tmpdir()}\n`, code: 0 })
  expect(first.err).toMatch(/building the program …/)
  expect(await call(['demo'])).toMatchObject({ err: '', code: 0 })
  expect(compilations()).toBe(1)
})

test('it builds again when a source changes, and not when a test does', async () => {
  await call(['demo'])
  writeFileSync(join(tree, 'packages/cli/src/main.test.ts'), 'a test')
  await call(['demo'])
  expect(compilations()).toBe(1)
  writeFileSync(join(tree, 'packages/cli/src/main.ts'), 'source 2')
  await call(['demo'])
  expect(compilations()).toBe(2)
})

test('two calls at once build once', async () => {
  const both = await Promise.all([call(['one']), call(['two'])])
  expect(both.map(({ code }) => code)).toEqual([0, 0])
  expect(compilations()).toBe(1)
})

test('a lock whose process is gone does not stand in the way', async () => {
  mkdirSync(join(tree, '.cache'))
  writeFileSync(join(tree, '.cache/set-up.lock'), '999999999')
  expect((await call(['demo'])).code).toBe(0)
  expect(existsSync(join(tree, '.cache/set-up.lock'))).toBe(false)
})

test('a build that fails ends with 1 and is tried again', async () => {
  writeFileSync(join(tree, 'packages/cli/src/main.ts'), 'wrong')
  expect(await call(['demo'])).toMatchObject({
    out: '',
    err: expect.stringContaining('building the program failed'),
    code: 1,
  })
  writeFileSync(join(tree, 'packages/cli/src/main.ts'), 'right')
  expect((await call(['demo'])).code).toBe(0)
})

test('a changed lockfile installs first; where that cannot be done it says so', async () => {
  writeFileSync(
    join(tree, 'package-lock.json'),
    JSON.stringify({ packages: { 'node_modules/yaml': { version: '2.9.1' } } }),
  )
  const { err, code } = await call(['demo'], { env: { npm_execpath: '', PATH: '/nonexistent' } })
  expect(code).toBe(1)
  expect(err).toMatch(/installing the dependencies failed/)
})

test('a Node that is too old is told so in one sentence', async () => {
  const older = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'18.20.1'}})`
  const { out, err, code } = await call(['demo'], { env: { NODE_OPTIONS: `--import "${older}"` } })
  expect([out, code]).toEqual(['', 1])
  expect(err).toBe('suanquan: Suanquan needs Node 20.19 or newer; this is 18.20.1\n')
})

test('what is in place runs from a folder nobody can write', async () => {
  await call(['demo'])
  rmSync(join(tree, '.cache'), { recursive: true })
  chmodSync(tree, 0o555)
  expect((await call(['demo'])).code).toBe(0)
  expect(existsSync(join(tree, '.cache'))).toBe(false)
  chmodSync(tree, 0o755)
})
