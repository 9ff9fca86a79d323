import type { RefusalTexts } from './texts.ts'

export const pool = {
  'pool.as_of_twice': {
    status: 422,
    zh: '日期和序号只能选一个',
    en: 'ask as of a day or as of a sequence, not both',
  },
  'pool.sequence_of_one': {
    status: 422,
    zh: '序号属于一个资金账本：请同时指明措施，或改用日期',
    en: 'a sequence belongs to one fund: name the programme with it, or ask as of a day',
  },
  'pool.allotment_exists': {
    status: 409,
    zh: '这项措施已有同样的额度“{name}”',
    en: 'the programme has this allotment already: "{name}"',
  },
  'pool.district_foreign': {
    status: 422,
    zh: '区划 {district} 不在本市，或分区额度、区级配套没有选区县',
    en: 'the division {district} is not of this city, or a district allotment or tier names no district',
  },
  'pool.reference_unfit': {
    status: 422,
    zh: '分批额度须有批次号，其他额度不填',
    en: 'a batch has a number, the other allotments have none',
  },
  'pool.share_unfit': {
    status: 422,
    zh: '区级配套须写明市级分担比例（大于 0、小于 100%，如 60%）和零头由谁承担；其他额度不填',
    en: "a tier states the city's share (above 0, below 100 %, such as 60%) and who pays the rest; other allotments do not",
  },
  'pool.amount_zero': { status: 422, zh: '金额须大于零', en: 'the amount must be above zero' },
  'pool.document_used': {
    status: 409,
    zh: '文号 {documentNumber} 已用于这项措施的另一笔调剂',
    en: 'document {documentNumber} carries another move of this programme already',
  },
  'pool.document_later': {
    status: 422,
    zh: '文件日期 {documentOn} 晚于今天',
    en: 'the document of {documentOn} is dated later than today',
  },
  'pool.move_unknown': {
    status: 422,
    zh: '资金不能这样调：只能在预算安排、资金池和各分额度之间调剂，或把未入池的退回财政',
    en: 'money cannot move so: only between the appropriation, the pool and its allotments, or from the appropriation to the treasury',
  },
  'pool.tier_kept': {
    status: 422,
    zh: '区级配套资金归该区财政，市级不能调剂',
    en: "what a district adds is its own treasury's; the city does not move it",
  },
  'pool.own_proposal': {
    status: 403,
    zh: '须由提出人以外的人复核',
    en: 'somebody else than who proposed it must decide',
  },
  'pool.wrong_state': {
    status: 409,
    zh: '这笔调剂已办结（{state}）',
    en: 'this move is decided already ({state})',
  },
  'pool.short': {
    status: 409,
    zh: '“{pool}”只剩 {leftYuan} 元，不够调出；请改小金额或先补足',
    en: 'only {leftYuan} yuan are left in "{pool}"; move less, or fund it first',
  },
  'pool.reason_missing': {
    status: 422,
    zh: '不同意须写明理由',
    en: 'a refusal needs its reason',
  },
} as const satisfies RefusalTexts
