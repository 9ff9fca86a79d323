// Finds a Chromium for the journeys, or installs Debian's where that is possible without asking anyone.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The path of a Chromium, or the reason why there is none. */
export function findChromium() {
  const found = installed()
  if (found) return { path: found }
  if (process.getuid?.() !== 0)
    return { reason: 'there is none on PATH (or in $CHROMIUM), and only root may install one' }
  if (!existsSync('/usr/bin/apt-get'))
    return { reason: 'there is none on PATH (or in $CHROMIUM), and no apt-get to install it' }
  process.stdout.write('installing Chromium and Chinese fonts by apt-get …\n')
  const apt = (...args) =>
    spawnSync('apt-get', ['-qq', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 300_000,
    }).status === 0
  if (!apt('update') || !apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk')) {
    return { reason: 'apt-get could not install it' }
  }
  const path = installed()
  return path ? { path } : { reason: 'apt-get installed none' }
}

function installed() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [process.env.CHROMIUM ?? '', ...candidates].find((path) => path !== '' && existsSync(path))
}
