// Money: two appropriations of the year, each proposed by one officer and approved by the other; a batch a month with
// four eyes and the bank's answer, of which now and then a line comes back.
import { districts } from '@suanquan/city'
import { addDays, type Day } from '@suanquan/core/calendar'
import type { Fen } from '@suanquan/core/money'
import { must, mustRefuse } from './actor.ts'
import { workingDayFrom, workingDaysAfter } from './agenda.ts'
import { count, countOf, today, type Demo, type DemoProgramme } from './demo.ts'
import { verifyInvoices } from './verify.ts'

export interface Tranche {
  /** the programme whose pool it feeds */
  readonly programme: DemoProgramme['name']
  readonly document: string
  readonly amountFen: Fen
  readonly proposedOn: Day
  readonly approvedOn: Day
}

const WAN = 1_000_000n

/** The year of a city of 340 firms; a smaller one has its share of it. */
export function tranchesFor(firms: number): Tranche[] {
  const share = (wan: bigint): Fen => ((wan * BigInt(firms)) / 340n) * WAN
  return [
    {
      programme: 'voucher',
      document: '示财建〔2024〕8号',
      amountFen: share(2200n),
      proposedOn: '2024-01-08',
      approvedOn: '2024-01-10',
    },
    {
      programme: 'voucher',
      document: '示财建〔2024〕61号',
      amountFen: share(1400n),
      proposedOn: '2024-10-30',
      approvedOn: '2024-11-05',
    },
    {
      programme: 'deduction',
      document: '示财经〔2024〕3号',
      amountFen: share(900n),
      proposedOn: '2024-02-26',
      approvedOn: '2024-02-28',
    },
    {
      programme: 'after_use',
      document: '示财数〔2024〕15号',
      amountFen: share(400n),
      proposedOn: '2024-08-19',
      approvedOn: '2024-08-21',
    },
    {
      programme: 'seller',
      document: '示财数〔2024〕16号',
      amountFen: share(240n),
      proposedOn: '2024-08-19',
      approvedOn: '2024-08-21',
    },
    {
      programme: 'automatic',
      document: '示财数〔2024〕20号',
      amountFen: share(60n),
      proposedOn: '2024-09-26',
      approvedOn: '2024-09-29',
    },
  ]
}

export function planTranches(demo: Demo, tranches: readonly Tranche[]): void {
  const [proposer, approver] = demo.staff.finance
  for (const { programme: name, document, amountFen, proposedOn, approvedOn } of tranches)
    demo.agenda.plan(proposedOn, 'finance', async () => {
      const { adoptionId } = demo.programmes.find((each) => each.name === name)!
      const source = { documentNumber: document, documentOn: proposedOn }
      const body = { adoptionId, ...source, amountFen: amountFen.toString() }
      const { id } = await must('登记预算', proposer.api.proposeAppropriation({ body }))
      const own = proposer.api.approveAppropriation({ params: { id } })
      await mustRefuse('自己复核自己', own, 'appropriation.own_proposal')
      demo.agenda.plan(approvedOn, 'finance', async () => {
        await must('复核预算', approver.api.approveAppropriation({ params: { id } }))
        const programme = demo.programmes.find((each) => each.name === name)!
        countOf(demo, programme, 'tranches')
        if (name === 'voucher') await allot(demo, programme, { document, amountFen })
      })
    })
}

/** Two districts have allotments of their own: hundredths of every tranche, by their firms. */
const ALLOTTED = [
  [districts[1]!, 32n],
  [districts[2]!, 20n],
] as const

/** 分区额度: opened with the first tranche, filled from each by two people. */
async function allot(
  demo: Demo,
  { adoptionId }: DemoProgramme,
  { document, amountFen }: Pick<Tranche, 'document' | 'amountFen'>,
): Promise<void> {
  const [proposer, approver] = demo.staff.finance
  const opened = await must('查看分账', proposer.api.readPools({ params: { id: adoptionId } }))
  for (const [{ code, name: zh }, share] of ALLOTTED) {
    let { parts } = opened
    if (!parts.some(({ district }) => district === code)) {
      const body = { adoptionId, kind: 'district' as const, district: code, reference: '', name: `${zh}额度` }
      parts = (await must('设立分区额度', proposer.api.openAllotment({ body }))).parts
    }
    const to = parts.find(({ district }) => district === code)!.id!
    const { id } = await must(
      '提出资金调剂',
      proposer.api.proposePoolMove({
        body: {
          adoptionId,
          from: 'pool',
          to,
          amountFen: ((amountFen * share) / 100n).toString(),
          documentNumber: `${document}（${zh}）`,
          documentOn: today(demo),
          reason: '按上年申请数分区下达',
        },
      }),
    )
    demo.clock.pass()
    const params = { id }
    await must(
      '复核资金调剂',
      approver.api.decidePoolMove({ params, body: { decision: 'approve', reason: '' } }),
    )
    count(demo, 'allotted')
  }
}

