// A placement in words: the answer first, then what arrived, what failed and why, what the classes cost; last the answer.
import type { ClassReason, FailureCode, TaskKind } from '@suanquan/core/placement'

import { said, type Sentence } from '../language.ts'
import type { ClassRow, FailureGroup } from './place-reasons.ts'
import type { PlaceReport } from './place.ts'
import { number } from './show-estimate.ts'

export function placeText(report: PlaceReport): string {
  const { failed } = report
  const row = (zh: string, en: string, value: string): string => `${said({ zh, en })}: ${value}`
  const answer = answerLine(report)
  return [
    answer,
    '',
    row('策略', 'strategy', `${report.strategy} (${report.seed}, ${report.order})`),
    row('节点 / 卡', 'nodes / devices', `${report.nodes} / ${report.devices}`),
    row('到达任务', 'tasks arrived', arrivedText(report)),
    ...(Object.keys(KINDS) as TaskKind[]).map((kind) =>
      row(`失败：${KINDS[kind].zh}`, `failed: ${KINDS[kind].en}`, String(failed[kind])),
    ),
    row('搬移', 'moves', String(report.moves)),
    row(
      '每次决策',
      'decision',
      `${report.medianMicros.toFixed(1)} µs (99 %: ${report.p99Micros.toFixed(1)} µs)`,
    ),
    ...(report.failures.length === 0 ? [] : ['', said({ zh: '失败的原因', en: 'why tasks failed' })]),
    ...report.failures.slice(0, MOST_ROWS).flatMap(failureLines),
    ...more(report.failures.length - MOST_ROWS),
    ...(report.prices.length === 0
      ? []
      : [
          '',
          said({
            zh: '卡型影子价格（以卡计：每卡、每核、每 GiB 内存）',
            en: 'class prices (in devices: a device, a core, a GiB of memory)',
          }),
        ]),
    ...report.prices.map(
      (price) => `  ${classText(price)}: ${[price.device, price.core, price.gib].map(number).join(' / ')}`,
    ),
    '',
    answer,
  ].join('\n')
}

const MOST_ROWS = 8

function more(count: number): string[] {
  return count > 0
    ? [said({ zh: `  ……另有 ${count} 类，见 --json`, en: `  … ${count} more kinds, see --json` })]
    : []
}

function answerLine({
  devices,
  allocatedPercent,
  upperBoundPercent: bound,
  failed,
  tasks,
}: PlaceReport): string {
  const lost = Object.values(failed).reduce((sum, count) => sum + count, 0)
  const share = allocatedPercent.toFixed(2)
  const limit =
    bound === null
      ? ''
      : said({ zh: `，上界 ${bound.toFixed(2)} %`, en: `, upper bound ${bound.toFixed(2)} %` })
  if (devices === 0) {
    return said({
      zh: `没有卡可分配；${tasks} 个任务中 ${lost} 个失败`,
      en: `no devices to allocate; ${lost} of ${tasks} tasks failed`,
    })
  }
  return said({
    zh: `分配率 ${share} %${limit}；${tasks} 个任务中 ${lost} 个失败`,
    en: `allocated ${share} %${limit}; ${lost} of ${tasks} tasks failed`,
  })
}

function arrivedText({ arrived, tasks, fileTasks, fileRatio, resampled }: PlaceReport): string {
  const asks = fileRatio === null ? '–' : fileRatio.toFixed(2)
  if (arrived === 'file') {
    return said({
      zh: `${tasks}，任务表原样一遍（请求量为容量的 ${asks} 倍）`,
      en: `${tasks}, the file once as it is (asks for ${asks} of the devices)`,
    })
  }
  return said({
    zh: `${tasks}，到请求量为容量的 ${arrived.toFixed(2)} 倍为止；任务表有 ${fileTasks} 个（${asks} 倍），其中 ${resampled} 个是重复抽取的`,
    en: `${tasks}, up to ${arrived.toFixed(2)} of the devices asked for; the file has ${fileTasks} (${asks}), ${resampled} were drawn again`,
  })
}

const KINDS: Readonly<Record<TaskKind, Sentence>> = {
  cpuOnly: { zh: '纯 CPU', en: 'CPU only' },
  sharing: { zh: '共享一卡', en: 'sharing' },
  oneDevice: { zh: '一卡', en: 'one device' },
  multiDevice: { zh: '多卡', en: 'several devices' },
}

const CODES: Readonly<Record<FailureCode, Sentence>> = {
  no_such_chip: { zh: '没有一个节点有这种卡', en: 'no node has this chip' },
  no_class: { zh: '没有一类节点容得下，空着也不行', en: 'no class of nodes could hold it, even idle' },
  devices: { zh: '卡不够', en: 'too few devices free' },
  cpu: { zh: '有卡的节点 CPU 不够', en: 'nodes with free devices lack CPU' },
  memory: { zh: '有卡的节点内存不够', en: 'nodes with free devices lack memory' },
}

const REASONS: Readonly<Record<ClassReason, Sentence>> = {
  chip_not_in_set: { zh: '卡型不符', en: 'another chip' },
  other_centre: { zh: '不在所选中心', en: 'another centre' },
  provider_excluded: { zh: '供给方被排除', en: 'provider excluded' },
  security_class_too_low: { zh: '安全等级不够', en: 'security class too low' },
  no_such_partition: { zh: '没有这种切分', en: 'no such partition' },
  device_memory_too_small: { zh: '显存太小', en: 'device memory too small' },
  device_memory_unknown: { zh: '显存未知', en: 'device memory unknown' },
  node_too_small: { zh: '节点太小', en: 'node too small' },
}

function failureLines({ code, kind, chips, tasks, example, candidates }: FailureGroup): string[] {
  const set = chips.length === 0 ? said({ zh: '不限卡型', en: 'any chip' }) : chips.join(' | ')
  const head = said({
    zh: `  ${tasks} 个：${said(KINDS[kind])}，${set}：${said(CODES[code])}（如 ${example}）`,
    en: `  ${tasks}: ${said(KINDS[kind])}, ${set}: ${said(CODES[code])} (${example}, for one)`,
  })
  if (code === 'no_such_chip') return [head]
  const classes = candidates
    .filter(({ excluded }) => excluded !== 'chip_not_in_set')
    .map(({ excluded, lack, ...row }) => {
      const missing = excluded
        ? said(REASONS[excluded])
        : said({
            zh: `缺卡 ${lack.devices}、缺 CPU ${lack.cpu}、缺内存 ${lack.memory}（节点数）`,
            en: `nodes short of devices ${lack.devices}, of CPU ${lack.cpu}, of memory ${lack.memory}`,
          })
      return `    ${classText(row)}: ${missing}`
    })
  return [head, ...classes.slice(0, MOST_CLASSES)]
}

const MOST_CLASSES = 4

function classText({ chip, devicesPerNode, cpuMilli, memoryMib, nodes }: ClassRow): string {
  const of = chip === '' ? 'CPU' : `${devicesPerNode} × ${chip}`
  return `${nodes} × [${of}, ${number(cpuMilli / 1000)} CPU, ${number(memoryMib / 1024)} GiB]`
}
