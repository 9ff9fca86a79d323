// What can be imported from a file, and its columns: the head of the template, what a reader accepts, and the field that
// each column becomes. A file may head its columns in Chinese or in English.

export type Words = { readonly zh: string; readonly en: string }

export type ColumnType =
  | 'code'
  | 'text'
  | 'digits'
  | 'bank_code'
  | 'region'
  | 'industry'
  | 'date'
  | 'yuan'
  | 'count'
  | 'flag'
  | 'choice'
  | 'choices'

export interface ImportColumn {
  /** the field it becomes */
  readonly id: string
  readonly head: Words
  readonly type: ColumnType
  /** an empty cell is refused; elsewhere it means that the register says nothing */
  readonly required: boolean
  readonly choices?: Readonly<Record<string, Words>>
  readonly example: string
}

export const importKindNames = ['organisations', 'business', 'credit', 'tax', 'social_insurance'] as const
export type ImportKindName = (typeof importKindNames)[number]

export interface ImportKind {
  readonly title: Words
  /** whether an organisation that is not known yet is taken up; else its row is refused */
  readonly creates: boolean
  /** several rows may be about one organisation; else a row that repeats another is refused */
  readonly repeats?: true
  readonly columns: readonly ImportColumn[]
}

const KINDS: Readonly<Record<string, Words>> = {
  enterprise: { zh: '企业', en: 'enterprise' },
  university: { zh: '高等院校', en: 'university' },
  research_institute: { zh: '科研机构', en: 'research institute' },
  maker_team: { zh: '创客团队', en: 'maker team' },
}

const STATUSES: Readonly<Record<string, Words>> = {
  active: { zh: '存续', en: 'active' },
  suspended: { zh: '停业', en: 'suspended' },
  revoked: { zh: '吊销', en: 'revoked' },
  deregistered: { zh: '注销', en: 'deregistered' },
}

const ROLES: Readonly<Record<string, Words>> = {
  applicant: { zh: '申报主体', en: 'applicant' },
  provider: { zh: '供给方', en: 'provider' },
  body: { zh: '受托机构', en: 'engaged body' },
}

export const flagWords: Readonly<Record<string, Words>> = {
  true: { zh: '是', en: 'yes' },
  false: { zh: '否', en: 'no' },
}

type Row = readonly [
  id: string,
  zh: string,
  en: string,
  type: ColumnType,
  need: 'required' | 'optional',
  example: string,
]

function column([id, zh, en, type, need, example]: Row, choices?: ImportColumn['choices']): ImportColumn {
  const made = { id, head: { zh, en }, type, required: need === 'required', example }
  return choices === undefined ? made : { ...made, choices }
}

const CODE = column([
  'creditCode',
  '统一社会信用代码',
  'unified social credit code',
  'code',
  'required',
  '91110000802100433B',
])

const BUSINESS: readonly ImportColumn[] = [
  column(['name', '名称', 'name', 'text', 'required', '示例科技有限公司']),
  column(['kind', '主体类型', 'kind', 'choice', 'required', '企业'], KINDS),
  column(['independentLegalPerson', '独立法人', 'independent legal person', 'flag', 'required', '是']),
  column(['region', '注册地行政区划代码', 'division code', 'region', 'required', '990101']),
  column(['status', '登记状态', 'status', 'choice', 'required', '存续'], STATUSES),
  column(['industry', '行业代码', 'industry code', 'industry', 'required', 'I6513']),
  column(['establishedOn', '成立日期', 'established on', 'date', 'required', '2018-03-01']),
  column(['employees', '从业人员数', 'employees', 'count', 'optional', '80']),
  column(['revenueFen', '营业收入（元）', 'revenue (yuan)', 'yuan', 'optional', '3000000.00']),
  column(['assetsFen', '资产总额（元）', 'assets (yuan)', 'yuan', 'optional', '5000000.00']),
  column([
    'dishonestWithinThreeYears',
    '近三年有失信记录',
    'dishonesty record in three years',
    'flag',
    'optional',
    '否',
  ]),
]

export const importKinds: Readonly<Record<ImportKindName, ImportKind>> = {
  organisations: {
    title: { zh: '单位名录', en: 'list of organisations' },
    creates: true,
    columns: [
      CODE,
      ...BUSINESS,
      column(['bankName', '开户银行', 'bank', 'text', 'optional', '示例银行启明支行']),
      column(['bankAccount', '银行账号', 'bank account', 'digits', 'optional', '6222000011112222']),
      column(['bankCode', '开户行联行号', 'bank code (CNAPS)', 'bank_code', 'optional', '313100000013']),
      column(['roles', '角色', 'roles', 'choices', 'required', '申报主体'], ROLES),
    ],
  },
  business: {
    title: { zh: '工商登记', en: 'business register' },
    creates: false,
    columns: [CODE, ...BUSINESS],
  },
  credit: {
    title: { zh: '信用信息', en: 'credit register' },
    creates: false,
    columns: [
      CODE,
      BUSINESS.at(-1)!,
      column([
        'onDishonestyList',
        '列入严重失信名单',
        'on the serious-dishonesty list',
        'flag',
        'optional',
        '否',
      ]),
      column([
        'majorPenaltyWithinThreeYears',
        '近三年有重大行政处罚',
        'major penalty in three years',
        'flag',
        'optional',
        '否',
      ]),
    ],
  },
  tax: {
    title: { zh: '税务信息', en: 'tax register' },
    creates: false,
    columns: [CODE, ...BUSINESS.filter(({ id }) => id === 'revenueFen' || id === 'assetsFen')],
  },
  social_insurance: {
    title: { zh: '社保信息', en: 'social insurance' },
    creates: false,
    columns: [CODE, column(['employees', '参保人数', 'insured employees', 'count', 'optional', '80'])],
  },
}

/** What a row of an import comes to. */
export const importOutcomes = ['new', 'changed', 'same', 'refused'] as const
export type ImportOutcome = (typeof importOutcomes)[number]

/** The most rows that one file may have. */
export const MOST_IMPORT_ROWS = 20_000
