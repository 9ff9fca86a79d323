// The two accounts in Chinese: names of measures, inputs and units, and what others have claimed. The English names are
// the identifiers of core made readable; an input keeps its identifier in both, since the file of facts is keyed by it.
import type { InputKey, QuotedClaim } from '@suanquan/core/evaluation'

import { language, said } from '../language.ts'

export const measureNames: Readonly<Record<string, string>> = {
  outlay: '已兑付支出',
  commitments: '未兑付承诺',
  days_to_exhaustion: '资金可用天数',
  administrative_cost_ratio: '管理成本占支出',
  gross_leverage: '合格支出与支出之比（未扣除本来会发生的）',
  additional_compute: '新增算力',
  additionality_share: '额外效应占比',
  dead_weight_share: '无谓支出占比',
  incrementality: '每元支出带来的新增支出',
  own_money_additionality: '每元支出带来的企业自有资金新增',
  pass_through: '补贴到用户的比例',
  provider_capture: '被供给方涨价吸收的比例',
  displacement: '挤出同城未受益企业',
  leakage: '流向市外',
  value_added: '净增加值',
  fiscal_return_3y: '三年财政回报',
  computeAvailable_of_computeInstalled: '可用算力占已装',
  computeSold_of_computeAvailable: '售出算力占可用',
  computeAllocated_of_computeSold: '分配算力占售出',
  computeActive_of_computeAllocated: '活跃算力占分配',
  computeEffective_of_computeActive: '有效算力占活跃',
  effective_of_installed: '有效算力占已装',
  outlay_per_additional_compute: '每单位新增算力的支出',
  outlay_per_zettaflop: '每 10²¹ 次运算的支出',
  price_level: '合同价格中位数',
  price_against_nation: '与全国价格之比',
  loss: '损失（按随机审计推算）',
  recovered_of_confirmed_loss: '确认损失的追回比例',
  regret: '与最优可行方案的差距',
  reach: '覆盖率',
  reach_by_group: '各类企业覆盖率之差',
  sme_share_of_firms: '中小企业占受益企业',
  sme_share_of_money: '中小企业占资金',
  private_share_of_applicants: '民营企业占申请',
  private_share_of_beneficiaries: '民营企业占受益',
  private_share_of_money: '民营企业占资金',
  first_time_users: '首次使用算力的占比',
  gini: '资金分布基尼系数',
  top_10_share: '最大十家占资金',
  repeated_three_years: '连续三年受益的占比',
  theil_total: '地区不均（泰尔指数）',
  theil_within: '地区不均：区内',
  theil_between: '地区不均：区间',
  science_card_hours: '科研用卡时',
  science_per_researcher: '人均科研卡时',
  jobs: '新增就业',
  jobs_per_mu: '亩均就业',
  trained: '培训人数',
  certified: '取得证书的占比',
  retained_after_12_months: '一年后留任的占比',
  outputs_claimed: '申报成果',
  outputs_verified: '核实成果',
  verified_of_claimed: '成果核实率',
  public_cases_six_months: '运行满半年的公共应用',
  lasting_cases: '公共应用持续率',
  energy_per_compute: '单位算力能耗',
  pue: '电能利用效率 PUE',
  wue: '水利用效率 WUE',
  carbon_per_compute: '单位算力碳排放',
  green_share: '绿电占比',
  domestic_share: '国产算力占比',
  ports_succeeded: '移植成功率',
  days_per_port: '移植天数',
  median_days_to_money: '到账天数中位数',
  p90_days_to_money: '到账天数（90 分位）',
  corrections_per_file: '每件补正次数',
  alerts_per_thousand: '每千家疑点数',
  holds_reversed: '暂缓后撤销的占比',
  false_accusations_by_size: '各规模守规企业被疑之差',
  transparency: '应公开字段的公开率',
  survival_difference_36_months: '36 个月存活率之差',
  satisfied: '满意率',
  response_rate: '问卷回收率',
  complaints_per_thousand: '每千件投诉',
}

export const inputNames: Readonly<Record<InputKey, string>> = {
  pool: '资金池',
  issued: '已发券',
  redeemed: '已兑付',
  expired: '已过期',
  issuedLast90Days: '近 90 天发券',
  administration: '管理成本',
  recovered: '已追回',
  confirmedLoss: '确认损失',
  eligibleSpend: '合格支出',
  paidOutOfArea: '付往市外',
  treatedFirms: '受益企业数',
  effectComputePerFirm: '每家用算力的效果',
  effectSpendPerFirm: '每家支出的效果',
  effectLogPrice: '对价格的效果',
  rateChange: '补助比例变化',
  effectDisplacement: '挤出效果',
  netValueAdded: '净增加值',
  effectRetainedTaxPerFirmYear: '每家每年留存税收的效果',
  discountRate: '折现率',
  computeInstalled: '已装算力',
  computeAvailable: '可用算力',
  computeSold: '售出算力',
  computeAllocated: '分配算力',
  computeActive: '活跃算力',
  computeEffective: '有效算力',
  modelFlopsUtilisation: '模型算力利用率',
  contractPrices: '合同价格',
  nationalPrice: '全国价格',
  auditedSample: '随机审计件数',
  auditedWithLoss: '审计发现损失件数',
  bestFeasibleCompute: '最优可行方案的新增算力',
  simulatedCompute: '本方案模拟的新增算力',
  beneficiaries: '受益企业',
  eligibleFirms: '符合条件企业',
  reachByGroup: '各类企业覆盖',
  smeBeneficiaries: '受益中小企业',
  smeMoney: '中小企业资金',
  applicants: '申请企业',
  privateApplicants: '申请的民营企业',
  privateBeneficiaries: '受益的民营企业',
  privateMoney: '民营企业资金',
  firstTimeUsers: '首次使用企业',
  moneyByFirm: '各企业资金',
  repeatedThreeYears: '连续三年受益企业',
  moneyByCell: '各片区资金与从业人数',
  scienceCardHours: '科研卡时',
  researchers: '科研人员',
  effectJobsPerFirm: '每家就业的效果',
  centreJobs: '中心就业',
  centreMu: '中心占地',
  trained: '培训人数',
  certified: '取证人数',
  retainedAfterYear: '一年后留任人数',
  outputsClaimed: '申报成果',
  outputsVerified: '核实成果',
  publicCases: '公共应用',
  publicCasesSixMonths: '运行满半年的公共应用',
  facilityEnergy: '总用电',
  itEnergy: '信息设备用电',
  greenEnergy: '绿电',
  water: '用水',
  gridFactor: '电网排放因子',
  computeDomestic: '国产算力',
  portsAttempted: '尝试移植',
  portsSucceeded: '移植成功',
  daysPerPort: '移植天数',
  daysToMoney: '到账天数',
  files: '办件数',
  corrections: '补正次数',
  alerts: '疑点数',
  holds: '暂缓数',
  reversals: '撤销暂缓数',
  accusedByGroup: '各类守规企业被疑',
  fieldsPublished: '已公开字段',
  fieldsRequired: '应公开字段',
  effectSurvival: '存活的效果',
  surveyed: '调查企业',
  responded: '答复企业',
  satisfied: '满意企业',
  complaints: '投诉',
}

