// What is handed over when a programme is taken over, sheet by sheet: the columns, what each means, and the field that it
// becomes. A file may head its columns in Chinese or in English; amounts are in yuan.
import {
  importKinds,
  type ColumnType,
  type ImportColumn,
  type ImportKind,
  type Words,
} from './import-kinds.ts'
import type { TakeOverSheetName } from './take-over-names.ts'

export interface TakeOverColumn extends ImportColumn {
  readonly meaning: Words
}

export interface TakeOverSheet extends ImportKind {
  readonly columns: readonly TakeOverColumn[]
}

type Row = readonly [
  id: string,
  zh: string,
  en: string,
  type: ColumnType,
  need: 'required' | 'optional',
  meansZh: string,
  meansEn: string,
]

const column = ([id, zh, en, type, need, meansZh, meansEn]: Row): TakeOverColumn => ({
  id,
  head: { zh, en },
  type,
  required: need === 'required',
  example: '',
  meaning: { zh: meansZh, en: meansEn },
})

const sheet = (zh: string, en: string, columns: readonly TakeOverColumn[]): TakeOverSheet => ({
  title: { zh, en },
  creates: false,
  repeats: true,
  columns,
})

const SCOPES: Readonly<Record<string, Words>> = {
  programme: { zh: '措施', en: 'programme' },
  pool: { zh: '资金池', en: 'pool' },
  firm: { zh: '单位', en: 'firm' },
}

const POOL = [
  'pool',
  '资金池区划代码',
  'pool of district',
  'region',
  'optional',
  '空着为措施本级资金池；分给区县的，填六位区划代码',
  "empty for the programme's own pool; else the division code of the district",
] as const satisfies Row

const MONEY: readonly Row[] = [
  [
    'documentNumber',
    '资金文号',
    'document of the money',
    'text',
    'required',
    '下达资金的文号，一个文号一行',
    'the document that granted the money, a row for each',
  ],
  ['documentOn', '下达日期', 'granted on', 'date', 'required', '文件日期', 'the day of the document'],
  POOL,
  [
    'amountFen',
    '资金额（元）',
    'money (yuan)',
    'yuan',
    'required',
    '截至接管日下达的金额',
    'what it granted until the cut-over',
  ],
]

const CONTRACT: readonly Row[] = [
  [
    'contractNumber',
    '合同编号',
    'contract',
    'text',
    'required',
    '券所依据的算力服务合同',
    'the compute contract that the voucher rests on',
  ],
  [
    'providerCode',
    '供给方统一社会信用代码',
    'credit code of the provider',
    'code',
    'required',
    '合同的供给方，须已在平台登记',
    'the seller, registered as a provider here',
  ],
  ['signedOn', '签订日期', 'signed on', 'date', 'required', '合同签订日', 'the day of the contract'],
  ['startsOn', '合同起始日', 'starts on', 'date', 'required', '合同期第一天', 'the first day of its term'],
  ['endsOn', '合同终止日', 'ends on', 'date', 'required', '合同期最后一天', 'the last day of its term'],
  [
    'contractFen',
    '合同金额（元）',
    'contract amount (yuan)',
    'yuan',
    'required',
    '合同总额',
    'the whole amount',
  ],
  [
    'excludedFen',
    '不予支持金额（元）',
    'not supported (yuan)',
    'yuan',
    'optional',
    '合同中不属于算力的部分，没有则空着',
    'what of the contract is no compute; empty for nothing',
  ],
  [
    'cluster',
    '集群',
    'cluster',
    'text',
    'optional',
    '计量用：券还有余额的必填',
    'for metering: needed while something is left of the voucher',
  ],
  ['account', '调度账号', 'account', 'text', 'optional', '同上', 'the same'],
  ['chip', '芯片型号', 'chip', 'text', 'optional', '同上，如 a100', 'the same, a100 for one'],
  [
    'priceFenPerCardHour',
    '卡时单价（元）',
    'price a card hour (yuan)',
    'yuan',
    'optional',
    '同上',
    'the same',
  ],
]