/** 国库支付参数 of every fund, before the first batch of the year. */
async function setTreasury(demo: Demo): Promise<void> {
  const [officer] = demo.staff.finance
  const { items } = await must('查看专项资金', officer.api.listFunds({}))
  for (const [index, { id }] of items.entries())
    await must(
      '设定国库支付参数',
      officer.api.setTreasury({
        params: { id },
        body: {
          profile: {
            payerName: '示例市数据局',
            payerAccount: `110001000000000${index}`,
            payerBankName: '示例银行国库集中支付营业部',
            payerBankCode: '102990000013',
            budgetUnitCode: '201001',
            projectCode: `99010024P00${index + 1}`,
            quotaDocument: null,
            functionClass: '2150899',
            economicClass: '50799',
            departmentClass: '31299',
            fundNature: '一般公共预算资金',
            paymentMode: '国库集中支付',
            letters: 'chinese',
            payerLatinName: null,
          },
          reason: '年初设定（演示）',
        },
      }),
    )
}

export function planBatches(demo: Demo, until: Day): void {
  demo.agenda.plan(workingDayFrom('2024-03-11'), 'finance', () => setTreasury(demo))
  for (let month = '2024-03'; `${month}-12` <= until; month = addDays(`${month}-28`, 4).slice(0, 7))
    demo.agenda.plan(workingDayFrom(`${month}-12`), 'finance', async () => {
      for (const programme of demo.programmes) await prepare(demo, programme)
    })
}

async function prepare(demo: Demo, programme: DemoProgramme): Promise<void> {
  const [preparer, approver] = demo.staff.finance
  const ready = await must('可拨付', preparer.api.listReadyClaims())
  const { adoptionId } = programme
  const own = ready.items.filter((item) => item.adoptionId === adoptionId)
  if (own.length === 0) return
  await verifyInvoices(demo, own)
  const body = { adoptionId, claimIds: own.map(({ id }) => id) }
  const batch = await must('编制拨付批次', preparer.api.prepareDisbursement({ body }))
  demo.clock.pass()
  countOf(demo, programme, 'batches')
  const params = { id: batch.id }
  demo.agenda.plan(workingDaysAfter(today(demo), 2), 'finance', async () => {
    const body = { fileSha256: batch.fileSha256 }
    await mustRefuse(
      '自己复核自己',
      preparer.api.approveDisbursement({ params, body }),
      'disbursement.own_batch',
    )
    await must('复核拨付', approver.api.approveDisbursement({ params, body }))
    demo.agenda.plan(workingDaysAfter(today(demo), 2), 'finance', () => confirm(demo, programme, batch))
  })
}

/** The bank's answer, as a file; the accounts of a few firms were typed wrongly, and their money comes back once. */
async function confirm(
  demo: Demo,
  programme: DemoProgramme,
  batch: { readonly id: string; readonly number: string },
): Promise<void> {
  const [preparer] = demo.staff.finance
  const params = { id: batch.id }
  const { items } = await must('查看批次', preparer.api.readDisbursement({ params }))
  const careless = demo.cases.filter(
    ({ plan, slipped }) => plan.claims.slip === 'bank_returns' && !slipped.has('returned'),
  )
  const returned = new Set(
    items.flatMap(({ claimId, organisationName }) => {
      const each = careless.find(
        ({ plan, slipped }) => plan.firm.organisation.name === organisationName && !slipped.has('returned'),
      )
      if (each === undefined) return []
      each.slipped.add('returned')
      return [claimId]
    }),
  )
  const rows = items.map((item) => [
    item.instructionId,
    (Number(item.amountFen) / 100).toFixed(2),
    ...(returned.has(item.claimId) ? ['退汇', today(demo), '账号与户名不符'] : ['成功', today(demo), '']),
    `YH${item.instructionId.replaceAll('-', '')}`,
  ])
  const lines = [['指令号', '金额（元）', '结果', '日期', '原因', '银行流水号'], ...rows]
  const bytes = Buffer.from(`${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`)
  const file = { name: `回单 ${batch.number}.csv`, bytes, mediaType: 'text/csv' }
  await must('登记银行回单', preparer.api.recordBankAnswer({ params, query: {}, file }))
  demo.clock.pass()
  countOf(demo, programme, 'lines_paid', items.length - returned.size)
  countOf(demo, programme, 'lines_returned', returned.size)
}
