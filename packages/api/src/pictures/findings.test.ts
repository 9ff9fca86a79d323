// What the pictures say is true, also of nothing, of one thing and of what is all the same.
import { describe, expect, test } from 'vitest'
import { burnDownPicture } from './burn-down.ts'
import { capsPicture, type CapsData } from './caps.ts'
import type { FlowData, FlowGrant } from './flow-graph.ts'
import { flowPicture } from './flow.ts'
import { funnelPicture, type FunnelData } from './funnel.ts'
import { aheadPicture, ladderPicture } from './ladder.ts'
import type { Picture } from './picture.ts'
import { waterfallPicture, type WaterfallData } from './waterfall.ts'

/** Amounts are compared with an ordinary space. */
function said({ title, sentence }: Picture): string {
  return `${title} | ${sentence}`.replaceAll('\u2009', ' ')
}

const blank = {
  clause: null,
  amountFen: null,
  rate: null,
  limitFen: null,
  usedFen: null,
  headroomFen: null,
  counts: false,
  binding: false,
}
const text = (zh: string, en: string): { zh: string; en: string } => ({ zh, en })
const rate = {
  ...blank,
  id: 'rate',
  kind: 'rate' as const,
  text: text('比例', 'rate'),
  amountFen: '100000000',
}
const yearly = {
  ...blank,
  id: 'firm_year',
  kind: 'cap' as const,
  text: text('每企业每年最高 200 万元', 'per firm and year, at most ¥2,000,000'),
  limitFen: '200000000',
  usedFen: '160000000',
  headroomFen: '40000000',
  amountFen: '40000000',
  binding: true,
}
const wide = {
  ...yearly,
  id: 'pool',
  text: text('资金池', 'the pool'),
  usedFen: '0',
  headroomFen: '200000000',
}

describe('what limited my amount', () => {
  const caps = (...steps: CapsData['steps']): CapsData => ({ eligible: 'yes', steps })

  test('names the cap that applied and what it took', () => {
    expect(said(capsPicture(caps(rate, yearly), 'zh-CN'))).toBe(
      '起作用的是：每企业每年最高 200 万元 | 上限之前算得 100 万元，这一条把它限为 40 万元，少 60 万元。',
    )
    expect(said(capsPicture(caps(rate, yearly), 'en'))).toBe(
      'What applied: per firm and year, at most ¥2,000,000 | ¥1,000,000 before the caps; this one brings it to ¥400,000, ¥600,000 less.',
    )
  })

  test('says that none applied, or that there is none', () => {
    const enough = { ...wide, binding: false, amountFen: '100000000' }
    expect(said(capsPicture(caps(rate, enough), 'zh-CN'))).toBe(
      '没有上限起作用 | 算得 100 万元，各项上限都够用。',
    )
    expect(said(capsPicture(caps(rate), 'zh-CN'))).toBe('没有上限起作用 | 算得 100 万元，本措施没有上限。')
  })

  test('says nothing of an amount while a fact is missing, and is open about conditions', () => {
    const unknown = { ...yearly, amountFen: null, binding: false }
    expect(capsPicture(caps({ ...rate, amountFen: null }, unknown), 'zh-CN').title).toBe('还算不出金额')
    expect(capsPicture({ eligible: 'unknown', steps: [rate, yearly] }, 'zh-CN').sentence).toContain(
      '只是按现有资料',
    )
    expect(capsPicture(caps(), 'en').title).toBe('No amount can be reckoned yet')
  })

  test('a quota that is used up is named though it has no bar', () => {
    const quota = { ...yearly, text: text('每年一次', 'once a year'), counts: true, amountFen: '0' }
    const picture = capsPicture(caps(rate, quota), 'zh-CN')
    expect(picture.title).toBe('起作用的是：每年一次')
    expect(picture.draw(600).marks.map((mark) => mark.text)).toContain('次数已用完')
  })
})

type Shortfall = WaterfallData['matched']['shortfalls'][number]

