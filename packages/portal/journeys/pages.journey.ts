// The pages of the public, of firms and of reviewers, in both languages, on a desk and on a phone: nothing wider than the
// screen, no untranslated key, no error in the console, no accessibility violation. And what pages weigh.
import { PASSWORD } from '@suanquan/testkit'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { open, openBrowser, signIn, visitor } from './browser.ts'
import { furnishedCity } from './furnished.ts'
import { lookAtPages } from './look-at-pages.ts'

const furnished = await furnishedCity()
const { city, paths } = furnished
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await city.stop()
})

/** Kilobytes of compressed contents since the window was opened. */
async function weight(page: Page): Promise<number> {
  const bytes = await page.evaluate<number>(`performance.getEntriesByType('resource')
    .concat(performance.getEntriesByType('navigation')).reduce((sum, entry) => sum + entry.encodedBodySize, 0)`)
  return bytes / 1024
}

test('every public page weighs at most 150 kB on its own', async () => {
  const weights: Record<string, number> = {}
  for (const [name, path] of Object.entries(paths['anybody']!)) {
    const { page } = await visitor(browser, city.server.url)
    await open(page, path)
    weights[name] = Math.ceil(await weight(page))
    await page.context().close()
  }
  process.stdout.write(`${JSON.stringify(weights)}\n`)
  // the calculator at work is behind a press of its own: its engine and its rules come on top
  expect(weights['calculator-started']).toBeLessThan(200)
  delete weights['calculator-started']
  expect(Object.entries(weights).filter(([, kilobytes]) => kilobytes < 20 || kilobytes > 150)).toEqual([])
})

test('with the first page after signing in it is at most 300 kB', async () => {
  const { page } = await visitor(browser, city.server.url)
  await open(page, '/')
  await signIn(page, 'clerk', PASSWORD)
  const signedIn = await weight(page)
  expect(signedIn).toBeLessThan(300)
  process.stdout.write(`home and desk ${signedIn.toFixed(0)} kB\n`)
})

lookAtPages(browser, furnished, ['anybody', 'clerk', 'clerk2', 'reviewer'])
