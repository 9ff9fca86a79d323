// Every table of every page can be taken away: the file has the columns of the page, all rows of its filter, and no
// formula. Called on every page that is looked at, so that a table is covered on the day it is drawn.
import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { settled } from './browser.ts'

/**
 * Takes every table that a page shows, and every table behind the first of its other tabs.
 * @returns how many were taken
 */
export async function takeTables(page: Page, path: string): Promise<number> {
  const shown = await everyTableLeaves(page, path)
  const tabs = page.locator('main .tabs button[aria-pressed=false]:visible')
  if ((await tabs.count()) === 0) return shown
  await tabs.first().click()
  await settled(page)
  return shown + (await everyTableLeaves(page, path))
}

async function everyTableLeaves(page: Page, path: string): Promise<number> {
  const tables = page.locator('main table:not([data-unlisted])')
  let taken = 0
  for (let index = 0; index < (await tables.count()); index++) {
    const table = tables.nth(index)
    if (!(await table.isVisible())) continue
    const foot = table.locator('xpath=following-sibling::div[@data-export][1]')
    expect(await foot.count(), `${path}: table ${index} has its export`).toBe(1)
    await leaves(page, table, foot)
    taken += 1
  }
  return taken
}

async function leaves(page: Page, table: Locator, foot: Locator): Promise<void> {
  const heads = (await table.locator('thead th').allInnerTexts()).filter((label) => label.trim() !== '')
  const shown = await table.locator('tbody > tr:not(.match-why)').count()
  const pager = page.locator('main nav.pager span')
  const total = (await pager.count()) === 1 ? Number(/\d+/.exec(await pager.innerText())![0]) : shown
  const download = page.waitForEvent('download', { timeout: 10_000 })
  await foot.locator('button', { hasText: 'CSV' }).click()
  const text = await readFile(await (await download).path(), 'utf8')
  const rows = parse(text)
  expect(rows[0]!.filter((label) => label !== '')).toEqual(heads)
  // the trail of what one reads grows while one reads it
  expect(rows.length - 1).toBeGreaterThanOrEqual(total)
  expect(rows.length - 1).toBeLessThanOrEqual(total + 50)
  expect(new Set(rows.map((row) => row.length)).size).toBe(1)
  expect(rows.flat().filter((field) => /^[=+@]|^-(?!\d)/.test(field))).toEqual([])
}

/** RFC 4180. */
function parse(text: string): string[][] {
  const rows: string[][] = []
  let [row, field, quoted]: [string[], string, boolean] = [[], '', false]
  for (let at = 1; at < text.length; at++) {
    const letter = text[at]!
    if (quoted && letter === '"' && text[at + 1] === '"') [field, at] = [`${field}"`, at + 1]
    else if (letter === '"') quoted = !quoted
    else if (!quoted && letter === ',') [row, field] = [[...row, field], '']
    else if (!quoted && letter === '\r')
      [rows[rows.length], row, field, at] = [[...row, field], [], '', at + 1]
    else field += letter
  }
  return rows
}