describe('why only this amount', () => {
  const legs = [
    { leg: 'metered' as const, applies: true, shownFen: '0', countedFen: '0', least: true, causes: [] },
  ]
  const short = (leg: 'metered' | 'contract' | 'invoice' | 'payment', differenceFen: string): Shortfall => ({
    code: 'x',
    text: text('', ''),
    leg,
    beforeFen: '0',
    afterFen: '0',
    differenceFen,
    refs: [],
  })
  const claim = (
    shownFen: string,
    shortfalls: Shortfall[],
    baseFen: string,
    payableFen: string,
  ): WaterfallData => ({
    matched: { legs, shownFen, shortfalls, baseFen },
    determination: { steps: [{ ...rate, amountFen: payableFen }] },
    payableFen,
  })

  test('names the proof that took most; the rate is the rule and no shortfall', () => {
    const data = claim(
      '100000000',
      [short('contract', '10000000'), short('payment', '20000000')],
      '70000000',
      '14000000',
    )
    expect(said(waterfallPicture(data, 'zh-CN'))).toBe(
      '减得最多的一步：付款没有覆盖，20 万元 | 计量显示 100 万元，应付 14 万元（14%）。',
    )
    expect(waterfallPicture(data, 'en').table.rows.map(([step]) => step)).toEqual([
      'Metered: shown',
      'Not covered by the contract',
      'Not covered by payments',
      'Borne by the firm: beyond the rate',
      'Payable',
    ])
  })

  test('says when everything was proven, and when nothing was used', () => {
    expect(said(waterfallPicture(claim('100000000', [], '100000000', '20000000'), 'zh-CN'))).toBe(
      '用量全部有证明，只按支持比例计算 | 计量显示 100 万元，应付 20 万元（20%）。',
    )
    expect(said(waterfallPicture(claim('0', [], '0', '0'), 'en'))).toBe(
      'Nothing was used that could be paid for | Metered is 0, so ¥0 is payable.',
    )
  })
})

describe('where applications go', () => {
  const stage = (
    name: FunnelData['stages'][number]['stage'],
    entered: number,
    left = 0,
    medianWorkingDays: number | null = null,
  ): FunnelData['stages'][number] => ({ stage: name, entered, waiting: 0, left, medianWorkingDays })

  test('names where most left and what took longest', () => {
    const stages = [
      stage('opened', 10, 1, 2),
      stage('submitted', 9, 4, 6),
      stage('granted', 5),
      stage('paid', 0),
    ]
    expect(said(funnelPicture({ stages }, 'zh-CN'))).toBe(
      '退出最多的环节是审核：4 件 | 10 件申请中 5 件获得支持（50%），0 件已到账。最久的环节是审核，中位 6 个工作日。',
    )
    expect(said(funnelPicture({ stages }, 'en'))).toBe(
      'Most drop out at this stage: Review, 4 | Of 10 applications, 5 were granted (50%) and 0 paid. ' +
        'The longest stage: Review, a median of 6 working days.',
    )
  })

  test('names both where two tie, nobody where nobody left, and says when there is nothing', () => {
    const tie = [stage('opened', 10, 2), stage('submitted', 8, 2), stage('granted', 6), stage('paid', 0)]
    expect(funnelPicture({ stages: tie }, 'zh-CN').title).toBe('填写、审核退出最多，各 2 件')
    const one = [stage('opened', 1), stage('granted', 1), stage('paid', 0)]
    expect(said(funnelPicture({ stages: one }, 'en'))).toBe(
      'Nobody has dropped out so far | Of 1 application, 1 was granted (100%) and 0 paid.',
    )
    expect(funnelPicture({ stages: [] }, 'zh-CN').title).toBe('还没有申请')
    expect(funnelPicture({ stages: [stage('opened', 0)] }, 'en').title).toBe('No applications yet')
  })
})

