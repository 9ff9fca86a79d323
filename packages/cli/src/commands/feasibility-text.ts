// The words of a feasibility review in both languages. Core gives codes and values; every code has its sentence here,
// held complete by the types.
import type {
  ClauseId,
  DefaultId,
  Driver,
  FactPath,
  Favour,
  GateId,
  GateReason,
  GateStatus,
  PReading,
  StressId,
  Verdict,
} from '@suanquan/core/feasibility'

import type { Sentence } from '../language.ts'

export const VERDICTS: Readonly<Record<Verdict, Sentence>> = {
  approve: { zh: '批准', en: 'approve' },
  return: { zh: '退回补充', en: 'return for completion' },
  unsuitable: { zh: '不宜建设', en: 'unsuitable' },
}

export const STATUSES: Readonly<Record<GateStatus, Sentence>> = {
  held: { zh: '通过', en: 'held' },
  failed: { zh: '不通过', en: 'failed' },
  unknown: { zh: '未知', en: 'unknown' },
}

export const READINGS: Readonly<Record<PReading, Sentence>> = {
  dense_fp16: { zh: '稠密 FP16', en: 'dense FP16' },
  sparse_fp16: { zh: '稀疏 FP16', en: 'sparse FP16' },
  dense_int8: { zh: '稠密 INT8', en: 'dense INT8' },
  sparse_int8: { zh: '稀疏 INT8', en: 'sparse INT8' },
  fp64: { zh: '双精度 FP64', en: 'FP64' },
}

export const FAVOUR_NAMES: Readonly<Record<Favour, Sentence>> = {
  land: { zh: '土地', en: 'land' },
  energy: { zh: '能耗', en: 'energy' },
  fiscal: { zh: '财税', en: 'fiscal' },
}

export const GATE_NAMES: Readonly<Record<GateId, Sentence>> = {
  unit: { zh: '算力口径', en: 'unit' },
  capex: { zh: '单位造价', en: 'capex per P' },
  rack_occupancy: { zh: '机架上架率', en: 'rack occupancy' },
  hub: { zh: '枢纽布局', en: 'national hubs' },
  layout: { zh: '省内布局与优惠', en: 'layout and favours' },
  offtake: { zh: '包销', en: 'offtake' },
  self_dealing: { zh: '自我循环', en: 'self-dealing' },
  energy: { zh: '能耗指标', en: 'energy quota' },
  chip_supply: { zh: '芯片供应', en: 'chip supply' },
  operator: { zh: '运营能力', en: 'operator' },
  software: { zh: '软件方案', en: 'software plan' },
  security: { zh: '信息安全', en: 'information security' },
  funding: { zh: '资金来源', en: 'funding' },
  phases: { zh: '分期建设', en: 'phases' },
  return: { zh: '投资回报', en: 'return' },
  information: { zh: '最低信息', en: 'minimum information' },
}

export const STRESS_NAMES: Readonly<Record<StressId, Sentence>> = {
  none: { zh: '基准情形', en: 'stated case' },
  sales_down_20: { zh: '售出量下降20%', en: 'sales down 20 %' },
  price_down_50: { zh: '价格下降50%', en: 'price down 50 %' },
  sold_15: { zh: '售出率仅15%', en: '15 % sold' },
  delay_12: { zh: '推迟12个月投运', en: '12 months late' },
  rate_up_150: { zh: '利率上升1.5个百分点', en: 'rates up 150 bp' },
}

