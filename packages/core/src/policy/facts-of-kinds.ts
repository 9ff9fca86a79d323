// Facts that only programmes of one kind read: model firms that pass a voucher on, datasets that are traded, clouds,
// one-person companies, what a decision of people relaxed.
import type { FactSource } from './facts.ts'

export type FactRow = readonly [
  path: string,
  type: string,
  source: FactSource,
  sensitivity: string,
  zh: string,
  en: string,
]

// prettier-ignore
export const KIND_ROWS: readonly FactRow[] = [
  ['applicant.multimodal_base_model', 'bool', 'document', 'business', '生成式多模态基础大模型企业', 'has a multimodal base model'],
  ['applicant.compute_contracts_year', 'money', 'platform', 'business', '本年申报的智算合同累计金额（含本合同）', 'compute contracts claimed this year, this one included'],
  ['applicant.consumption_quarter', 'money', 'platform', 'business', '连续三个月的词元、算力和数据消费', 'tokens, compute and data of three months'],
  ['applicant.in_opc_community', 'bool', 'document', 'public', '已入驻一人公司（OPC）社区', 'in a community of one-person companies'],
  ['applicant.daily_tokens_yi', 'int', 'document', 'business', '近三个月日均词元调用量（亿）', 'mean daily tokens of three months, in 100 million'],
  ['applicant.corporate_customers', 'int', 'document', 'business', '企业客户数', 'corporate customers'],
  ['applicant.local_customers', 'int', 'document', 'business', '其中本区企业客户数', 'of them in the district'],
  ['applicant.meets_green_threshold', 'bool', 'reviewer', 'business', '达到绿色门槛', 'meets the green threshold'],
  ['applicant.grants_before', 'int', 'platform', 'business', '此前已获支持的次数', 'grants received before'],
  ['application.direction', 'support_direction', 'declared', 'business', '申报方向', 'direction applied for'],
  ['buyer.uscc', 'string', 'register', 'public', '买方统一社会信用代码', "buyer's unified social credit code"],
  ['contract.listed_product', 'bool', 'platform', 'public', '产品在公布的目录上', 'the product is on the published list'],
  ['contract.cloud_resources', 'money', 'document', 'business', '资源上云费用', 'cloud fees: resources'],
  ['contract.cloud_business', 'money', 'document', 'business', '业务上云费用', 'cloud fees: business'],
  ['contract.cloud_capabilities', 'money', 'document', 'business', '能力上云费用', 'cloud fees: capabilities'],
  ['contract.cloud_ecosystem', 'money', 'document', 'business', '生态上云费用', 'cloud fees: ecosystem'],
  ['contract.service_layer', 'service_layer', 'document', 'business', '云服务层次', 'layer of the cloud service'],
  ['dataset.number', 'string', 'document', 'business', '数据集登记编号', 'registered number of the dataset'],
  ['dataset.first_trade', 'bool', 'document', 'business', '本次含首次交易', 'its first trade is part of this application'],
  ['dataset.resales', 'int', 'document', 'business', '本次申报的再次交易次数', 'further trades in this application'],
  ['review.relaxed_cap', 'money', 'reviewer', 'business', '经批准放宽后的年度上限', 'yearly cap as relaxed by a recorded decision'],
]
