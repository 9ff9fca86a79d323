// A browser for the journeys, and what every page must hold in it: nothing wider than the screen, no accessibility
// violation, no untranslated key, no error in the console.
import { AxeBuilder } from '@axe-core/playwright'
import { PASSWORD } from '@suanquan/testkit'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { expect } from 'vitest'

export type Language = 'zh-CN' | 'en'

export const WIDTHS = [1440, 390] as const

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['SUANQUAN_CHROMIUM']!, args: FLAGS })
}

export interface Visitor {
  readonly page: Page
  /** errors that the console or the page showed since the last look */
  readonly takeErrors: () => string[]
}

/** A person with a browser window of their own. */
export async function visitor(browser: Browser, url: string): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  let errors: string[] = []
  page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())))
  page.on('pageerror', (error) => void errors.push(String(error)))
  return {
    page,
    takeErrors: () => {
      const taken = errors
      errors = []
      return taken
    },
  }
}

export async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto('/sign-in')
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill(password)
  await page.locator('form button').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  await settled(page)
  await page.locator('.frame-who').waitFor()
}

/** People of one city: whoever is asked for signs in once, in a window that stays open; `anybody` does not. */
export function people(browser: Browser, url: string): (login: string) => Promise<Visitor> {
  const windows = new Map<string, Promise<Visitor>>()
  async function opened(login: string): Promise<Visitor> {
    const person = await visitor(browser, url)
    if (login !== 'anybody') await signIn(person.page, login, PASSWORD)
    return person
  }
  return (login) => {
    const known = windows.get(login) ?? opened(login)
    windows.set(login, known)
    return known
  }
}

export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await settled(page)
}

/** The page has its title and nothing is on its way. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForLoadState('networkidle')
}

export async function speak(page: Page, language: Language): Promise<void> {
  const now = await page.locator('html').getAttribute('lang')
  if (now === language) return
  await page.locator(`.frame-person button[lang="${language}"]`).click()
  await page.locator(`html[lang="${language}"]`).waitFor()
  await settled(page)
}

/** Waits until the page answers with a title that contains these words (thin spaces count as spaces). */
export async function titled(page: Page, words: string): Promise<void> {
  const heading = page.locator('h1').first()
  await expect
    .poll(async () => (await heading.innerText()).replaceAll('\u2009', ' '), { timeout: 15_000 })
    .toContain(words)
  await settled(page)
}

/** What stands further right than the screen is wide; on a desk also a head that takes a second row. */
export async function overflow(page: Page): Promise<string[]> {
  // what the head shows is measured anew after a change of the window
  return page.evaluate<string[]>(`(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise((next) => requestAnimationFrame(() => setTimeout(next)))
    const outside = (selector) => [...document.querySelectorAll(selector)]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .slice(0, 5).map((element) => element.tagName + '.' + element.className)
    const head = document.querySelector('.frame-head').offsetHeight
    if (innerWidth > 760 && head > 90) return ['two rows in the head: ' + head]
    const framed = outside('.frame-head a, .frame-head button')
    return document.documentElement.scrollWidth <= innerWidth ? framed : [...framed, ...outside('main *')]
  })()`)
}

/** Texts that look like a key without its translation; ids of programmes (`cn.…`) and codes of refusals are meant. */
export async function untranslated(page: Page): Promise<string[]> {
  const named = await page.locator('.page-provenance, .code').allInnerTexts()
  const longestFirst = named.toSorted((left, right) => right.length - left.length)
  const text = longestFirst.reduce(
    (rest, code) => rest.replace(code, ''),
    await page.locator('body').innerText(),
  )
  return [...text.matchAll(/(?<![\w@/.-])[a-z_]+(?:\.[a-z_]+)+(?![\w@/-])/g)]
    .map(([found]) => found)
    .filter((found) => !found.startsWith('cn.') && !/\.(pdf|json|csv|txt|xml|png)$/.test(found))
}

/** A colour on its way to another one is nobody's contrast. */
async function transitionsOver(page: Page): Promise<void> {
  await page.evaluate(`Promise.all(document.getAnimations()
    .filter((each) => each instanceof CSSTransition)
    .map((each) => each.finished.catch(() => null)))
    .then(() => undefined)`)
}

export async function accessibility(page: Page): Promise<string[]> {
  await transitionsOver(page)
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
}

interface Look {
  readonly name: string
  readonly axe: boolean
}

/** Everything a page must hold as it stands now. */
export async function holds({ page, takeErrors }: Visitor, { name, axe }: Look): Promise<void> {
  const found = {
    overflow: await overflow(page),
    untranslated: await untranslated(page),
    errors: takeErrors(),
    accessibility: axe ? await accessibility(page) : [],
  }
  expect(found, name).toEqual({ overflow: [], untranslated: [], errors: [], accessibility: [] })
  await keepPicture(page, name)
}

/** The same page on a phone in English. */
export async function holdsOnPhone(person: Visitor, name: string): Promise<void> {
  const { page } = person
  await page.setViewportSize({ width: 390, height: 844 })
  await speak(page, 'en')
  await holds(person, { name: `${name}, phone, English`, axe: true })
  await speak(page, 'zh-CN')
  await page.setViewportSize({ width: 1440, height: 900 })
}

const pictures = process.env['SUANQUAN_SCREENSHOTS']

/** With SUANQUAN_SCREENSHOTS=folder, each view that was looked at is also kept as a picture. */
async function keepPicture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  const before = page.viewportSize()!
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'))
  await page.setViewportSize({ ...before, height: Math.max(before.height, height) })
  await page.screenshot({ path: join(pictures, `${name.replaceAll(/[ ,]+/g, '-')}.png`) })
  await page.setViewportSize(before)
}