export const REASONS: Readonly<Record<GateReason, Sentence>> = {
  claim_explained: { zh: '所报算力与芯片清单一致', en: 'the chip list explains the stated P' },
  claim_not_explained: {
    zh: '所报 {claimedPetaflops}P 与芯片清单（稠密FP16 {densePetaflops}P）对不上',
    en: 'the chip list ({densePetaflops} P dense FP16) does not explain the stated {claimedPetaflops} P',
  },
  computed_from_chips: {
    zh: '按芯片清单计为稠密FP16 {densePetaflops}P',
    en: '{densePetaflops} P dense FP16 by the chip list',
  },
  precision_absent: {
    zh: '只报 {claimedPetaflops}P，未说明精度和芯片',
    en: '{claimedPetaflops} P without precision or chips',
  },
  chips_absent: { zh: '没有芯片清单', en: 'no chip list' },
  chips_assumed: {
    zh: '芯片清单（{chips}）只是工作假设，申报未提供，不作定论',
    en: 'the chip list ({chips}) is only assumed, not stated by the proposal',
  },
  chips_without_peak: {
    zh: '加速卡表中 {models} 没有可信的稠密16位峰值',
    en: 'the accelerator table has no dense 16-bit peak of {models}',
  },
  chips_not_in_table: {
    zh: '芯片 {models} 不在加速卡表中，请核对型号',
    en: 'the accelerator table does not know {models}',
  },
  chips_not_certified: {
    zh: '芯片 {models} 的指标需厂商证明或验收实测',
    en: '{models} needs a vendor certificate or an acceptance run',
  },
  nothing_stated: { zh: '既无算力规模也无芯片清单', en: 'neither a size nor a chip list' },
  inside_band: {
    zh: '每P造价 {yuanPerPetaflop} 元，在已备案项目区间内',
    en: '{yuanPerPetaflop} yuan a P, as filed projects cost',
  },
  above_stop: {
    zh: '每P造价 {yuanPerPetaflop} 元，是上限（{stop} 元）的 {timesStop} 倍',
    en: '{yuanPerPetaflop} yuan a P, {timesStop} times the stop of {stop} yuan',
  },
  items_absent: {
    zh: '每P造价 {yuanPerPetaflop} 元偏高，需列明分项且与总额相符',
    en: '{yuanPerPetaflop} yuan a P is high: lay the items open, adding up to the total',
  },
  implausibly_cheap: {
    zh: '每P造价仅 {yuanPerPetaflop} 元，低得不合理',
    en: '{yuanPerPetaflop} yuan a P is implausibly cheap',
  },
  comparable_to_hpc: {
    zh: '按双精度每P {yuanPerPetaflop} 元，与超算项目可比',
    en: '{yuanPerPetaflop} yuan a P, comparable to an HPC centre',
  },
  above_hpc_stop: {
    zh: '按双精度每P {yuanPerPetaflop} 元，远高于超算项目',
    en: '{yuanPerPetaflop} yuan a P, far above an HPC centre',
  },
  outlay_absent: { zh: '总投资未知', en: 'the outlay is not known' },
  servers_not_included: { zh: '投资额不含服务器，无法折算每P造价', en: 'the outlay leaves the servers out' },
  servers_unstated: {
    zh: '未说明投资额是否含服务器',
    en: 'whether the outlay includes servers is not stated',
  },
  no_reading: { zh: '没有可用的算力口径', en: 'no reading of the size' },
  size_assumed: { zh: '规模只是工作假设', en: 'the size is only assumed' },
  depends_on_reading: { zh: '结论取决于算力口径', en: 'it depends on the reading' },
  not_large: { zh: '未达到大型数据中心规模', en: 'not a large centre' },
  size_absent: { zh: '标准机架数未知', en: 'the number of racks is not known' },
  no_older_centre: { zh: '市域内没有投用一年以上的数据中心', en: 'the city has no centre of over a year' },
  age_absent: { zh: '市域内数据中心投用时间未知', en: 'the age of the city’s centres is not known' },
  occupied: { zh: '市域上架率 {occupancy}，不低于50%', en: 'the city’s racks are {occupancy} full' },
  half_empty: {
    zh: '市域上架率 {occupancy}，低于50%，原则上不再规划新建',
    en: 'the city’s racks are {occupancy} full: in principle no new large centre',
  },
  occupancy_absent: { zh: '市域上架率未知', en: 'the city’s rack occupancy is not known' },
  inside_hub: { zh: '位于国家枢纽节点数据中心集群内', en: 'inside a national hub' },
  hub_absent: { zh: '是否位于国家枢纽节点未知', en: 'whether it lies in a national hub is not known' },
  large_outside_hub: {
    zh: '大型数据中心原则上应布局在国家枢纽节点内',
    en: 'a large centre outside the national hubs',
  },
  no_favour_barred: { zh: '枢纽节点内，优惠不受限', en: 'inside a hub no favour is barred' },
  no_favour_requested: { zh: '未申请优惠', en: 'no favour is asked for' },
  no_barred_favour: { zh: '未申请被禁止的优惠', en: 'no barred favour is asked for' },
  barred_favour_requested: {
    zh: '申请了不得给予的优惠：{clash}',
    en: 'barred favours are asked for: {clash}',
  },
  favours_absent: {
    zh: '是否申请优惠未知（不得给予：{barred}）',
    en: 'whether favours are asked for is not known (barred: {barred})',
  },
  favours_and_hub_absent: {
    zh: '是否位于枢纽节点、是否申请优惠均未知',
    en: 'neither the hub nor the favours asked for are known',
  },
  layout_absent: { zh: '是否在省级布局内未知', en: 'whether it is in the provincial layout is not known' },
  bound: { zh: '前两年已签照付不议 {boundShare}', en: '{boundShare} of the first two years is bound' },
  too_little_bound: {
    zh: '前两年已签照付不议仅 {boundShare}，低于 {least}',
    en: 'only {boundShare} of the first two years is bound, below {least}',
  },
  framework_only: {
    zh: '只有框架协议，前两年已签照付不议 {boundShare}；须签订照付不议合同或由申报人书面承诺',
    en: 'only a framework agreement; {boundShare} of the first two years is bound: sign take-or-pay or undertake it in writing',
  },
  offtake_absent: { zh: '包销情况未知', en: 'offtake is not known' },
  outside_demand: {
    zh: '自有预算与本级券支付合计 {circularShare}',
    en: '{circularShare} of revenue is the government’s own money',
  },
  circular_demand: {
    zh: '自有预算与本级券支付合计 {circularShare}，超过 {most}',
    en: '{circularShare} of revenue is the government’s own money, above {most}',
  },
  payers_absent: { zh: '付款方构成未知', en: 'who pays is not known' },
  below_review: {
    zh: '年用电 {needMwh} MWh，不需单独节能审查',
    en: '{needMwh} MWh a year need no energy review',
  },
  load_below_cards: {
    zh: '所报满载功率 {fullItKw} kW 低于芯片清单自身功率 {cardKw} kW，两者矛盾',
    en: 'the stated load of {fullItKw} kW is below what the listed cards draw, {cardKw} kW',
  },
  need_unknown: { zh: '用电需求无法核算', en: 'the energy need cannot be computed' },
  quota_covers: {
    zh: '能耗指标 {quotaMwh} MWh 足以覆盖 {needMwh} MWh',
    en: 'the quota of {quotaMwh} MWh covers {needMwh} MWh',
  },
  quota_absent: {
    zh: '年用电 {needMwh} MWh，能耗指标未知',
    en: '{needMwh} MWh a year, the quota is not known',
  },
  quota_applied_for: { zh: '能耗指标尚在申请', en: 'the quota is only applied for' },
  quota_refused: { zh: '能耗指标已被否决', en: 'the quota was refused' },
  quota_size_absent: { zh: '能耗指标数量未知', en: 'the size of the quota is not known' },
  quota_too_small: {
    zh: '能耗指标 {quotaMwh} MWh 不足 {needMwh} MWh',
    en: 'the quota of {quotaMwh} MWh is below {needMwh} MWh',
  },
  delivered: { zh: '芯片已到货', en: 'the chips are delivered' },
  contracted: { zh: '芯片已签采购合同', en: 'the chips are contracted' },
  controlled_until_delivered: {
    zh: '受出口管制的芯片，到货前不能算有保障',
    en: 'export-controlled chips count once they are delivered',
  },
  controlled_without_contract: {
    zh: '受出口管制的芯片且无供货',
    en: 'export-controlled chips without a supply',
  },
  letter_only: { zh: '只有供货意向', en: 'only a letter of intent' },
  no_supply: { zh: '没有芯片供货', en: 'no supply of chips' },
  supply_absent: { zh: '芯片供应情况未知', en: 'chip supply is not known' },
  experienced: { zh: '运营方有同类经验', en: 'the operator has run the like' },
  too_little_experience: {
    zh: '运营方经验不足（{years} 年，最大 {largestClusterCards} 卡；至少 {leastYears} 年、{leastCards} 卡）',
    en: 'too little experience ({years} years, {largestClusterCards} cards; at least {leastYears} and {leastCards})',
  },
  operator_absent: { zh: '运营方未知', en: 'the operator is not known' },
  cards_unknown: { zh: '卡数未知，无法衡量运营能力', en: 'the number of cards is not known' },
  complete: { zh: '齐备', en: 'complete' },
  incomplete: { zh: '缺少：{missing}', en: 'missing: {missing}' },
  plan_absent: { zh: '软件方案未知', en: 'the software plan is not known' },
  stacks_unknown: { zh: '芯片未知，无法核对软件栈', en: 'the chips are not known' },
  graded: { zh: '等级保护 {level} 级', en: 'graded protection level {level}' },
  level_too_low: {
    zh: '等级保护仅 {level} 级，至少 {least} 级',
    en: 'graded protection level {level}, at least {least}',
  },
  level_absent: { zh: '等级保护级别未知', en: 'the graded protection level is not known' },
  no_public_money: { zh: '不使用财政资金和政府性债务', en: 'no public money' },
  budget_carries: { zh: '财政出资占一年收入 {budgetShare}', en: '{budgetShare} of a year’s revenue' },
  budget_too_small: {
    zh: '财政出资占一年收入 {budgetShare}，超过 {most}',
    en: '{budgetShare} of a year’s revenue, above {most}',
  },
  budget_depends_on_share: {
    zh: '财政出资占一年收入 {budgetShareFrom}–{budgetShare}，上限 {most}，取决于出资比例',
    en: '{budgetShareFrom}–{budgetShare} of a year’s revenue, at most {most}: it depends on the share',
  },
  budget_absent: { zh: '财政收入未知', en: 'the budget’s revenue is not known' },
  debt_carries: {
    zh: '债务率由 {ratioBefore} 升至 {ratioAfterTo}，未到红线',
    en: 'the debt ratio goes from {ratioBefore} to {ratioAfterTo}, below red',
  },
  debt_is_red: {
    zh: '债务率由 {ratioBefore} 升至 {ratioAfterFrom}–{ratioAfterTo}，高于红线 {red}',
    en: 'the debt ratio goes from {ratioBefore} to {ratioAfterFrom}–{ratioAfterTo}, above {red}',
  },
  debt_depends_on_share: {
    zh: '债务率 {ratioAfterFrom}–{ratioAfterTo}，取决于举债比例',
    en: 'a debt ratio of {ratioAfterFrom}–{ratioAfterTo}, by the share borrowed',
  },
  debt_ratios_absent: { zh: '债务率未知', en: 'the debt ratios are not known' },
  funding_absent: { zh: '资金来源未知', en: 'the funding is not known' },
  first_phase: { zh: '首期项目', en: 'the first phase' },
  earlier_phases_full: { zh: '前期已投运并售出', en: 'the earlier phases run and are sold' },
  earlier_phase_full: {
    zh: '{phase}已投运 {running}、售出 {sold}',
    en: '{phase} is {running} in operation and {sold} sold',
  },
  earlier_phase_not_running: {
    zh: '{phase}只投运 {running}（{operatingPetaflops}P／规划 {plannedPetaflops}P），再投运 {missingPetaflops}P 方可启动下一期',
    en: '{phase} is {running} in operation ({operatingPetaflops} of {plannedPetaflops} P planned); {missingPetaflops} P more open the next phase',
  },
  earlier_phase_not_sold: { zh: '{phase}只售出 {sold}', en: '{phase} is {sold} sold' },
  earlier_sales_absent: { zh: '{phase}的售出率未知', en: 'how much of {phase} is sold is not known' },
  phases_absent: { zh: '前期情况未知', en: 'earlier phases are not known' },
  gain_more_likely: {
    zh: '净现值 {npvYuan} 元，盈利概率 {chanceOfGain}',
    en: 'NPV {npvYuan} yuan, chance of gain {chanceOfGain}',
  },
  loss_more_likely: {
    zh: '净现值 {npvYuan} 元，盈利概率 {chanceOfGain}，低于 {least}',
    en: 'NPV {npvYuan} yuan, chance of gain {chanceOfGain}, below {least}',
  },
  gain_without_offtake: {
    zh: '按无包销情形盈利概率 {chanceOfGain}，包销未知',
    en: 'chance of gain {chanceOfGain} on our prior; offtake is not known',
  },
  loss_without_offtake: {
    zh: '按无包销情形盈利概率 {chanceOfGain}，包销未知',
    en: 'chance of gain {chanceOfGain} on our prior; offtake is not known',
  },
  appraisal_assumed: {
    zh: '测算所用的部分数字只是工作假设（净现值 {npvYuan} 元，盈利概率 {chanceOfGain}），不作定论',
    en: 'part of the appraisal is only assumed (NPV {npvYuan} yuan, chance of gain {chanceOfGain})',
  },
  no_revenue_case: { zh: '没有收入测算依据', en: 'no revenue case' },
  facts_missing: { zh: '缺少测算必需的信息', en: 'facts that the appraisal stands on are missing' },
  undertakings_alone: {
    zh: '芯片与投资额均只有书面承诺，至少一项须有公开或申报材料',
    en: 'chips and outlay rest on undertakings alone; at least one must be published or filed',
  },
}

