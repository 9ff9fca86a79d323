import type { RatingRefusal, SlurmJsonRefusal, SlurmPsvRefusal } from '@suanquan/core/metering'
import type { RefusalText } from './texts.ts'

const slurmFiles = {
  'metering.empty_file': {
    status: 422,
    zh: '文件为空，请重新导出后上传',
    en: 'the file is empty; export it again',
  },
  'metering.not_text': {
    status: 422,
    zh: '文件不是 UTF-8 文本（第 {byte} 字节起无法识别，从 0 计），请上传未压缩的 sacct 导出文件',
    en: 'the file is not UTF-8 text (byte {byte}, counted from 0); upload the uncompressed output of sacct',
  },
  'metering.json_truncated': {
    status: 422,
    zh: '文件不完整：在第 {line} 行第 {column} 列中断，请重新导出完整文件',
    en: 'the file is cut off at line {line}, column {column}; export the whole file again',
  },
  'metering.json_broken': {
    status: 422,
    zh: '文件不是合法的 JSON：第 {line} 行第 {column} 列“{near}”处有误，请勿手工修改导出文件',
    en: 'not valid JSON at line {line}, column {column} near "{near}"; do not edit the export by hand',
  },
  'metering.not_slurm_json': {
    status: 422,
    zh: '不是 Slurm 记账文件（顶层为 {found}，缺少 meta.plugin 的版本或 jobs），请用 sacct -a -D --json 导出',
    en: 'not Slurm accounting (top level: {found}; no version in meta.plugin, or no jobs); export with sacct -a -D --json',
  },
  'metering.not_accounting': {
    status: 422,
    zh: '这是调度队列（{plugin}），不是记账数据，请用 sacct -a -D --json 或 slurmdb 接口导出',
    en: 'this is the queue ({plugin}), not the accounting; export with sacct -a -D --json or from slurmdb',
  },
  'metering.slurm_reported_errors': {
    status: 422,
    zh: 'Slurm 在导出时报告了 {count} 个错误（{first}），数据可能不全，请排除后重新导出',
    en: 'Slurm reported {count} errors while exporting ({first}), so records may be missing; mend them and export again',
  },
  'metering.field_not_a_count': {
    status: 422,
    zh: '第 {entry} 条记录（作业 {job}）的 {field} 应为不小于 0 的整数，实为 {value}，整份文件未导入',
    en: '{field} of record {entry} (job {job}) should be a whole number from 0, not {value}; nothing of the file was imported',
  },
  'metering.field_not_text': {
    status: 422,
    zh: '第 {entry} 条记录（作业 {job}）的 {field} 应为文本，实为 {value}，整份文件未导入',
    en: '{field} of record {entry} (job {job}) should be text, not {value}; nothing of the file was imported',
  },
  'metering.state_unknown': {
    status: 422,
    zh: '第 {entry} 条记录（作业 {job}）的状态“{state}”无法识别，整份文件未导入，请联系平台确认该状态如何计量',
    en: 'the state "{state}" of record {entry} (job {job}) is not known; nothing was imported; ask how it is to be metered',
  },
  'metering.state_and_times_disagree': {
    status: 422,
    zh: '第 {entry} 条记录（作业 {job}）的状态 {state} 与开始、结束或使用时间矛盾，整份文件未导入，请核对记账数据库',
    en: 'the state {state} of record {entry} (job {job}) contradicts its times; nothing was imported; check the accounting database',
  },
  'metering.time_absurd': {
    status: 422,
    zh: '第 {entry} 条记录（作业 {job}）的时间（{second} 秒）不在 2000 至 2100 年之间，整份文件未导入',
    en: 'a time of record {entry} (job {job}), {second} s, lies outside the years 2000 to 2100; nothing was imported',
  },
  'metering.more_use_than_time': {
    status: 422,
    zh: '第 {entry} 条记录（作业 {job}）的使用与挂起共 {used} 秒，超过起止之间的 {between} 秒，整份文件未导入',
    en: 'record {entry} (job {job}) tells {used} s of use and suspension within {between} s; nothing was imported',
  },
  'metering.devices_disagree': {
    status: 422,
    zh: '第 {entry} 条记录（作业 {job}）按型号共 {typed} 张卡，与总数 {cards} 张矛盾或数量异常，整份文件未导入',
    en: 'record {entry} (job {job}) names {typed} cards by model and {cards} in all, or an absurd number; nothing was imported',
  },
  'metering.devices_missing': {
    status: 422,
    zh: '第 {entry} 条记录（作业 {job}）有使用时间但没有分配资源，整份文件未导入，请检查 AccountingStorageTRES 设置',
    en: 'record {entry} (job {job}) has time but no devices; nothing was imported; check AccountingStorageTRES',
  },
  'metering.psv_not_slurm': {
    status: 422,
    zh: '表头缺少列 {missing}，请用以下命令导出：{command}',
    en: 'the header lacks the columns {missing}; export with: {command}',
  },
  'metering.psv_free_text': {
    status: 422,
    zh: '文件含自由文本列 {columns}：其中的“|”或换行会错位甚至伪造记录，请改用 JSON，或用以下命令导出：{command}',
    en: 'the columns {columns} hold free text, in which | or a line break can shift or forge records; use JSON, or export with: {command}',
  },
  'metering.psv_columns': {
    status: 422,
    zh: '第 {line} 行有 {found} 列，应为 {expected} 列，整份文件未导入',
    en: 'line {line} has {found} columns instead of {expected}; nothing was imported',
  },
  'metering.psv_truncated': {
    status: 422,
    zh: '文件在第 {line} 行中断（末行没有换行），请重新导出完整文件',
    en: 'the file is cut off in line {line} (no line end); export the whole file again',
  },
  'metering.psv_local_time': {
    status: 422,
    zh: '第 {line} 行的 {column}“{value}”是没有时区的本地时间，请用以下命令导出：{command}',
    en: '{column} in line {line}, "{value}", is local time without a zone; export with: {command}',
  },
  'metering.psv_value': {
    status: 422,
    zh: '第 {line} 行的 {column}“{value}”无法识别，整份文件未导入；导出命令：{command}',
    en: '{column} in line {line}, "{value}", cannot be read; nothing was imported; export with: {command}',
  },
} as const satisfies Readonly<Record<SlurmJsonRefusal | SlurmPsvRefusal, RefusalText>>

