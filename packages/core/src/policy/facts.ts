// A fact schema as data: each fact's label, type, largest value, who proves it and how sensitive it is. A programme
// names the schema it speaks (`facts: cn-voucher/v1`) and the checker refuses any fact the schema does not have.
import { ENUMERATIONS } from './fact-enumerations.ts'
import { KIND_ROWS, type FactRow } from './facts-of-kinds.ts'
import type { Text } from './programme.ts'
import type { Fen } from '../money/index.ts'
import type { Type } from './types.ts'

/** register: an authority's register · document: an upload · declared: the applicant's word · platform: measured or
 * computed by this platform · reviewer: a person's finding · ledger: read from the books */
export type FactSource = 'register' | 'document' | 'declared' | 'platform' | 'reviewer' | 'ledger'

export interface Fact {
  readonly path: string
  readonly type: Type
  readonly label: Text
  readonly source: FactSource
  /** public: may be disclosed · business: a firm's own affair · personal: about a person, masked */
  readonly sensitivity: 'public' | 'business' | 'personal'
  /** the largest amount accepted, in fen; what bounds proofs of exactness and refuses absurd amounts */
  readonly maxFen?: Fen
  readonly maxInt?: bigint
}

export interface FactsSchema {
  readonly id: string
  readonly facts: Readonly<Record<string, Fact>>
  /** the members of each enumeration with their words */
  readonly enumerations: Readonly<Record<string, Readonly<Record<string, Text>>>>
}

/** 10 billion yuan: no single contract of a city comes near it. */
export const MAX_FEN = 1_000_000_000_000n

