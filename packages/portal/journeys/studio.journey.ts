// A policy author changes a published measure: what is wrong is underlined while they type, the cases notice a changed
// number, and only what holds goes to the library, to be adopted by two people.
import { PASSWORD, must, testCity } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'
import { holds, holdsOnPhone, open, openBrowser, signIn, visitor } from './browser.ts'

const city = await testCity()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await city.stop()
})
const { items } = must(await city.as('policy_author').listProgrammes({}))
const wuxi = items.find(({ id }) => id === 'cn.wuxi.compute_reward')!
const author = await visitor(browser, city.server.url)
const { page } = author
await signIn(page, 'policy_author', PASSWORD)

test('a published measure opens with all its cases holding', async () => {
  await open(page, `/author/studio?from=${wuxi.hash}`)
  await page.getByRole('heading', { level: 1, name: '个案例全部相符' }).waitFor()
  await page.getByRole('button', { name: '条款与规则' }).click()
  await page.getByText('条规则').first().waitFor()
  await holds(author, { name: 'studio clauses', axe: true })
})

test('a mistake is underlined where it is, and its finding leads there', async () => {
  await replaceLine('suanquan: policy/v1', 'suanqaun: policy/v1')
  await page.locator('h1', { hasText: '处要改' }).waitFor()
  await page.getByRole('button', { name: '问题', exact: true }).click()
  expect(await page.locator('.cm-lintRange-error').count()).toBeGreaterThan(0)
  await page.locator('.pane-list .button-link').first().click()
  expect(await page.evaluate('document.activeElement?.className')).toContain('cm-content')
  expect(await page.getByRole('button', { name: '存入政策库' }).isDisabled()).toBe(true)
  await holds(author, { name: 'studio findings', axe: true })
  await replaceLine('suanqaun: policy/v1', 'suanquan: policy/v1')
  await page.getByRole('heading', { level: 1, name: '个案例全部相符' }).waitFor()
})

test('a changed number turns a case, and shows as a difference', async () => {
  const { text } = must(await city.as('policy_author').readProgramme({ params: { hash: wuxi.hash } }))
  await readFile(text.replace('values: {2025-01-01: 30%}', 'values: {2025-01-01: 31%}'))
  await page.locator('h1', { hasText: '个案例不符' }).waitFor()
  await page.getByRole('button', { name: '与原版的不同' }).click()
  await page.getByText('1 处不同').first().waitFor()
  await readFile(text)
  await page.getByRole('heading', { level: 1, name: '个案例全部相符' }).waitFor()
})

test('planted faults are counted beside the page, and rules show their proofs', async () => {
  await page.getByRole('button', { name: '案例的力度' }).click()
  await page.getByRole('button', { name: '逐条改错试一试' }).click()
  await page.getByText(/处改错发现 \d/).waitFor()
  await page.getByRole('button', { name: '条款与规则' }).click()
  await page.locator('.studio summary').nth(1).click()
  await page.locator('.studio-proof').first().waitFor({ state: 'attached' })
  await holdsOnPhone(author, 'studio')
})

test('what was typed is there after the window is closed; a version of its own goes to the library', async () => {
  await replaceLine(`version: '${wuxi.version}'`, "version: '2026.9'")
  await page.reload()
  await page.locator('.cm-line', { hasText: '2026.9' }).waitFor()
  await page.getByRole('button', { name: '存入政策库' }).click()
  await page.getByRole('link', { name: '看这一版，开始采用' }).click()
  await page.getByRole('heading', { name: '采用这项措施' }).waitFor()
  const stored = must(await city.as('policy_author').listProgrammes({})).items.filter(
    ({ id }) => id === wuxi.id,
  )
  expect(stored.map(({ version }) => version)).toContain('2026.9')
})

async function readFile(text: string): Promise<void> {
  const file = { name: 'programme.yaml', mimeType: 'text/yaml', buffer: Buffer.from(text) }
  await page.locator('input[type=file]').setInputFiles(file)
}

/** Types into the line that says so. */
async function replaceLine(from: string, to: string): Promise<void> {
  const line = page.locator('.cm-line', { hasText: from }).first()
  await line.click()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+End')
  const text = await line.innerText()
  await page.keyboard.insertText(text.replace(from, to))
}