/** Rules of this review's own; the others are named by their official title. */
export const OWN_CLAUSES: Readonly<Partial<Record<ClauseId, Sentence>>> = {
  filed_projects: { zh: '2023—2025年已备案项目的造价', en: 'what projects filed in 2023–2025 cost' },
  unit_definition: { zh: '算力统一按稠密FP16计', en: 'P counts as dense FP16' },
  review_practice: { zh: '本评审的尺度', en: 'thresholds of this review' },
}

export const FACT_NAMES: Readonly<Record<FactPath, Sentence>> = {
  'compute.claimedPetaflops': { zh: '算力规模', en: 'stated P' },
  'compute.reading': { zh: '算力精度与稀疏口径', en: 'precision and sparsity of the P' },
  'compute.chips': { zh: '芯片清单', en: 'chip list' },
  'compute.standardRacks': { zh: '标准机架数', en: 'standard racks' },
  'compute.floorAreaSquareMetres': { zh: '建筑面积', en: 'floor area' },
  'capex.total': { zh: '总投资', en: 'outlay' },
  'capex.items': { zh: '投资分项', en: 'items of the outlay' },
  'capex.includesServers': { zh: '投资是否含服务器', en: 'whether the outlay includes servers' },
  'site.insideNationalHub': { zh: '是否在国家枢纽节点内', en: 'inside a national hub or not' },
  'site.insideProvincialLayout': { zh: '是否在省级布局内', en: 'inside the provincial layout or not' },
  'site.favoursRequested': { zh: '申请的优惠', en: 'favours asked for' },
  'site.cityHasCentreOverOneYear': {
    zh: '市域有无投用一年以上的数据中心',
    en: 'a centre of over a year in the city or not',
  },
  'site.cityRackOccupancy': { zh: '市域整体上架率', en: 'rack occupancy of the city' },
  'demand.offtake': {
    zh: '包销合同（买方、份额、年限、价格、是否照付不议）',
    en: 'offtake contracts (buyer, share, years, price, take-or-pay)',
  },
  'demand.ownBudgetShare': { zh: '自有预算占收入比例', en: 'share of revenue from the own budget' },
  'demand.sameGovernmentVoucherShare': {
    zh: '本级算力券占收入比例',
    en: 'share of revenue from vouchers of the same government',
  },
  'demand.marketRentPerPetaflopYear': { zh: '每P年租金', en: 'rent of a P for a year' },
  'energy.quota': { zh: '能耗指标批复', en: 'energy quota' },
  'energy.quotaMwhPerYear': { zh: '能耗指标数量', en: 'size of the energy quota' },
  'energy.fullItKw': { zh: '满载IT功率', en: 'full IT load' },
  'energy.pue': { zh: 'PUE', en: 'PUE' },
  'energy.yuanPerKwh': { zh: '电价', en: 'electricity tariff' },
  'capability.chipSupply': { zh: '芯片供货', en: 'supply of chips' },
  'capability.operator': { zh: '运营方及其经验', en: 'operator and experience' },
  'capability.software': { zh: '调度、计量与软件栈方案', en: 'scheduling, metering and stacks' },
  'capability.gradedProtectionLevel': { zh: '等级保护级别', en: 'graded protection level' },
  'funding.parts': { zh: '资金来源构成', en: 'sources of funding' },
  'funding.loanRate': { zh: '贷款利率', en: 'loan rate' },
  'funding.loanYears': { zh: '贷款年限', en: 'loan years' },
  'funding.graceYears': { zh: '宽限年限', en: 'grace years' },
  'fiscal.revenue': { zh: '一般公共预算收入', en: 'general budget revenue' },
  'fiscal.governmentDebt': { zh: '政府债务余额', en: 'government debt' },
  'fiscal.narrowRatio': { zh: '窄口径债务率', en: 'narrow debt ratio' },
  'fiscal.broadRatio': { zh: '宽口径债务率', en: 'broad debt ratio' },
  'fiscal.residents': { zh: '常住人口', en: 'residents' },
  earlierPhases: { zh: '前期的规划、投运与售出', en: 'earlier phases: planned, running, sold' },
  lifeYears: { zh: '测算年限', en: 'years of operation' },
  neighbours: { zh: '周边算力中心', en: 'neighbouring centres' },
}