const ROWS: readonly FactRow[] = [
  ['applicant.kind', 'entity_kind', 'register', 'public', '申报主体类型', 'kind of applicant'],
  ['applicant.uscc', 'string', 'register', 'public', '统一社会信用代码', 'unified social credit code'],
  ['applicant.region', 'region', 'register', 'public', '注册地（GB/T 2260）', 'place of registration'],
  ['applicant.operates_in', 'region', 'document', 'public', '经营地（GB/T 2260）', 'place of business'],
  ['applicant.status', 'reg_status', 'register', 'public', '登记状态', 'registration status'],
  [
    'applicant.independent_legal_person',
    'bool',
    'register',
    'public',
    '独立法人',
    'independent legal person',
  ],
  ['applicant.industry', 'industry', 'register', 'public', '行业（GB/T 4754）', 'industry code'],
  ['applicant.size', 'size', 'platform', 'business', '企业规模', 'size class'],
  ['applicant.established_on', 'date', 'register', 'public', '成立日期', 'established on'],
  [
    'applicant.dishonest_3y',
    'bool',
    'register',
    'business',
    '近三年有失信记录',
    'dishonesty record in three years',
  ],
  [
    'applicant.major_penalty_3y',
    'bool',
    'register',
    'business',
    '近三年有重大行政处罚',
    'major penalty in three years',
  ],
  [
    'applicant.criminal_record_3y',
    'bool',
    'register',
    'personal',
    '近三年有刑事犯罪记录',
    'crime in three years',
  ],
  [
    'applicant.on_dishonesty_list',
    'bool',
    'register',
    'public',
    '列入严重失信名单',
    'on the serious-dishonesty list',
  ],
  [
    'applicant.sound_finance',
    'bool',
    'document',
    'business',
    '财务机构和制度健全',
    'sound financial management',
  ],
  [
    'applicant.fits_city_ai_plan',
    'bool',
    'reviewer',
    'business',
    '符合本市人工智能发展方向',
    "fits the city's AI plan",
  ],
  [
    'applicant.compute_spend_year',
    'money',
    'document',
    'business',
    '年度智能算力实际支出',
    'compute spending of the year',
  ],
  [
    'applicant.listed_as_provider',
    'bool',
    'platform',
    'public',
    '本身是入库的供给方',
    'is a listed provider itself',
  ],
  ['applicant.in_partner_plan', 'bool', 'platform', 'public', '伙伴计划企业', 'in the partner plan'],
  [
    'applicant.leads_national_project',
    'bool',
    'document',
    'business',
    '牵头国家级人工智能项目',
    'leads a national AI project',
  ],
  [
    'applicant.leads_provincial_project',
    'bool',
    'document',
    'business',
    '牵头省级人工智能项目',
    'leads a provincial AI project',
  ],
  [
    'applicant.major_accident_3y',
    'bool',
    'register',
    'business',
    '近三年有重大安全事故',
    'major accident in three years',
  ],
  [
    'applicant.incubated',
    'bool',
    'document',
    'business',
    '在标杆或省部级以上孵化器',
    'in a leading incubator',
  ],
  ['applicant.one_person_company', 'bool', 'reviewer', 'business', '一人公司（OPC）', 'one-person company'],
  ['applicant.support_year', 'int', 'platform', 'business', '第几个补助年度', 'year of support, from 1'],
  [
    'applicant.target_agreement',
    'bool',
    'document',
    'business',
    '已签订目标责任书',
    'has signed the target agreement',
  ],
  ['applicant.labelling_platform', 'bool', 'document', 'public', '数据标注平台', 'a labelling platform'],
  ['applicant.zone_tenant', 'bool', 'register', 'public', '在开发区经营', 'operates in the zone'],
  ['contract.number', 'string', 'document', 'business', '合同编号', 'contract number'],
  ['contract.signed_on', 'date', 'document', 'business', '合同签订日期', 'contract signed on'],
  ['contract.starts_on', 'date', 'document', 'business', '合同开始日期', 'contract starts on'],
  ['contract.ends_on', 'date', 'document', 'business', '合同结束日期', 'contract ends on'],
  ['contract.amount', 'money', 'document', 'business', '合同金额', 'contract amount'],
  [
    'contract.excluded_amount',
    'money',
    'document',
    'business',
    '其中存储、网络、安全等金额',
    'of which storage, network, security',
  ],
  ['contract.settled', 'money', 'document', 'business', '已结算金额', 'amount settled'],
  [
    'contract.excluded_settled',
    'money',
    'document',
    'business',
    '已结算金额中存储、网络、安全等',
    'of the settled amount: storage, network, security',
  ],
  ['contract.use', 'use', 'document', 'business', '用途', 'use'],
  [
    'contract.other_city_subsidy',
    'bool',
    'declared',
    'business',
    '已获其他市级财政同类补贴',
    'other city subsidy of the same kind',
  ],
  [
    'contract.district_subsidy',
    'bool',
    'declared',
    'business',
    '已获区级财政同类补贴',
    'district subsidy of the same kind',
  ],
  [
    'contract.via_data_exchange',
    'bool',
    'document',
    'business',
    '通过数据交易平台购买',
    'bought through a data exchange',
  ],
  [
    'contract.industrial_intelligence',
    'bool',
    'document',
    'business',
    '用于工业智能',
    'for industrial intelligence',
  ],
  [
    'contract.other_side_applied',
    'bool',
    'platform',
    'business',
    '同一算力的另一方已申领',
    'the other side of the same compute has applied',
  ],
  ['contract.self_built', 'bool', 'declared', 'business', '自建自用算力', 'self-built, self-used compute'],
  [
    'contract.settled_local',
    'money',
    'platform',
    'business',
    '已结算金额中使用本市算力的部分',
    'of the settled amount: compute in the city',
  ],
  [
    'contract.metered_on_platform',
    'money',
    'platform',
    'business',
    '调度平台计量的使用金额',
    'use metered on the dispatch platform',
  ],
  [
    'contract.via_city_platform',
    'bool',
    'document',
    'business',
    '通过本市算力服务平台租用',
    'rented through the city’s compute platform',
  ],
  [
    'contract.other_public_money',
    'money',
    'declared',
    'business',
    '同一合同已得的其他财政资金',
    'other public money for the contract',
  ],
  [
    'contract.serves_filed_model',
    'bool',
    'document',
    'business',
    '依托经备案的大模型做模型服务',
    'model service on a filed model',
  ],
  [
    'contract.on_domestic_chips',
    'bool',
    'platform',
    'business',
    '使用国产算力设施',
    'on domestic facilities',
  ],
  ['contract.evident_benefit', 'bool', 'reviewer', 'business', '赋能效益显著', 'evident benefit'],
  ['contract.for_model_rd', 'bool', 'reviewer', 'business', '用于大模型研发和应用', 'for model R&D and use'],
  ['provider.region', 'region', 'register', 'public', '算力资源所在地', 'where the compute stands'],
  ['provider.listed', 'bool', 'platform', 'public', '供给方已入库', 'provider is on the list'],
  [
    'provider.petaflops_fp16',
    'int',
    'platform',
    'public',
    '供给方智能算力（P，半精度）',
    'compute, in P at FP16',
  ],
  ['provider.racks', 'int', 'document', 'public', '供给方标准机架数', 'standard racks of the provider'],
  [
    'provider.keeps_metering_logs',
    'bool',
    'document',
    'public',
    '供给方能提供计量日志',
    'keeps metering logs',
  ],
  [
    'provider.at_designated_centre',
    'bool',
    'document',
    'public',
    '使用指定中心的算力',
    'compute of the designated centre',
  ],
  [
    'buyer.region',
    'region',
    'register',
    'public',
    '买方注册地（GB/T 2260）',
    "buyer's place of registration",
  ],
  ['buyer.kind', 'entity_kind', 'register', 'public', '买方主体类型', 'kind of buyer'],
  [
    'parties.related',
    'bool',
    'platform',
    'business',
    '供需双方为关联方',
    'buyer and provider are related parties',
  ],
  [
    'upper.percent',
    'int',
    'register',
    'business',
    '上级核定的比例（%）',
    'percent that a higher tier approved',
  ],
  ['upper.approved_on', 'date', 'register', 'business', '上级核定日期', 'approved by the higher tier on'],
  [
    'project.items',
    'int',
    'declared',
    'business',
    '项目交付的语料条数',
    'items of corpus that the project delivers',
  ],
  ['application.submitted_on', 'date', 'platform', 'business', '申请日期', 'submitted on'],
  ['review.decided_amount', 'money', 'reviewer', 'business', '评审确定金额', 'amount decided by reviewers'],
  ['voucher.left', 'money', 'ledger', 'business', '券面余额', 'what the voucher still holds'],
  ['voucher.usable_until', 'date', 'ledger', 'business', '券有效期至', 'voucher usable until'],
  ['claim.submitted_on', 'date', 'platform', 'business', '兑付申请日期', 'claim submitted on'],
  [
    'claim.metered',
    'money',
    'platform',
    'business',
    '本次计量计费金额',
    'metered and rated amount of this claim',
  ],
  [
    'claim.contracted',
    'money',
    'platform',
    'business',
    '本次合同约定金额（未兑付部分）',
    'contract amount not yet claimed',
  ],
  ['claim.invoiced', 'money', 'document', 'business', '本次发票金额', 'invoiced amount of this claim'],
  ['claim.paid', 'money', 'document', 'business', '本次实际支付金额', 'amount really paid of this claim'],
]

const SIMPLE = new Set(['bool', 'int', 'string', 'money', 'rate', 'date', 'period', 'region', 'industry'])

function factOf([path, type, source, sensitivity, zh, en]: FactRow): Fact {
  const base = { path, label: { zh, en }, source, sensitivity: sensitivity as Fact['sensitivity'] }
  const members = ENUMERATIONS[type]
  if (members) return { ...base, type: { kind: 'enumeration', name: type, members: Object.keys(members) } }
  const kind = (SIMPLE.has(type) ? type : 'string') as 'string'
  return type === 'money'
    ? { ...base, type: { kind: 'money' }, maxFen: MAX_FEN }
    : { ...base, type: { kind } }
}

/** The facts a Chinese compute-voucher programme may read. */
export const cnVoucherFacts: FactsSchema = {
  id: 'cn-voucher/v1',
  facts: Object.fromEntries([...ROWS, ...KIND_ROWS].map((row) => [row[0], factOf(row)])),
  enumerations: ENUMERATIONS,
}

export const factsSchemas: Readonly<Record<string, FactsSchema>> = { [cnVoucherFacts.id]: cnVoucherFacts }
