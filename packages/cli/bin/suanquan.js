#!/usr/bin/env node
// The command `suanquan`, in a clone and as a package alike. It sets up what is missing (dependencies, build) with
// nothing but what Node brings along, then loads the build. Two calls at once wait for each other; a call that finds
// everything in place writes nothing, so the clone may be read-only.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const OLDEST_NODE = [20, 19]
const bin = fileURLToPath(new URL('.', import.meta.url))
const root = join(bin, '../../..')
const main = join(bin, '../dist/main.js')
const chinese = /^zh/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '')

checkNode()
// Only a clone has sources; an installed package brings its build along.
if (fs.existsSync(join(root, 'package-lock.json')) && fs.existsSync(join(bin, '../src'))) setUp()
if (process.argv[2] === 'set-up') say('一切就绪', 'everything is in place')
else await (await import(pathToFileURL(main).href)).run(process.argv.slice(2))

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  const oldest = OLDEST_NODE.join('.')
  stop(
    `算券需要 Node ${oldest} 或更新的版本，这里是 ${process.versions.node}`,
    `Suanquan needs Node ${oldest} or newer; this is ${process.versions.node}`,
  )
}

function setUp() {
  if (missingWork().length === 0) return
  const unlock = lock(join(root, '.cache', 'set-up.lock'))
  try {
    // Whoever had the lock before us may have done it all.
    for (let work = missingWork(); work.length > 0; work = missingWork()) work[0]()
  } finally {
    unlock()
  }
}

/** What is still to do, in order. Each step changes what the next look finds, so only the first may be taken. */
function missingWork() {
  const stale = builtParts().filter((part) => !isFresh(part))
  return isInstalled(stale.length > 0) ? stale.map((part) => () => build(part)) : [install]
}

/** Whether node_modules holds what the lockfile names, by npm's own record of what it installed. */
function isInstalled(withDevelopment) {
  const wanted = readJson(join(root, 'package-lock.json'))
  const found = readJson(join(root, 'node_modules', '.package-lock.json'))
  if (!wanted || !found) return false
  return Object.entries(wanted.packages).every(([path, entry]) => {
    const optional = entry.optional || entry.devOptional || entry.peer
    const spare = entry.dev && !withDevelopment
    if (!path.includes('node_modules/') || optional || spare) return true
    return found.packages[path]?.version === entry.version
  })
}

function install() {
  step('安装依赖', 'installing the dependencies', () => {
    const arguments_ = [
      'ci',
      '--include=dev',
      '--ignore-scripts',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
    ]
    const npm = process.env.npm_execpath
    const ours = npm && npm.endsWith('npm-cli.js')
    return spawnSync(
      ours ? process.execPath : 'npm',
      [...(ours ? [npm] : []), ...arguments_, '--loglevel=error'],
      {
        cwd: root,
        env: ownEnvironment(),
        stdio: ['ignore', 2, 2],
        shell: !ours && process.platform === 'win32',
      },
    )
  })
}

/** Without what npx and npm run say about the command that called us: it would steer the inner npm. */
function ownEnvironment() {
  const wanted =
    /^npm_config_(cache|registry|\w*proxy|userconfig|globalconfig|ca|cafile|strict_ssl|offline)$/i
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) || wanted.test(name))
  return Object.fromEntries(kept)
}

/** What gets built: from which files, the stamp that remembers their hash, and the program that does it. */
function builtParts() {
  const packages = join(root, 'packages')
  const portal = join(packages, 'portal')
  const code = fs.readdirSync(packages).filter((name) => name !== 'portal')
  return [
    {
      sources: [
        ...code.map((name) => join(packages, name)),
        join(root, 'tsconfig.base.json'),
        join(root, 'tsconfig.json'),
      ],
      stamp: join(packages, 'cli', 'dist', '.sources'),
      program: [join(root, 'node_modules/typescript/bin/tsc'), '-b'],
      folder: root,
      names: ['编译程序', 'building the program'],
    },
    {
      sources: [portal, join(packages, 'core'), join(packages, 'api')],
      stamp: join(packages, 'server', 'portal', '.sources'),
      program: [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
      folder: portal,
      names: ['编译门户', 'building the portal'],
    },
  ].filter(({ folder }) => folder === root || fs.existsSync(join(folder, 'vite.config.ts')))
}

function isFresh({ stamp, sources }) {
  return fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hashOf(sources)
}

function build({ stamp, sources, program, folder, names }) {
  const hash = hashOf(sources)
  step(names[0], names[1], () =>
    spawnSync(process.execPath, program, { cwd: folder, stdio: ['ignore', 2, 2] }),
  )
  fs.mkdirSync(join(stamp, '..'), { recursive: true })
  fs.writeFileSync(stamp, hash)
}

/** Hash of names and contents of all sources but tests; what is built or installed is not a source. */
function hashOf(sources) {
  const hash = createHash('sha256').update(fs.readFileSync(join(root, 'package-lock.json')))
  const portalOutput = join(root, 'packages/server/portal')
  const add = (path) => {
    if (fs.statSync(path).isDirectory()) {
      const entries = fs
        .readdirSync(path)
        .filter((name) => !/^(node_modules|dist|\..*)$|\.test\.tsx?$/.test(name))
      for (const name of entries.sort()) if (join(path, name) !== portalOutput) add(join(path, name))
    } else {
      hash.update(`\0${relative(root, path)}\0`).update(fs.readFileSync(path))
    }
  }
  for (const source of sources) add(source)
  return hash.digest('hex')
}

function step(zh, en, work) {
  const started = Date.now()
  say(`${zh}……`, `${en} …`)
  const { status, error } = work()
  if (status !== 0) {
    stop(
      `${zh}没有成功${error ? `（${error.message}）` : ''}，原因见上面`,
      `${en} failed${error ? ` (${error.message})` : ''}; the reason stands above`,
    )
  }
  say(`${zh}：${seconds(started)} 秒`, `${en}: ${seconds(started)} s`)
}

function seconds(started) {
  return ((Date.now() - started) / 1000).toFixed(1)
}

/** Takes the lock, waiting while a living process has it; answers how to give it back. */
function lock(file) {
  try {
    fs.mkdirSync(join(file, '..'), { recursive: true })
    for (let told = false; !tryLock(file); told = true) {
      if (!told)
        say(
          `另一个命令正在安装，等它完成……（${file}）`,
          `another command is setting up, waiting for it … (${file})`,
        )
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
    }
  } catch (error) {
    stop(
      `需要安装或编译，但不能写入“${root}”（${error.code}）：请用目录的所有者先运行一次 suanquan set-up`,
      `"${root}" needs installing or building but cannot be written (${error.code}): let its owner run suanquan set-up once`,
    )
  }
  const unlock = () => fs.rmSync(file, { force: true })
  process.once('exit', unlock)
  return unlock
}

function tryLock(file) {
  const draft = `${file}.${process.pid}`
  fs.writeFileSync(draft, String(process.pid))
  try {
    fs.linkSync(draft, file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  } finally {
    fs.rmSync(draft, { force: true })
  }
  const holder = Number(readText(file))
  if (holder > 0 && !isAlive(holder)) fs.rmSync(file, { force: true })
  return false
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function readJson(file) {
  const text = readText(file)
  return text === '' ? undefined : JSON.parse(text)
}

/** Progress goes to stderr: stdout belongs to the command. */
function say(zh, en) {
  process.stderr.write(`suanquan: ${chinese ? zh : en}\n`)
}

function stop(zh, en) {
  say(zh, en)
  process.exit(1)
}
