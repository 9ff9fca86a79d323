// Where do applicants drop out, and what takes long? One bar a stage: who went on, who is still there, who left.
import type { FunnelLine, FunnelStage } from '@suanquan/core/application'
import type { Language } from '../format/language.ts'
import { barsScene, HATCHED, type Bar } from './bars.ts'
import { PAINT } from './paint.ts'
import { inWords, percent, type Picture } from './picture.ts'

export interface FunnelData {
  /** in their order; a stage that the way lacks is left out */
  readonly stages: readonly FunnelLine[]
}

type Stage = FunnelData['stages'][number]

const NAMES: Readonly<Record<FunnelStage, { readonly zh: string; readonly en: string }>> = {
  opened: { zh: '填写', en: 'Drafting' },
  submitted: { zh: '审核', en: 'Review' },
  approved: { zh: '待公示', en: 'Before the notice' },
  announced: { zh: '公示', en: 'Notice' },
  granted: { zh: '已获支持，待兑付', en: 'Granted, to be claimed' },
  claimed: { zh: '兑付审核与拨付', en: 'Claim and payment' },
  paid: { zh: '已到账', en: 'Paid' },
}

export function funnelPicture(data: FunnelData, language: Language): Picture {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const { stages } = data
  const most = stages[0]?.entered ?? 0
  return {
    name: say('申请去向', 'application-funnel'),
    language,
    ...finding(stages, language),
    legend: say(
      '深色：进入下一步 · 浅色：还在这一步 · 斜线：在这一步退出（不予支持、撤回、逾期）',
      'Dark: went on · pale: still here · hatched: left here (refused, withdrawn, lapsed)',
    ),
    table: {
      labels: 1,
      head: [
        say('环节', 'Stage'),
        say('到达', 'Reached'),
        say('进入下一步', 'Went on'),
        say('在办', 'Still here'),
        say('退出', 'Left'),
        say('中位工作日', 'Median working days'),
      ],
      rows: stages.map((stage) => [
        inWords(language, NAMES[stage.stage]),
        String(stage.entered),
        isLast(stage) ? '—' : String(onward(stage)),
        isLast(stage) ? '—' : String(stage.waiting),
        isLast(stage) ? '—' : String(stage.left),
        stage.medianWorkingDays === null ? '—' : String(stage.medianWorkingDays),
      ]),
    },
    draw: (width) =>
      barsScene(
        {
          rows: most === 0 ? [] : stages.map((stage) => bar(stage, stages, language)),
          whole: BigInt(most),
          empty: say('还没有申请', 'No applications yet'),
        },
        width,
      ),
  }
}

/** Whoever is paid has arrived. */
function isLast({ stage }: Stage): boolean {
  return stage === 'paid'
}

function onward({ entered, waiting, left }: Stage): number {
  return entered - waiting - left
}

function bar(stage: Stage, stages: readonly Stage[], language: Language): Bar {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const went = BigInt(isLast(stage) ? stage.entered : onward(stage))
  const still = went + BigInt(isLast(stage) ? 0 : stage.waiting)
  const days = stage.medianWorkingDays
  const notes = isLast(stage)
    ? []
    : [
        ...(stage.left > 0 ? [say(`退出 ${stage.left}`, `${stage.left} left`)] : []),
        ...(stage.waiting > 0 ? [say(`在办 ${stage.waiting}`, `${stage.waiting} still here`)] : []),
        ...(days === null
          ? []
          : [say(`中位 ${days} 个工作日`, `median ${days} working ${days === 1 ? 'day' : 'days'}`)]),
      ]
  return {
    label: inWords(language, NAMES[stage.stage]),
    value: say(`${stage.entered} 件`, String(stage.entered)),
    note: notes.join(' · '),
    segments: [
      { from: 0n, to: went, fill: PAINT.main },
      { from: went, to: still, fill: PAINT.pale },
      { from: still, to: BigInt(stage.entered), fill: HATCHED },
    ],
    marked: mostLost(stages).includes(stage),
  }
}

/** The stages at which most left, several when they tie; none when nobody did. */
function mostLost(stages: readonly Stage[]): readonly Stage[] {
  const most = stages.reduce((top, stage) => Math.max(top, isLast(stage) ? 0 : stage.left), 0)
  return most === 0 ? [] : stages.filter((stage) => !isLast(stage) && stage.left === most)
}

function finding(stages: readonly Stage[], language: Language): { title: string; sentence: string } {
  const say = (zh: string, en: string): string => inWords(language, { zh, en })
  const opened = stages[0]?.entered ?? 0
  if (opened === 0) {
    return {
      title: say('还没有申请', 'No applications yet'),
      sentence: say('有申请后，这里显示各环节的去向。', 'Once there are some, this shows where they go.'),
    }
  }
  const worst = mostLost(stages)
  const granted = stages.find(({ stage }) => stage === 'granted')?.entered ?? 0
  const paid = stages.find(({ stage }) => stage === 'paid')?.entered ?? 0
  const slow = stages
    .filter(({ medianWorkingDays }) => medianWorkingDays !== null && medianWorkingDays > 0)
    .reduce<Stage | null>(
      (most, stage) => (stage.medianWorkingDays! > (most?.medianWorkingDays ?? 0) ? stage : most),
      null,
    )
  const share = percent(BigInt(granted), BigInt(opened))
  const sentence = [
    say(
      `${opened} 件申请中 ${granted} 件获得支持（${share}），${paid} 件已到账。`,
      `Of ${opened} ${opened === 1 ? 'application' : 'applications'}, ${granted} ${granted === 1 ? 'was' : 'were'} granted (${share}) and ${paid} paid. `,
    ),
    slow === null
      ? ''
      : say(
          `最久的环节是${NAMES[slow.stage].zh}，中位 ${slow.medianWorkingDays} 个工作日。`,
          `The longest stage: ${NAMES[slow.stage].en}, a median of ${slow.medianWorkingDays} working ${slow.medianWorkingDays === 1 ? 'day' : 'days'}.`,
        ),
  ].join('')
  const names = worst.map(({ stage }) => inWords(language, NAMES[stage])).join(say('、', ' and '))
  const title =
    worst[0] === undefined
      ? say('还没有申请退出', 'Nobody has dropped out so far')
      : worst.length === 1
        ? say(
            `退出最多的环节是${names}：${worst[0].left} 件`,
            `Most drop out at this stage: ${names}, ${worst[0].left}`,
          )
        : say(`${names}退出最多，各 ${worst[0].left} 件`, `Most drop out in ${names}: ${worst[0].left} each`)
  return { title, sentence: sentence.trim() }
}
