// Pictures of every page in both languages on a desk and on a phone, taken by the journeys from the built portal:
// `node tools/screenshots.mjs [folder]` (default `test-results/screenshots`).
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findChromium } from './chromium.mjs'

const root = join(import.meta.dirname, '..')
const folder = resolve(process.argv[2] ?? join(root, 'test-results', 'screenshots'))
const { path, reason } = findChromium()
if (!path) {
  process.stderr.write(`no pictures: ${reason}\n`)
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'pages.journey'],
  {
    cwd: root,
    env: { ...process.env, SUANQUAN_CHROMIUM: path, SUANQUAN_SCREENSHOTS: folder },
    stdio: 'inherit',
  },
)
process.stdout.write(`pictures in ${folder}\n`)
process.exit(status ?? 1)
