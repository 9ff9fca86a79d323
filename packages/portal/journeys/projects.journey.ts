// Selected projects as people live them: a reviewer sees the candidates by rank and proposes the list, another approves it,
// the firm signs and files for acceptance, and both offices see what is due.
import { must, testCity, testProjects } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'
import { holds, holdsOnPhone, open, openBrowser, people, titled } from './browser.ts'

const city = await testCity()
const projects = await testProjects(city, { poolFen: 300_000_000n })
const ids: string[] = []
for (const [title, clerk, points] of [
  ['医疗影像标注语料', 'clerk', [92, 88, 90]],
  ['政务问答语料', 'clerk2', [85, 80, 84]],
  ['城市治理视频语料', 'clerk3', [84, 82, 83]],
  ['方言语音语料', 'clerk', [52, 60, 55]],
] as const) {
  const id = await projects.submitted({ title, clerk })
  await projects.scored(id, points)
  await projects.admitted(id)
  ids.push(id)
}
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await city.stop()
})

const as = people(browser, city.server.url)

test('a firm writes down its project, and no contract is asked for', async () => {
  const clerk = await as('clerk2')
  const { page } = clerk
  const organisationId = city.otherFirm.id
  const body = { adoptionId: projects.adoptionId, organisationId }
  const { id } = must(await city.as('clerk2').openDraft({ body }))
  await open(page, `/applications/${id}/edit?step=project`)
  await page.getByLabel('项目名称').fill('工业缺陷图像语料')
  await page.getByLabel('交付的语料条数').fill('120000')
  await page.locator('[data-stale]').waitFor({ state: 'detached' })
  await holds(clerk, { name: 'project step', axe: true })
  await holdsOnPhone(clerk, 'project step')
})

test('one reviewer proposes the list by rank, another approves it', async () => {
  const first = await as('reviewer')
  const { page } = first
  await open(page, '/review/selections')
  await page.getByText('医疗影像标注语料').waitFor()
  await holds(first, { name: 'candidates', axe: true })
  await holdsOnPhone(first, 'candidates')
  await page.getByLabel('理由').fill('按专家评分择优')
  await page.getByRole('button', { name: '提出，交另一人复核' }).click()
  await page.waitForURL(/selections\/[^/]+$/)
  await titled(page, '拟立项 2 个')
  await page.getByText('须由另一位审核人复核').waitFor()
  const second = await as('selector')
  await open(second.page, new URL(page.url()).pathname)
  await second.page.getByLabel('理由').fill('名次无误')
  await holds(second, { name: 'selection', axe: true })
  await holdsOnPhone(second, 'selection')
  await second.page.getByRole('button', { name: '通过' }).click()
  await second.page.getByRole('button', { name: '通过' }).waitFor({ state: 'detached' })
  await titled(second.page, '立项 2 个')
})

test('the firm signs, the office countersigns, the firm files for acceptance', async () => {
  const project = await projects.started(ids[0]!)
  const clerk = await as('clerk')
  const { page } = clerk
  await open(page, `/projects/${project.id}`)
  await titled(page, '医疗影像标注语料')
  await page.getByLabel('已阅读任务书', { exact: false }).check()
  await holds(clerk, { name: 'project to sign', axe: true })
  await holdsOnPhone(clerk, 'project to sign')
  await page.getByRole('button', { name: '签署', exact: true }).click()
  await page.getByText('企业已签署，主管部门签署后', { exact: false }).waitFor()
  const office = await as('reviewer')
  await open(office.page, `/projects/${project.id}`)
  await office.page.getByLabel('理由').fill('任务书与申报一致')
  await office.page.getByRole('button', { name: '签署并启动' }).click()
  await office.page.getByText('项目实施中', { exact: false }).first().waitFor()
  await holds(office, { name: 'project running, office', axe: true })
  await open(page, `/projects/${project.id}`)
  await page.getByLabel('完成情况').fill('已交付全部语料，第三方检测合格')
  await holds(clerk, { name: 'project running, firm', axe: true })
  await holdsOnPhone(clerk, 'project running, firm')
  const { state } = must(await city.as('clerk').readProject({ params: { id: project.id } }))
  expect(state).toBe('running')
  await projects.judged(project, 'failed')
  await open(office.page, `/projects/${project.id}`)
  await office.page.getByText('项目未通过', { exact: false }).first().waitFor()
  await holds(office, { name: 'project failed', axe: true })
  await open(office.page, '/projects')
  await holds(office, { name: 'projects', axe: true })
})
