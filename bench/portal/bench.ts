// How soon a page shows what it is about (largest contentful paint), on a desk and on a phone of modest means: 390 px,
// 8 Mbit/s, 80 ms each way there and back, a processor four times slower. Every run starts with an empty cache. The
// server shares this machine, so the phone is set beside the desk in the same run.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { applied, granted, PASSWORD, testCity } from '@suanquan/testkit'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

const RUNS = 5
const PHONE = { width: 390, bytesPerSecond: 1_000_000, latencyMs: 80, slower: 4 }
const executablePath = process.env['SUANQUAN_CHROMIUM'] ?? '/usr/bin/chromium'

interface Row {
  readonly page: string
  readonly deskMs: number
  readonly phoneMs: number
  readonly phoneLowestMs: number
  readonly phoneHighestMs: number
}

const city = await testCity()
await granted(city, await applied(city, 'clerk', city.firm), '100000000')
const notice = (await city.anybody.listNotices({})) as { value: { items: { id: string }[] } }
const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
})
const pages: readonly { path: string; login?: string }[] = [
  { path: '/' },
  { path: '/notices' },
  { path: `/notices/${notice.value.items[0]!.id}` },
  { path: '/progress' },
  { path: `/programmes/${city.adoptionId}` },
  { path: '/desk', login: 'clerk' },
  { path: '/vouchers', login: 'clerk' },
  { path: '/review/applications', login: 'reviewer' },
  { path: '/finance/pool', login: 'finance' },
]
const rows: Row[] = []
for (const page of pages) rows.push(await measure(browser, page))
await browser.close()
await city.stop()
console.table(rows)
console.log(`load ${loadavg()[0]!.toFixed(2)} on ${cpus().length} cores; medians of ${RUNS} runs`)
mkdirSync('results', { recursive: true })
const result = { at: new Date().toISOString(), cores: cpus().length, load: loadavg(), phone: PHONE, rows }
writeFileSync('results/latest.json', `${JSON.stringify(result, null, 2)}\n`)

async function measure(from: Browser, { path, login }: { path: string; login?: string }): Promise<Row> {
  const desk: number[] = []
  const phone: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    desk.push(await visit(from, { path, login, phone: false }))
    phone.push(await visit(from, { path, login, phone: true }))
  }
  const sorted = phone.toSorted((left, right) => left - right)
  return {
    page: path.replace(/[0-9a-f-]{36}/, ':id'),
    deskMs: median(desk),
    phoneMs: median(phone),
    phoneLowestMs: sorted[0]!,
    phoneHighestMs: sorted.at(-1)!,
  }
}

interface Visit {
  readonly path: string
  readonly login: string | undefined
  readonly phone: boolean
}

async function visit(from: Browser, { path, login, phone }: Visit): Promise<number> {
  const viewport = phone ? { width: PHONE.width, height: 844 } : { width: 1440, height: 900 }
  const context = await from.newContext({ baseURL: city.server.url, viewport, locale: 'zh-CN' })
  if (login !== undefined) await signIn(context, login)
  const page = await context.newPage()
  if (phone) await slowDown(context, page)
  await page.goto(path)
  await page.waitForLoadState('networkidle')
  const ms = await page.evaluate<number>(`new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(Math.round(list.getEntries().at(-1).startTime)))
      .observe({ type: 'largest-contentful-paint', buffered: true })
  })`)
  await context.close()
  return ms
}

async function slowDown(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: PHONE.latencyMs,
    downloadThroughput: PHONE.bytesPerSecond,
    uploadThroughput: PHONE.bytesPerSecond / 4,
  })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: PHONE.slower })
}

/** The session is there, the cache is not: what is measured is the page after signing in, first seen. */
async function signIn(context: BrowserContext, login: string): Promise<void> {
  const answer = await context.request.post('/api/sessions', {
    data: { login, password: PASSWORD },
    headers: { 'idempotency-key': `bench-${login}-${Math.trunc(performance.now() * 1000)}` },
  })
  if (!answer.ok()) throw new Error(`${login} cannot sign in: ${answer.status()}`)
  const { personId } = (await answer.json()) as { personId: string }
  await context.addInitScript(`localStorage.setItem('suanquan.signed-in', '${personId}')`)
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]!
}
