// What a CSV file of use, an event of use and a question for raw samples can be refused for.
import type { RefusalTexts } from './texts.ts'

/** One field of one run; files tell them all with row and column. */
const fields = {
  'metering.field_missing': {
    status: 422,
    zh: '“{column}”必填，请补上',
    en: '"{column}" is needed: fill it in',
  },
  'metering.field_too_long': {
    status: 422,
    zh: '“{column}”超过 300 个字，请缩短',
    en: '"{column}" is longer than 300 characters: shorten it',
  },
  'metering.field_no_name': {
    status: 422,
    zh: '“{column}”“{value}”只能由字母、数字和 _ . : @ - 组成，不超过 120 个',
    en: '"{column}" "{value}" may hold letters, digits and _ . : @ - only, at most 120 of them',
  },
  'metering.field_no_time': {
    status: 422,
    zh: '“{column}”“{value}”不是存在的时间，请写成 2026-03-01 08:00:00（北京时间）或带时区的 2026-03-01T08:00:00+08:00',
    en: '"{column}" "{value}" is no time that exists: write 2026-03-01 08:00:00 (China time) or 2026-03-01T08:00:00+08:00',
  },
  'metering.field_no_count': {
    status: 422,
    zh: '“{column}”“{value}”不是不小于 0 的整数',
    en: '"{column}" "{value}" is not a whole number from 0',
  },
  'metering.run_without_devices': {
    status: 422,
    zh: '卡数与切分单元都没有：至少一项大于 0',
    en: 'neither cards nor shards: one of them is above 0',
  },
  'metering.run_without_chip': {
    status: 422,
    zh: '有整卡的运行要写明型号，否则无法计费',
    en: 'a run with cards names their chip, or it cannot be rated',
  },
  'metering.run_without_time': {
    status: 422,
    zh: '没有结束时间的运行还在继续，请写明截至目前的使用秒数',
    en: 'a run without an end still goes on: give the seconds used so far',
  },
} as const satisfies RefusalTexts

const tables = {
  'metering.table_no_head': {
    status: 422,
    zh: '前 20 行里没有表头，应有的列：{columns}',
    en: 'no head within the first 20 rows; the columns are: {columns}',
  },
  'metering.table_columns': {
    status: 422,
    zh: '表头不对：缺少 {missing}；重复 {twice}',
    en: 'the head is wrong: missing {missing}; twice {twice}',
  },
  'metering.table_no_rows': {
    status: 422,
    zh: '表头之下没有数据行',
    en: 'there are no rows below the head',
  },
  'metering.rows_broken': {
    status: 422,
    zh: '有 {count} 处错误，首处在第 {row} 行“{column}”列（{value}），整份文件未导入；校验结果列出全部错误，可另存后逐行改正',
    en: '{count} faults, the first in row {row}, column "{column}" ({value}); nothing was imported; the check lists them all',
  },
} as const satisfies RefusalTexts

const events = {
  'metering.event_type': {
    status: 422,
    zh: '第 {entry} 个事件的类型“{type}”不是 {expected}',
    en: 'the type "{type}" of event {entry} is not {expected}',
  },
  'metering.event_field': {
    status: 422,
    zh: '第 {entry} 个事件的 data.{field}（{value}）：{why}，整个请求未接收',
    en: 'data.{field} of event {entry} ({value}): {why}; nothing of the request was taken',
  },
  'metering.event_unsigned': {
    status: 403,
    zh: '第 {entry} 个事件的签名与登记的密钥不符：签名覆盖除 suanquansig 以外的全部属性和 data',
    en: 'the signature of event {entry} is not the enrolled key’s: it covers every attribute but suanquansig, and data',
  },
  'metering.event_other_key': {
    status: 422,
    zh: '第 {entry} 个事件由另一把密钥签名：一个请求只用一把密钥',
    en: 'event {entry} is signed by another key: one request is one key’s',
  },
  'metering.event_differs': {
    status: 409,
    zh: '来源 {source} 的事件 {id} 已收到过，内容不同：已收到的有效。更正请用新的 id，并把 data.revision 加 1',
    en: 'event {id} of {source} came before with another content, which stands: correct it by a fresh id and a higher data.revision',
  },
} as const satisfies RefusalTexts

const raw = {
  'metering.raw_unknown': {
    status: 404,
    zh: '第 {batch} 批没有摘要为 {sm3} 的原始文件',
    en: 'batch {batch} names no raw file with the digest {sm3}',
  },
  'metering.raw_asked': {
    status: 409,
    zh: '这个原始文件已经请求过，请等待中心的答复或查看已有答复',
    en: 'this raw file has been asked for: wait for the answer of the centre, or read the one there is',
  },
  'metering.raw_answered': {
    status: 409,
    zh: '这项请求已经答复过，先前的答复有效',
    en: 'this question has been answered, and that answer stands',
  },
  'metering.raw_differs': {
    status: 422,
    zh: '文件的 SM3 摘要是 {found}，签名批次中写的是 {expected}：不是同一个文件',
    en: 'the SM3 digest of the file is {found}, the signed batch says {expected}: not the same file',
  },
  'metering.raw_not_sent': {
    status: 409,
    zh: '中心没有交来这个文件：请看请求的答复',
    en: 'the centre has not handed this file over: read its answer',
  },
} as const satisfies RefusalTexts

/** What the agent says of what it meets. */
const agent = {
  'agent.clock_differs': {
    status: 409,
    zh: '{source} 的时钟比本机{ahead}了 {seconds} 秒：请两边都接入 NTP，时间段的边界会按各自的时钟',
    en: 'the clock of {source} is {seconds} s {ahead} this machine’s: set both by NTP, since each bounds time by its own',
  },
  'agent.over_shared': {
    status: 409,
    zh: '设备 {device} 在同一时刻被占用超过整卡（{owners}）：请核对调度器的切分记录',
    en: 'more than the whole of device {device} is held at one moment (by {owners}): check the scheduler’s shares',
  },
  'agent.kueue_differs': {
    status: 409,
    zh: '{hour} 起一小时内 Kueue 记录 {kueue} 设备秒，Pod 记录 {pods} 设备秒，相差超过百分之五：请核对两边的采集',
    en: 'in the hour from {hour} Kueue tells {kueue} device seconds and the pods {pods}, more than 5 in 100 apart: check both feeds',
  },
  'agent.hour_not_whole': {
    status: 409,
    zh: '{source} 从 {hour} 起一小时只有 {percent}% 的样本：其余时间没有计量，请检查监控是否中断',
    en: '{source} has only {percent} % of the samples of the hour from {hour}: the rest is not metered; check the monitoring',
  },
  'agent.pods_not_told': {
    status: 422,
    zh: '{metric} 的样本没有 {label} 标签（现有 {labels}）：请检查 kube-state-metrics 的抓取配置',
    en: 'samples of {metric} have no label {label} (there are {labels}): check how kube-state-metrics is scraped',
  },
} as const satisfies RefusalTexts

export const usageRun = { ...fields, ...tables, ...events, ...raw, ...agent } as const

/** The codes with which a table of runs can be refused, for the route table. */
export const runTableRefusals = Object.keys(tables) as (keyof typeof tables)[]

export const eventRefusals = Object.keys(events) as (keyof typeof events)[]