const VOUCHERS: readonly Row[] = [
  [
    'number',
    '原券号',
    'old voucher number',
    'text',
    'required',
    '原系统的券号，接管后作为别名保留，可查可印',
    'its number in the old system; it stays as an alias',
  ],
  [
    'creditCode',
    '统一社会信用代码',
    'unified social credit code',
    'code',
    'required',
    '持券单位，接管不改变持券单位',
    'the holder, which a take-over never changes',
  ],
  POOL,
  ['amountFen', '券面金额（元）', 'amount (yuan)', 'yuan', 'required', '发放时的金额', 'as it was issued'],
  [
    'issuedOn',
    '发放日期',
    'issued on',
    'date',
    'required',
    '按此日期计入年度限额',
    'it counts in the caps of this year',
  ],
  ['usableUntil', '有效期至', 'usable until', 'date', 'required', '最后可用的一天', 'the last day of use'],
  [
    'usedFen',
    '已核销（元）',
    'used (yuan)',
    'yuan',
    'required',
    '等于该券各笔兑付金额之和',
    'what its claims come to',
  ],
  [
    'expiredFen',
    '已过期退回（元）',
    'expired (yuan)',
    'yuan',
    'optional',
    '因过期退回资金池的金额',
    'returned to the pool when it expired',
  ],
  [
    'revokedFen',
    '已撤销退回（元）',
    'revoked (yuan)',
    'yuan',
    'optional',
    '因撤销退回资金池的金额',
    'returned to the pool by a decision',
  ],
  ...CONTRACT,
]

const CLAIMS: readonly Row[] = [
  [
    'number',
    '原兑付编号',
    'old claim number',
    'text',
    'required',
    '原系统的兑付申请编号',
    'its number in the old system',
  ],
  ['voucher', '原券号', 'old voucher number', 'text', 'required', '对应的券', 'the voucher it drew on'],
  [
    'periodFrom',
    '用量起始日',
    'use from',
    'date',
    'required',
    '所兑付用量的第一天，同一用量不再兑付',
    'the first day of the use that was claimed; it cannot be claimed again',
  ],
  ['periodTo', '用量截止日', 'use to', 'date', 'required', '最后一天', 'its last day'],
  [
    'baseFen',
    '核定使用费（元）',
    'fee settled (yuan)',
    'yuan',
    'required',
    '计算兑付的费用，计入合同已用额',
    'the fee it was reckoned on; it counts against the contract',
  ],
  ['amountFen', '兑付金额（元）', 'amount (yuan)', 'yuan', 'required', '审定金额', 'as it was approved'],
  [
    'paidOn',
    '支付日期',
    'paid on',
    'date',
    'optional',
    '空着为已审定未支付，接管后由平台拨付',
    'empty: approved and owed, to be paid from here',
  ],
  [
    'bankReference',
    '银行流水号',
    'bank reference',
    'text',
    'optional',
    '已支付的必填',
    'needed where it was paid',
  ],
]

const FIGURES: readonly Row[] = [
  [
    'appropriated',
    '下达资金（元）',
    'granted to it (yuan)',
    'yuan',
    'optional',
    '单位行空着',
    'empty for firms',
  ],
  ['vouchers', '券数', 'vouchers', 'count', 'required', '发放张数', 'how many were issued'],
  ['issued', '已发放（元）', 'issued (yuan)', 'yuan', 'required', '券面金额合计', 'their amounts'],
  ['used', '已核销（元）', 'used (yuan)', 'yuan', 'required', '已核销合计', 'what was used'],
  ['paid', '已支付（元）', 'paid (yuan)', 'yuan', 'required', '已支付合计', 'what was paid'],
  ['expired', '已过期退回（元）', 'expired (yuan)', 'yuan', 'required', '过期退回合计', 'what expired'],
  ['revoked', '已撤销退回（元）', 'revoked (yuan)', 'yuan', 'required', '撤销退回合计', 'what was revoked'],
  ['left', '未用余额（元）', 'left (yuan)', 'yuan', 'required', '券上未用合计', 'what is left on vouchers'],
]

const SCOPE: TakeOverColumn = {
  ...column([
    'scope',
    '范围',
    'scope',
    'choice',
    'required',
    '措施（一行）、资金池（每个一行）、单位（要么都列，要么都不列）',
    'programme (one row), pool (each), firm (all of them or none)',
  ]),
  choices: SCOPES,
}

const KEY: Row = [
  'key',
  '代码',
  'code',
  'text',
  'optional',
  '资金池填区划代码（本级空着），单位填统一社会信用代码',
  'of a pool its division code (empty for its own), of a firm its credit code',
]

export const takeOverSheets: Readonly<Record<TakeOverSheetName, TakeOverSheet>> = {
  firms: {
    ...importKinds.organisations,
    columns: importKinds.organisations.columns.map((each) => ({
      ...each,
      meaning: {
        zh: '平台已登记的单位按登记信息，不改；未登记的按此登记',
        en: 'a firm that is registered stays as it is; others are registered so',
      },
    })),
  },
  money: sheet('资金', 'money', MONEY.map(column)),
  vouchers: sheet('已发券', 'vouchers issued', VOUCHERS.map(column)),
  claims: sheet('兑付', 'claims', CLAIMS.map(column)),
  closing: sheet('原系统结账表', 'closing statement', [SCOPE, column(KEY), ...FIGURES.map(column)]),
}
