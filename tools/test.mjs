// `npm test`: everything. `npm run check` (--fast): what needs no browser, in a minute and a half. `npm run check:full`
// (--full): also the long histories and faults. `--suite`: only the tests that stand on a database, for a second Node and
// PostgreSQL; what is pure was judged once. Ends with one plain line,
// `N passed, N failed`, and fails when anything did. A stage that is not a test file counts as one.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'

import { findChromium } from './chromium.mjs'
import { filesBelow } from './files.mjs'

const root = join(import.meta.dirname, '..')
const options = new Set(process.argv.slice(2))
const unknown = [...options].filter((option) => !['--fast', '--full', '--suite'].includes(option))
if (unknown.length > 0) {
  process.stderr.write(`tools/test.mjs knows --fast, --full and --suite, not ${unknown.join(' ')}\n`)
  process.exit(2)
}

/** The server's tests, and a city that lives for months; who may ask for what does not hang on the database. */
const ON_A_DATABASE = [
  'packages/server/',
  'packages/cli/src/demo/',
  '--exclude',
  '**/http/{reach,fuzz}.test.ts',
]
/** The journeys that hang on the server's Node: a voucher's whole life, signatures. */
const OF_THE_SERVER = ['voucher.journey.ts', 'credential.journey.ts']

const counts = { passed: 0, failed: 0, skipped: 0 }
const reasons = []

prepare()
const tool = (...path) => join(root, 'node_modules', ...path)
if (!options.has('--suite')) {
  stage('format', [tool('oxfmt/bin/oxfmt'), '--check', '.'])
  stage('lint', [tool('oxlint/bin/oxlint'), '--type-aware'])
  stage('types of the tests', [tool('typescript/bin/tsc'), '-p', 'tsconfig.tests.json'])
  stage('types of the portal', [tool('typescript/bin/tsc'), '-p', 'packages/portal/tsconfig.json'])
}
vitest('tests', options.has('--suite') ? ON_A_DATABASE : [])
if (!options.has('--fast')) journeys()
report()

/** Installs and builds with the command itself: what strangers run is what gets tested. */
function prepare() {
  stage('install and build', [join(root, 'packages/cli/bin/suanquan.js'), 'set-up'])
  if (counts.failed > 0) report()
}

function stage(name, [program, ...args], environment = {}) {
  process.stdout.write(`\n── ${name}\n`)
  const started = Date.now()
  const { status } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const passed = status === 0
  counts[passed ? 'passed' : 'failed'] += 1
  if (!passed) reasons.push(`failed: ${name}`)
  process.stdout.write(
    `── ${name}: ${passed ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s\n`,
  )
  return passed
}

/** Runs test files and counts test by test; a file that cannot even be loaded counts as one failure. */
function vitest(name, filters, environment = {}) {
  const output = join(root, '.cache', `tests-${process.pid}.json`)
  mkdirSync(join(root, '.cache'), { recursive: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`]
  const full = options.has('--full') ? { SUANQUAN_FULL: '1' } : {}
  const passed = stage(name, [tool('vitest/vitest.mjs'), 'run', ...filters, ...reporters], {
    ...full,
    ...environment,
  })
  const result = readResult(output)
  if (!result) return
  counts[passed ? 'passed' : 'failed'] -= 1
  const broken = result.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  const failed = result.numFailedTests + broken.length
  counts.passed += result.numPassedTests
  counts.failed += passed ? failed : Math.max(failed, 1)
  counts.skipped += result.numPendingTests + result.numTodoTests
  for (const file of result.testResults) {
    for (const failure of failuresOf(file)) reasons.push(`failed: ${failure}`)
    const titles = file.assertionResults.filter(({ status }) => status === 'pending' || status === 'skipped')
    for (const { fullName } of titles) reasons.push(`skipped: ${fullName}`)
  }
}

/** What failed in a test file, with the first lines of why: the end of the output says it all. */
function failuresOf(file) {
  if (file.status !== 'failed') return []
  const place = relative(root, file.name)
  const failed = file.assertionResults.filter(({ status }) => status === 'failed')
  if (failed.length === 0) return [`${place}: ${excerpt(file.message)}`]
  return failed.map((test) => `${place} > ${test.fullName}: ${excerpt(test.failureMessages.join('\n'))}`)
}

function excerpt(message) {
  return (message ?? '').split('\n').slice(0, 12).join('\n').slice(0, 1500)
}

function readResult(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  } finally {
    rmSync(file, { force: true })
  }
}

/**
 * What people do in the portal, in a real browser against the real build. A second Node (`--suite`) serves the same
 * pages, so there only what hangs on the server is done again.
 */
function journeys() {
  const files = filesBelow(join(root, 'packages'), (path) => path.endsWith('.journey.ts'))
  if (files.length === 0) return
  const { path, reason } = findChromium()
  if (path) {
    const filters = options.has('--suite') ? OF_THE_SERVER : ['.journey.ts']
    vitest('journeys in Chromium', filters, { SUANQUAN_CHROMIUM: path })
    return
  }
  counts.skipped += files.length
  reasons.push(`skipped: ${files.length} journeys in Chromium: ${reason}`)
}

function report() {
  const { passed, failed, skipped } = counts
  for (const reason of reasons) process.stdout.write(`${reason}\n`)
  const tail = skipped > 0 ? `, ${skipped} skipped` : ''
  process.stdout.write(`\n${passed} passed, ${failed} failed${tail}\n`)
  process.exit(failed === 0 ? 0 : 1)
}
