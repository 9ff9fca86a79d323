// What holds in every way alike: a correction lets only its fields change and shows the difference; a withdrawal before the
// decision's end gives back what was reserved, in each state; an objection by anybody stops its case, and what was answered
// has its consequence; every reason reaches the firm.
import type { BodyOf, Routes } from '@suanquan/api'
import { allowedEvents, ways } from '@suanquan/core/application'
import {
  draftOf,
  faultsIn,
  FINDINGS,
  must,
  testAfterUse,
  testCity,
  testDeduction,
  testProjects,
  testSeller,
  testSweeps,
  upload,
  type TestCity,
} from '@suanquan/testkit'
import { afterAll, describe, expect, test } from 'vitest'

const city = await testCity()
afterAll(() => city.stop())
const clerk = city.as('clerk')
const reviewer = city.as('reviewer')

interface Way {
  /** who applies */
  readonly by: typeof clerk
  readonly adoptionId: string
  readonly day: string
  readonly findings: Record<string, boolean>
  readonly submitted: (number: string) => Promise<string>
}

/** Submits an application of vouchers under an adoption. */
function vouchers(of: TestCity, adoptionId: string, licence: boolean): Way['submitted'] {
  return async (number) => {
    const whole = await draftOf(clerk, of, of.firm)
    const attachmentId = licence ? await upload(clerk, 'licence', of.firm.id) : null
    const { id } = must(await clerk.openDraft({ body: { adoptionId, organisationId: of.firm.id } }))
    const contract = { ...whole.contract, number, account: number.toLowerCase() }
    const documents = [
      ...whole.documents,
      ...(attachmentId === null ? [] : [{ kind: 'licence' as const, attachmentId }]),
    ]
    must(await clerk.saveDraft({ params: { id }, body: { ...whole, contract, documents } }))
    must(await clerk.submitApplication({ params: { id } }))
    return id
  }
}

const deduction = await testDeduction(city, 300_000_000n)
const afterUse = await testAfterUse(city, { poolFen: 300_000_000n })
const seller = await testSeller(city, 300_000_000n)
const sweeps = await testSweeps(city, seller, { poolFen: 300_000_000n })
const projects = await testProjects(city, { poolFen: 300_000_000n })
let series = 100

const WAYS: Readonly<Record<'W1' | 'W2' | 'W3' | 'W4' | 'W5' | 'W6', Way>> = {
  W1: {
    by: clerk,
    adoptionId: city.adoptionId,
    day: '2024-05-08',
    findings: FINDINGS,
    submitted: vouchers(city, city.adoptionId, false),
  },
  W2: {
    by: clerk,
    adoptionId: deduction.adoptionId,
    day: '2024-05-08',
    findings: {},
    submitted: vouchers(city, deduction.adoptionId, true),
  },
  W3: {
    by: clerk,
    adoptionId: afterUse.adoptionId,
    day: '2026-01-10',
    findings: {},
    submitted: async (number) => {
      const term = { startsOn: '2025-03-01', endsOn: '2025-12-31' }
      return (await afterUse.submitted({ number, ...term, settledFen: 1_000_000n, series: series++ })).id
    },
  },
  W4: {
    by: city.as('provider'),
    adoptionId: seller.adoptionId,
    day: '2026-01-10',
    findings: {},
    submitted: async (number) =>
      (await seller.submitted({ number, settledFen: 1_000_000n, series: series++ })).id,
  },
  W5: {
    by: clerk,
    adoptionId: projects.adoptionId,
    day: '2024-05-08',
    findings: {},
    submitted: (number) => projects.submitted({ title: number }),
  },
  W6: {
    by: clerk,
    adoptionId: sweeps.adoptionId,
    day: '2026-01-10',
    findings: {},
    submitted: (number) => sweeps.swept({ number, settledFen: 1_000_000n, series: series++ }),
  },
}

async function takeOffer(id: string): Promise<void> {
  const accountEnding = await sweeps.accountEnding()
  must(
    await clerk.answerOffer({ params: { id }, body: { answer: 'consent', accountEnding, truthful: true } }),
  )
}

