// The ladder of use and the months ahead. The title of both says what is sold, what is sold once the greatest part of the terms
// has ended, and what is active, together: a centre that is sold and idle, or sold and soon empty, shows it at once. What no
// feed tells is hatched, never drawn as nothing.
import type { Language } from '../format/language.ts'
import type { AnswerOf } from '../route.ts'
import type { meteringRoutes } from '../routes/metering.ts'
import { barsScene, HATCHED, type Bar } from './bars.ts'
import { PAINT } from './paint.ts'
import { inWords, type Picture } from './picture.ts'

type Answer = AnswerOf<(typeof meteringRoutes)['readLadder']>
export type LadderData = Pick<Answer['total'], 'rungs' | 'standing'> & { readonly activePercent: number }
export type AheadData = Pick<Answer['total'], 'standing'> & Pick<Answer['centres'][number], 'ahead'>
type Rung = LadderData['rungs'][number]
type Standing = LadderData['standing']
type Words = readonly [zh: string, en: string]

export const RUNG_WORDS: Readonly<Record<Rung['name'], Words>> = {
  installed: ['装机', 'Installed'],
  available: ['可用', 'Available'],
  sold: ['已售', 'Sold'],
  allocated: ['已分配', 'Allocated'],
  active: ['活跃', 'Active'],
  effective: ['有效', 'Effective'],
}

export const SOURCE_WORDS: Readonly<Record<Rung['sources'][number], Words>> = {
  statement: ['中心填报', 'the centre’s statement'],
  contracts: ['登记的合同', 'registered contracts'],
  scheduler: ['调度器记账', 'the scheduler'],
  monitoring: ['设备监控', 'device monitoring'],
}

export function ladderPicture(data: LadderData, language: Language): Picture {
  const say = (...[zh, en]: Words): string => inWords(language, { zh, en })
  const { rungs, standing, activePercent } = data
  const longest = rungs.reduce((most, { cardHours }) => Math.max(most, cardHours ?? 0), 0)
  return {
    name: say('利用率阶梯', 'ladder-of-use'),
    language,
    title: standingTitle(standing, language),
    sentence: standingSentence(standing, language),
    legend: say(
      `斜线：没有数据来源，不知道，不是零 · 活跃：一小时平均占用不低于 ${activePercent}% · 有效：按张量单元活跃度折算的卡时`,
      `Hatched: no feed, so unknown and not nothing · active: an hour with a mean busy share of ${activePercent} % or more · effective: card-hours weighted by what the tensor units did`,
    ),
    table: {
      labels: 2,
      head: [
        say('阶梯', 'Rung'),
        say('来源', 'Source'),
        say('卡时', 'Card-hours'),
        'P_d16·h',
        say('数据覆盖', 'Feed looked at'),
      ],
      rows: rungs.map((rung) => [
        say(...RUNG_WORDS[rung.name]),
        sourcesOf(rung.sources, language),
        hoursOf(rung, language),
        rung.pflopHours === null ? '—' : grouped(rung.pflopHours),
        rung.seenShare === null ? '—' : percentOf(rung.seenShare),
      ]),
    },
    draw: (width) =>
      barsScene(
        {
          rows: rungs.map((rung) => rungBar(rung, longest, language)),
          whole: tenths(longest === 0 ? 1 : longest),
          empty: say('还没有数据', 'Nothing is known yet'),
        },
        width,
      ),
  }
}

function rungBar(rung: Rung, longest: number, language: Language): Bar {
  const say = (...[zh, en]: Words): string => inWords(language, { zh, en })
  const to = tenths(rung.cardHours ?? 0)
  const silent = rung.cardHours === null
  const seen =
    rung.seenShare === null
      ? ''
      : say(` · 看到 ${percentOf(rung.seenShare)}`, ` · looked at ${percentOf(rung.seenShare)}`)
  const partly =
    silent || rung.unknownOf === 0
      ? ''
      : say(' · 只知道一部分，实际不少于此', ' · a part is unknown: at least this')
  return {
    label: say(...RUNG_WORDS[rung.name]),
    value: silent ? say('不知道', 'unknown') : hoursOf(rung, language),
    note: silent
      ? say('没有数据来源', 'no feed tells')
      : `${sourcesOf(rung.sources, language)}${seen}${partly}`,
    segments: silent
      ? [{ from: 0n, to: tenths(longest === 0 ? 1 : longest), fill: HATCHED }]
      : [{ from: 0n, to, fill: rung.unknownOf > 0 ? PAINT.second : PAINT.main }],
    marked: rung.name === 'sold' || rung.name === 'active',
  }
}

