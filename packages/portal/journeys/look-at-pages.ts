// Looks at pages as everybody must be able to: in both languages, on a desk and on a phone, in large type and with more
// contrast; and takes their tables away.
import { PASSWORD } from '@suanquan/testkit'
import type { Browser, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import {
  accessibility,
  holds,
  open,
  overflow,
  settled,
  signIn,
  speak,
  visitor,
  WIDTHS,
  type Language,
} from './browser.ts'
import type { Furnished } from './furnished.ts'
import { takeTables } from './tables-leave.ts'

const LANGUAGES: readonly Language[] = ['zh-CN', 'en']
const full = process.env['SUANQUAN_FULL'] === '1'

/** Every third page in the quick run: the rules are those of the whole portal. */
const isSampled = (name: string): boolean => full || name.length % 3 === 0

/** Large type leaves nothing outside the screen at either width, and with more contrast everything can be read. */
async function largeAndContrasted(page: Page, name: string): Promise<void> {
  await page.evaluate("document.documentElement.dataset.type = 'large'")
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    expect(await overflow(page), `${name} in large type, ${width}`).toEqual([])
  }
  await page.emulateMedia({ contrast: 'more' })
  if (full) expect(await accessibility(page), `${name} with more contrast`).toEqual([])
  await page.emulateMedia({ contrast: null })
  await page.evaluate('delete document.documentElement.dataset.type')
}

/** @param people whose pages are looked at, each in a window of their own */
export function lookAtPages(browser: Browser, { city, paths }: Furnished, people: readonly string[]): void {
  let taken = 0
  const chosen = Object.entries(paths).filter(([person]) => people.includes(person))
  describe.each(chosen)('%s', async (person, pages) => {
    const sees = await visitor(browser, city.server.url)
    if (person !== 'anybody') await signIn(sees.page, person, PASSWORD)

    test.each(Object.entries(pages))('%s', async (name, path) => {
      const { page } = sees
      await open(page, path)
      for (const language of LANGUAGES) {
        await speak(page, language)
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 })
          await settled(page)
          // colours and labels are the same at either width: one of each suffices but in the full run
          const axe = full || (language === 'zh-CN') === (width === WIDTHS[0])
          await holds(sees, { name: `${person} ${name} ${language} ${width}`, axe })
        }
      }
      if (isSampled(name)) await largeAndContrasted(page, name)
      await page.setViewportSize({ width: WIDTHS[0], height: 900 })
      await speak(page, 'zh-CN')
      taken += await takeTables(page, path)
    })
  })

  test('there were tables to take', () => {
    expect(taken).toBeGreaterThan(15)
  })
}