describe.each(Object.entries(WAYS))('%s', (name, way) => {
  const pool = async (): Promise<object> => {
    const { leftFen, reservedFen } = must(
      await city.as('finance').readPool({ params: { id: way.adoptionId } }),
    )
    return { leftFen, reservedFen }
  }
  const read = async (id: string) => must(await way.by.readApplication({ params: { id } }))

  async function correct(id: string, field: string): Promise<void> {
    const fields = [{ field, remark: '请核对后更正' }]
    const body = { decision: 'request_correction' as const, fields, reason: '材料与合同不一致' }
    must(await reviewer.decideApplication({ params: { id }, body }))
  }

  async function approve(id: string): Promise<void> {
    const { ceilingFen } = await read(id)
    const body = { amountFen: ceilingFen!, findings: way.findings, reason: '符合条件' }
    const decided = { decision: 'approve' as const, ...body }
    if (name === 'W5') await projects.scored(id, [90, 90, 90])
    const { state } = must(await reviewer.decideApplication({ params: { id }, body: decided }))
    if (state === 'offered') await takeOffer(id)
    if (state === 'candidate') await projects.selected()
  }

  async function announce(id: string): Promise<string> {
    const body = { adoptionId: way.adoptionId, applicationIds: [id] }
    return must(await reviewer.publishNotice({ body })).id
  }

  async function object(id: string, noticeId: string): Promise<string> {
    const body = {
      applicationNumber: (await read(id)).number,
      statement: '该单位与供给方存在关联关系，请核实',
      contactName: '李四',
      contactPhone: '13900000000',
    }
    return must(await city.anybody.fileObjection({ params: { id: noticeId }, body })).id
  }

  test.skipIf(name === 'W6')(
    'a correction by field: only it may change, the reviewer sees how, the firm sees why',
    async () => {
      city.setDay(way.day)
      const id = await way.submitted(`${name}-B`)
      const field = name === 'W5' ? 'project.plan' : 'statements.purpose'
      await correct(id, field)
      const asked = await read(id)
      expect(asked.events.at(-1)!.reason).toBe('材料与合同不一致')
      const other = { ...asked.draft, contract: { ...asked.draft.contract, number: 'XX' } } as BodyOf<
        Routes['saveDraft']
      >
      expect(await way.by.saveDraft({ params: { id }, body: other })).toMatchObject({
        problem: { code: 'application.field_not_asked', params: { fields: ['contract.number'] } },
      })
      const text = '用于行业模型训练'
      const changed =
        name === 'W5'
          ? { project: { ...asked.draft.project, plan: text } }
          : { statements: { ...asked.draft.statements, purpose: text } }
      must(await way.by.saveDraft({ params: { id }, body: { ...asked.draft, ...changed } }))
      must(await way.by.submitApplication({ params: { id } }))
      const { changes } = must(await reviewer.readApplication({ params: { id } }))
      expect(changes.map(({ field, after }) => [field, after[0]!.text])).toEqual([[field, text]])
      must(await way.by.withdrawApplication({ params: { id }, body: { reason: '不再申请' } }))
    },
  )

  test('a withdrawal in every state before the decision ends gives back what was reserved', async () => {
    city.setDay(way.day)
    const before = await pool()
    const bringTo: Record<string, (id: string) => Promise<void>> = {
      submitted: async () => undefined,
      correction: (id) => correct(id, name === 'W5' ? 'project.plan' : 'statements.purpose'),
      proposed: approve,
      announced: async (id) => {
        await approve(id)
        await announce(id)
      },
      objected: async (id) => {
        await approve(id)
        await object(id, await announce(id))
      },
    }
    const { application } = ways[name as keyof typeof WAYS]
    for (const [state, bring] of Object.entries(bringTo)) {
      if (
        !allowedEvents(application, state, [ways[name as keyof typeof WAYS].applicant]).some(
          ({ event }) => event === 'withdraw',
        )
      )
        continue
      const id = await way.submitted(`${name}-W-${state}`)
      await bring(id)
      expect((await read(id)).state).toBe(state)
      must(await way.by.withdrawApplication({ params: { id }, body: { reason: '项目调整，不再申请' } }))
      expect([state, await pool()]).toEqual([state, before])
    }
  })

  test('an objection stops its case; dismissed it goes on, upheld it ends and gives the money back', async () => {
    city.setDay(way.day)
    const before = await pool()
    for (const outcome of ['dismissed', 'upheld'] as const) {
      const id = await way.submitted(`${name}-Y-${outcome}`)
      await approve(id)
      const objectionId = await object(id, await announce(id))
      expect((await read(id)).state).toBe('objected')
      const reason = '已向登记机关核实'
      must(await reviewer.answerObjection({ params: { id: objectionId }, body: { outcome, reason } }))
      const { state, events } = await read(id)
      expect([outcome, state]).toEqual([outcome, outcome === 'upheld' ? 'refused' : 'announced'])
      expect(events.at(-1)!.reason).toBe(reason)
      if (outcome === 'dismissed') {
        must(await way.by.withdrawApplication({ params: { id }, body: { reason: '不再申请' } }))
      }
    }
    expect(await pool()).toEqual(before)
    expect(await faultsIn(city.store.database)).toEqual([])
  })
})