describe('where the money went', () => {
  const grant = (part: Partial<FlowGrant>): FlowGrant => ({
    sizeClass: 'small',
    providerId: 'a',
    providerName: '云港',
    reservedFen: '0',
    heldFen: '0',
    owedFen: '0',
    paidFen: '0',
    returnedFen: '0',
    ...part,
  })
  const flow = (ungrantedFen: string, part: Partial<FlowData['programmes'][number]>): FlowData => ({
    asOf: '2025-06-30',
    programmes: [
      {
        adoptionId: 'p',
        title: text('算力券', 'Vouchers'),
        appropriatedFen: '100000000',
        ungrantedFen,
        regrantedFen: '0',
        demandedFen: '0',
        recoveredFen: '0',
        grants: [],
        ...part,
      },
    ],
  })

  test('says how much is paid and where the rest is', () => {
    const data = flow('50000000', { grants: [grant({ paidFen: '30000000', heldFen: '20000000' })] })
    expect(said(flowPicture(data, 'zh-CN'))).toBe(
      '已拨付 30 万元，占 30% | 截至 2025-06-30，共 100 万元，已拨付 30 万元，其余：在券中 20 万元，未发放 50 万元。',
    )
    expect(said(flowPicture(data, 'en'))).toBe(
      '¥300,000 paid out, 30% | As of 30 Jun 2025, of ¥1,000,000, ¥300,000 is paid; the rest: ¥200,000 in vouchers, ¥500,000 not granted.',
    )
  })

  test('says when nothing was appropriated, nothing paid, everything paid', () => {
    expect(flowPicture({ asOf: '2025-06-30', programmes: [] }, 'zh-CN').title).toBe('还没有安排资金')
    expect(said(flowPicture(flow('100000000', {}), 'zh-CN'))).toBe(
      '资金还没有拨付到户 | 截至 2025-06-30，共 100 万元：未发放 100 万元。',
    )
    const all = flow('0', { grants: [grant({ paidFen: '100000000' })] })
    expect(said(flowPicture(all, 'zh-CN'))).toBe(
      '已拨付 100 万元，占 100% | 截至 2025-06-30，共 100 万元，已拨付 100 万元。',
    )
  })

  test('what came back and was granted again is told, and counted as a source', () => {
    const data = flow('0', {
      regrantedFen: '20000000',
      grants: [grant({ paidFen: '90000000', returnedFen: '30000000' })],
    })
    expect(flowPicture(data, 'zh-CN').sentence.replaceAll('\u2009', ' ')).toContain(
      '共 120 万元（含退回后再次发放）',
    )
  })
})

describe('how long the pool lasts', () => {
  const series = [
    { day: '2025-01-01', leftFen: '100000000' },
    { day: '2025-06-30', leftFen: '40000000' },
  ]
  const at = (day: string): { day: string; earliest: string; latest: string } => ({
    day,
    earliest: day,
    latest: day,
  })

  test.each([
    [
      { series, exhaustion: at('2025-10-01'), endsOn: '2025-12-31' },
      '资金池约在 2025-10-01 用完 | 还剩 40 万元，按近期速度会早于期末 2025-12-31 91 天用完。',
    ],
    [
      { series, exhaustion: at('2025-12-31'), endsOn: '2025-12-31' },
      '资金池正好用到期末 | 还剩 40 万元，按近期速度在期末 2025-12-31 当天用完。',
    ],
    [
      { series, exhaustion: at('2026-02-01'), endsOn: '2025-12-31' },
      '资金池足够用到期末 | 还剩 40 万元，按近期速度用得到期末 2025-12-31 以后。',
    ],
    [
      { series, exhaustion: null, endsOn: '2025-12-31' },
      '资金池还剩 40 万元 | 近期发放太少，还推算不出何时用完；本期截至 2025-12-31。',
    ],
    [
      { series: [{ day: '2025-01-01', leftFen: '0' }], exhaustion: null, endsOn: '2025-12-31' },
      '资金池已用完 | 一分不剩；本期截至 2025-12-31。',
    ],
    [
      { series: [], exhaustion: null, endsOn: '2025-12-31' },
      '资金池还没有钱 | 预算安排复核后到账；本期截至 2025-12-31。',
    ],
  ])('%#', (data, expected) => {
    expect(said(burnDownPicture(data, 'zh-CN'))).toBe(expected)
    expect(said(burnDownPicture(data, 'en'))).not.toMatch(/\p{Script=Han}/u)
  })
})

test('a centre sold 100 %, active 8 %, with half its terms ending in month 6: no sentence hides one of the three', () => {
  const standing = {
    month: '2026-03',
    sold: { share: 1, atLeast: false },
    ending: { month: '2026-06', contracts: 3, share: 0.5 },
    after: { month: '2026-07', sold: { share: 0.5, atLeast: false } },
    active: { share: 0.08, atLeast: true },
  }
  const rungs = (['installed', 'available', 'sold', 'allocated', 'active', 'effective'] as const).map(
    (name) => ({
      name,
      cardHours: name === 'available' ? null : 100,
      pflopHours: null,
      unknownOf: name === 'available' ? 1 : 0,
      of: 1,
      sources: name === 'available' ? [] : (['statement'] as const).slice(),
      seenShare: null,
    }),
  )
  const picture = ladderPicture({ rungs, standing, activePercent: 5 }, 'en')
  expect(picture.title).toBe('Sold 100%, after 2026-06 50%, active at least 8%')
  expect(aheadPicture({ standing, ahead: [] }, 'zh-CN').title).toBe(
    '已售100%，2026-06 到期后50%，活跃至少 8%',
  )
  expect(picture.table.rows[1]).toEqual(['Available', '—', 'unknown', '—', '—'])
})