const rating = {
  'metering.chip_unknown': {
    status: 409,
    zh: '用量 {record} 有 {cards} 张卡没有型号，合同 {contractNo} 无法计费，请算力中心补报型号',
    en: 'usage {record} holds {cards} cards without a model, so contract {contractNo} cannot rate it; have the centre name it',
  },
  'metering.price_missing': {
    status: 409,
    zh: '合同 {contractNo} 没有 {chip} 的单价，用量 {record} 停止计费，请补充协议或改正型号',
    en: 'contract {contractNo} has no price for {chip}, so usage {record} is not rated; amend the contract or the model',
  },
  'metering.price_not_positive': {
    status: 409,
    zh: '合同 {contractNo} 中 {chip} 的单价不大于 0，用量 {record} 停止计费，请更正合同单价',
    en: 'the price of {chip} in contract {contractNo} is not above zero, so usage {record} is not rated; correct it',
  },
  'metering.shard_price_missing': {
    status: 409,
    zh: '合同 {contractNo} 没有约定切分单元如何折算整卡，用量 {record}（{shards} 个切分单元）停止计费，请补充约定',
    en: 'contract {contractNo} does not say how many shards make a card, so usage {record} ({shards} shards) is not rated',
  },
  'metering.not_the_buyer': {
    status: 409,
    zh: '用量 {record} 属于 {user}，不是合同 {contractNo} 的买方 {buyer}，请核对账户与合同的对应关系',
    en: 'usage {record} belongs to {user}, not to the buyer {buyer} of contract {contractNo}; check which account goes with it',
  },
} as const satisfies Readonly<Record<RatingRefusal, RefusalText>>

/** Why a record of a file that was taken stays without effect. */
const records = {
  'metering.no_contract': {
    status: 409,
    zh: '集群/账户/服务等级“{account}”与本中心的任何一份合同都对不上：请企业核对合同中登记的账户，登记后重新导入即可计费',
    en: 'cluster/account/QOS "{account}" fits no contract with this centre: have the firm check the account its contract names, then import again',
  },
  'metering.conflict': {
    status: 409,
    zh: '记录 {record} 与先前导入的同一作业在 {fields} 上不一致，保留先前的：请中心核对后说明以哪份为准',
    en: 'record {record} differs from the one imported before in {fields}; the earlier one stands: have the centre say which is right',
  },
} as const satisfies Readonly<Record<string, RefusalText>>

export const metering = { ...slurmFiles, ...rating, ...records } as const

/** The codes with which the import of a file can be refused, for the route table. */
export const usageImportRefusals = Object.keys(slurmFiles) as (keyof typeof slurmFiles)[]