const UNITS: Readonly<Record<string, string>> = {
  CNY: '元',
  'CNY / CNY': '元/元',
  'CNY per P_d16·h': '元/P_d16·h',
  'CNY per 10²¹ FLOP': '元/10²¹ 次运算',
  days: '天',
  share: '（占比）',
  'share of the gain': '（占收益）',
  index: '（指数）',
  'card-h': '卡时',
  'card-h per person': '卡时/人',
  FTE: '人（全时）',
  'FTE per 亩': '人/亩',
  persons: '人',
  'per million CNY': '/百万元',
  cases: '个',
  'kWh per P_d16·h': '千瓦时/P_d16·h',
  'L per kWh': '升/千瓦时',
  'kgCO2 per P_d16·h': '千克二氧化碳/P_d16·h',
  'per file': '次/件',
  'per 1,000 beneficiaries': '/千家',
  'per 1,000 files': '/千件',
}

/** What others stated, in Chinese; grade and source stand beside it. */
export const claimTexts: Readonly<Record<string, Pick<QuotedClaim, 'about' | 'stated'>>> = {
  caict_multiplier: {
    about: '算力投入 1 元与其后的 GDP',
    stated: '每投入 1 元带动 3–4 元 GDP（毛额，非算力券）',
  },
  dutch_vouchers: {
    about: '荷兰创新券 2004/05，7,500 欧元',
    stated: '十张券中八张新增，一张本来会发生，一张未用',
  },
  creative_credits: {
    about: '曼彻斯特 Creative Credits 2009',
    stated: '与新供应商合作的机会至少提高 84 %；六个月时销售上升，十二个月时无差别',
  },
  growth_vouchers: {
    about: '英国 Growth Vouchers 2014–15，两万多家企业',
    stated: '使用者营业额一年内 +8.2 %；就业无效果',
  },
  emilia_romagna: { about: '艾米利亚-罗马涅研发补贴', stated: '平均为零；小企业投资增加约等于补贴' },
  doe_sbir: {
    about: '美国能源部 SBIR',
    stated: '第一阶段（约 15 万美元）效果大；第二阶段（100 万美元）几乎没有',
  },
  sme_instrument: { about: '欧盟中小企业工具', stated: '资金带来可观效果，仅有质量标志则没有' },
  innofund: {
    about: '中国科技型中小企业创新基金',
    stated: '对存活、专利、风险投资无效果；评分有缺失或被改动',
  },
  italy_exhausted: { about: '意大利创新基金，资金用完之后的申请', stated: '无效果' },
  guizhou_private: { about: '贵州算力券，申请者中的民营企业', stated: '53.8 %' },
  pinghu_centre: {
    about: '平湖中心，2024 年 1–10 月',
    stated: '服务收入 13.9 亿元，制造 9.2 亿元；75 名员工；客户在市外',
  },
  jinan_leased: { about: '济南中心', stated: '一个月内租出 1,000 P' },
}

export function measureName(name: string): string {
  return said({ zh: measureNames[name] ?? name, en: name.replaceAll('_', ' ') })
}

/** With the identifier that the file of facts is keyed by. */
export function inputName(input: InputKey): string {
  return said({ zh: `${inputNames[input]}（${input}）`, en: input })
}

export function unitName(unit: string): string {
  return said({ zh: UNITS[unit] ?? unit, en: unit })
}

export function claimLine({ id, grade, about, stated, source }: QuotedClaim): string {
  const text = (language() === 'zh' ? claimTexts[id] : undefined) ?? { about, stated }
  return said({
    zh: `${grade}  ${text.about}：${text.stated}（来源：${source}）`,
    en: `${grade}  ${text.about}: ${text.stated} (${source})`,
  })
}

/** Columns of a terminal: a Chinese character takes two. */
export function padded(text: string, width: number): string {
  const taken = [...text].reduce((sum, letter) => sum + (/[\u2E80-\uFFEF]/.test(letter) ? 2 : 1), 0)
  return text + ' '.repeat(Math.max(width - taken, 0))
}