export const DEFAULT_NAMES: Readonly<Record<DefaultId, Sentence>> = {
  lifeYears: { zh: '测算年限', en: 'years of operation' },
  pue: { zh: 'PUE', en: 'PUE' },
  yuanPerKwh: { zh: '电价（元/kWh）', en: 'tariff (yuan/kWh)' },
  idleShare: { zh: '空载功率占比', en: 'idle share of load' },
  fixedOpexShare: { zh: '固定运维占投资', en: 'fixed costs over outlay' },
  availability: { zh: '可用率', en: 'availability' },
  surchargeShare: { zh: '附加税费率', en: 'surcharges' },
  taxRate: { zh: '所得税率', en: 'income tax' },
  residualShare: { zh: '残值率', en: 'residual value' },
  discountRate: { zh: '折现率', en: 'discount rate' },
  rentYuanPerPetaflopYear: { zh: '每P年租金（元）', en: 'rent of a P for a year (yuan)' },
  itKwPerPetaflop: { zh: '每P功率（kW）', en: 'kW a P' },
  serverOverCards: { zh: '整机功率与卡功率之比', en: 'server over card power' },
  priceDrift: { zh: '租金年变化', en: 'rent drift a year' },
  marketShare: { zh: '无包销时售出率', en: 'market share without offtake' },
  loanRate: { zh: '贷款利率', en: 'loan rate' },
  loanYears: { zh: '贷款年限', en: 'loan years' },
}

export const DRIVER_NAMES: Readonly<Record<Driver, Sentence>> = {
  price: { zh: '租金', en: 'rent' },
  sold: { zh: '市场售出率', en: 'market demand' },
  capex: { zh: '投资', en: 'outlay' },
  delay: { zh: '工期延误', en: 'delay' },
  availability: { zh: '可用率', en: 'availability' },
  tariff: { zh: '电价', en: 'tariff' },
  pue: { zh: 'PUE', en: 'PUE' },
  rate: { zh: '折现率', en: 'discount rate' },
  life: { zh: '芯片过时', en: 'obsolescence' },
}
