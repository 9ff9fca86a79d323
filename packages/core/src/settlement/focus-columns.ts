// The columns of a FOCUS 1.2 cost and usage file as Suanquan writes it: FOCUS's own first, ours (x_) after them. What the
// format asks of a column is FOCUS's; what stands in it here is said beside it, for the reference page and for readers.

export type FocusKind = 'text' | 'money' | 'quantity' | 'time'

interface Meaning {
  readonly name: string
  readonly kind: FocusKind
  readonly zh: string
  readonly en: string
}

const column = <Name extends string>(
  name: Name,
  kind: FocusKind,
  zh: string,
  en: string,
): Meaning & { readonly name: Name } => ({ name, kind, zh, en })

export const FOCUS_COLUMNS = [
  column(
    'BilledCost',
    'money',
    '本行金额（元，含税）；券款为负',
    'amount of the row in yuan, tax included; voucher money is below zero',
  ),
  column('BillingAccountId', 'text', '用券企业的统一社会信用代码', 'credit code of the firm'),
  column('BillingAccountName', 'text', '用券企业名称', 'name of the firm'),
  column('BillingCurrency', 'text', '固定为 CNY', 'always CNY'),
  column(
    'BillingPeriodEnd',
    'time',
    '账期（北京时间的自然月）结束，不含',
    'end of the month in China time, excluded',
  ),
  column('BillingPeriodStart', 'time', '账期开始', 'start of the month in China time'),
  column('ChargeCategory', 'text', 'Usage 用量；Credit 券款', 'Usage, or Credit for voucher money'),
  column(
    'ChargeClass',
    'text',
    'Correction：更正以前的账期',
    'Correction where an earlier month is put right',
  ),
  column('ChargeDescription', 'text', '这一行是什么', 'what the row is'),
  column('ChargeFrequency', 'text', 'Usage-Based 按用量；One-Time 一次性', 'Usage-Based, or One-Time'),
  column('ChargePeriodEnd', 'time', '计量结束，不含', 'end of the metered time, excluded'),
  column('ChargePeriodStart', 'time', '计量开始', 'start of the metered time'),
  column('ConsumedQuantity', 'quantity', '卡时', 'card-hours'),
  column('ConsumedUnit', 'text', 'GPU-Hours', 'GPU-Hours'),
  column(
    'ContractedCost',
    'money',
    '合同单价 × 数量，不舍入；券款同本行金额',
    'contracted price × quantity, not rounded; of a credit its amount',
  ),
  column('ContractedUnitPrice', 'money', '合同约定的每卡时价格（元）', 'yuan a card-hour by the contract'),
  column(
    'EffectiveCost',
    'money',
    '同 BilledCost：没有预付摊销',
    'as BilledCost: nothing is prepaid and spread',
  ),
  column('InvoiceId', 'text', '空：发票不逐行对应用量', 'empty: invoices do not name single lines'),
  column(
    'InvoiceIssuerName',
    'text',
    '谁收这笔钱：供给方；券款由政策主管部门',
    'who bills: the provider; of voucher money paid afterwards the authority',
  ),
  column(
    'ListCost',
    'money',
    '目录价 × 数量；没有公布目录价时按合同价',
    'list price × quantity; the contracted price where none is published',
  ),
  column(
    'ListUnitPrice',
    'money',
    '公布的目录价；没有时为合同价',
    'published list price, else the contracted one',
  ),
  column('PricingCategory', 'text', 'Standard', 'Standard'),
  column(
    'PricingQuantity',
    'quantity',
    '计价数量（卡时，九位小数）',
    'priced quantity, card-hours to nine decimals',
  ),
  column('PricingUnit', 'text', 'GPU-Hours', 'GPU-Hours'),
  column('ProviderName', 'text', '同 InvoiceIssuerName', 'as InvoiceIssuerName'),
  column('PublisherName', 'text', '算力中心（供给方）', 'the provider'),
  column('RegionId', 'text', '供给方所在行政区划代码', 'district code of the provider'),
  column('RegionName', 'text', '供给方登记的地区', 'region of the provider as registered'),
  column(
    'ResourceId',
    'text',
    '运行的唯一标识（集群/作业/提交/开始）',
    'identity of the run (cluster/job/submission/start)',
  ),
  column('ResourceName', 'text', '作业号', 'job number'),
  column('ResourceType', 'text', 'GPU Job', 'GPU Job'),
  column('ServiceCategory', 'text', 'AI and Machine Learning', 'AI and Machine Learning'),
  column('ServiceName', 'text', 'AI Computing Power', 'AI Computing Power'),
  column('ServiceSubcategory', 'text', 'AI Platforms', 'AI Platforms'),
  column('SkuId', 'text', '供给方/芯片/整卡或切分', 'provider/chip/card or share of one'),
  column('SkuMeter', 'text', 'GPU Card Hours', 'GPU Card Hours'),
  column('SkuPriceDetails', 'text', '芯片和切分方式（JSON）', 'chip and how a card is cut (JSON)'),
  column('SkuPriceId', 'text', '合同/芯片/切分/单价', 'contract/chip/cut/price'),
  column('SubAccountId', 'text', '合同编号', 'number of the contract'),
  column('SubAccountName', 'text', '合同编号', 'number of the contract'),
  column('SubAccountType', 'text', 'Contract', 'Contract'),
  column('x_ChipModel', 'text', '芯片型号（调度器用名）', 'chip model as the scheduler names it'),
  column('x_ClaimId', 'text', '兑付申请编号', 'number of the claim'),
  column('x_ContractId', 'text', '合同编号', 'number of the contract'),
  column(
    'x_MeterSource',
    'text',
    '用量来自代理、文件还是事件',
    'whether an agent, a file or events told the use',
  ),
  column(
    'x_Open',
    'text',
    'true：运行尚未结束，这一行还会变',
    'true while the run has not ended and the row may grow',
  ),
  column('x_ProgrammeId', 'text', '券款出自哪项措施', 'the programme that gives the voucher money'),
  column('x_RatedReason', 'text', 'rated 计费；其他为不计费的原因', 'rated, or why nothing is charged'),
  column('x_VoucherId', 'text', '券号', 'number of the voucher'),
] as const

export type FocusColumnName = (typeof FOCUS_COLUMNS)[number]['name']

/** Every value as it is written; null is an empty field. */
export type FocusRow = Readonly<Record<FocusColumnName, string | null>>

/** What FOCUS calls supported by the platform that writes the file: its rules for other things do not apply. */
export const FOCUS_SUPPORTS = [
  'ACCOUNT_NAMING_SUPPORTED',
  'BILLING_BASED_ON_PROVISIONED_RESOURCES_SUPPORTED',
  'MULTIPLE_SUB_ACCOUNT_TYPES_SUPPORTED',
  'NEGOTIATED_PRICING_SUPPORTED',
  'PUBLIC_PRICE_LIST_SUPPORTED',
  'REGION_SUPPORTED',
  'RESOURCE_TYPE_ASSIGNMENT_SUPPORTED',
  'SUB_ACCOUNT_SUPPORTED',
  'UNIT_PRICING_SUPPORTED',
  'USAGE_MEASUREMENT_SUPPORTED',
] as const