/** Months ahead: what is sold of what is there. */
export function aheadPicture({ ahead, standing }: AheadData, language: Language): Picture {
  const say = (...[zh, en]: Words): string => inWords(language, { zh, en })
  const longest = ahead.reduce(
    (most, { installedCardHours, soldCardHours, contractsCardHours }) =>
      Math.max(most, installedCardHours ?? 0, soldCardHours ?? 0, contractsCardHours),
    0,
  )
  const figure = (hours: number | null): string =>
    hours === null ? say('不知道', 'unknown') : grouped(hours)
  return {
    name: say('租约到期时间线', 'terms-ahead'),
    language,
    title: standingTitle(standing, language),
    sentence: standingSentence(standing, language),
    legend: say(
      '深色：在此申请的合同 · 中色：中心填报的其他已售 · 浅色：装机未售 · 没有填报的月份只知道前一项',
      'Dark: contracts that apply here · medium: sold besides, as the centre states · pale: installed and unsold · of a month without a statement only the first is known',
    ),
    table: {
      labels: 1,
      head: [
        say('月份', 'Month'),
        say('装机（卡时）', 'Installed (card-hours)'),
        say('已售（卡时）', 'Sold (card-hours)'),
        say('其中登记合同（卡时）', 'Of it by contracts here'),
      ],
      rows: ahead.map((month) => [
        month.month,
        figure(month.installedCardHours),
        figure(month.soldCardHours),
        figure(month.contractsCardHours),
      ]),
    },
    draw: (width) =>
      barsScene(
        {
          rows: ahead.map((month) => {
            const contracts = tenths(month.contractsCardHours)
            const sold = tenths(month.soldCardHours ?? month.contractsCardHours)
            const installed = tenths(month.installedCardHours ?? 0)
            const ends = standing.ending?.month === month.month
            return {
              label: month.month,
              value: figure(month.soldCardHours),
              note: ends
                ? say(
                    `${standing.ending!.contracts} 份合同到期，占在租的 ${percentOf(standing.ending!.share)}`,
                    `${standing.ending!.contracts} contracts end, ${percentOf(standing.ending!.share)} of what they rent`,
                  )
                : '',
              segments: [
                { from: 0n, to: contracts, fill: PAINT.main },
                { from: contracts, to: sold, fill: PAINT.second },
                { from: sold, to: installed, fill: PAINT.pale },
              ],
              marked: ends,
            }
          }),
          whole: tenths(longest === 0 ? 1 : longest),
          empty: say('还没有数据', 'Nothing is known yet'),
        },
        width,
      ),
  }
}

/** Never one of the three without the others. */
export function standingTitle({ sold, ending, after, active }: Standing, language: Language): string {
  const share = (of: Standing['sold']): string => shareOf(of, language)
  return ending === null
    ? inWords(language, {
        zh: `已售${share(sold)}，一年内没有合同到期，活跃${share(active)}`,
        en: `Sold ${share(sold)}, no term ends within a year, active ${share(active)}`,
      })
    : inWords(language, {
        zh: `已售${share(sold)}，${ending.month} 到期后${share(after.sold)}，活跃${share(active)}`,
        en: `Sold ${share(sold)}, after ${ending.month} ${share(after.sold)}, active ${share(active)}`,
      })
}

function standingSentence({ month, ending }: Standing, language: Language): string {
  const ends =
    ending === null
      ? ''
      : inWords(language, {
          zh: `${ending.month} 有 ${ending.contracts} 份合同到期，占登记合同在租量的 ${percentOf(ending.share)}。`,
          en: `In ${ending.month} ${ending.contracts} contracts end, ${percentOf(ending.share)} of what registered contracts rent. `,
        })
  return `${ends}${inWords(language, {
    zh: `比例都以 ${month} 的装机卡时为分母。`,
    en: `All shares are of the card-hours installed in ${month}.`,
  })}`
}

function shareOf(share: Standing['sold'], language: Language): string {
  if (share === null) return inWords(language, { zh: '不知道', en: 'unknown' })
  const text = percentOf(share.share)
  return share.atLeast ? inWords(language, { zh: `至少 ${text}`, en: `at least ${text}` }) : ` ${text}`.trim()
}

/** Never 0 % of something. */
function percentOf(share: number): string {
  return share > 0 && share < 0.005 ? '<1%' : `${Math.round(share * 100)}%`
}

export function sourcesOf(sources: Rung['sources'], language: Language): string {
  const named = sources.map((source) => {
    const [zh, en] = SOURCE_WORDS[source]
    return inWords(language, { zh, en })
  })
  return named.length === 0 ? '—' : named.join(inWords(language, { zh: '、', en: ', ' }))
}

function hoursOf({ cardHours, unknownOf }: Rung, language: Language): string {
  if (cardHours === null) return inWords(language, { zh: '不知道', en: 'unknown' })
  const text = grouped(cardHours)
  return unknownOf > 0 ? inWords(language, { zh: `不少于 ${text}`, en: `≥ ${text}` }) : text
}

function tenths(hours: number): bigint {
  return BigInt(Math.round(hours * 10))
}

function grouped(hours: number): string {
  return (Math.round(hours * 10) / 10).toLocaleString('en-US')
}
