import type { RefusalTexts } from './texts.ts'

export const feasibility = {
  'feasibility.not_yaml': {
    status: 422,
    zh: '申报文件第 {line} 行第 {column} 列不是合法的 YAML（{problem}），请改正后重试',
    en: 'the proposal is not valid YAML at line {line}, column {column} ({problem}); correct it and try again',
  },
  'feasibility.too_long': {
    status: 413,
    zh: '申报文件有 {length} 个字符，最多 {limit} 个',
    en: 'the proposal has {length} characters; at most {limit} are read',
  },
  'feasibility.not_a_proposal': {
    status: 422,
    zh: '这不是申报文件（开头是“{firstLine}”）：须为 YAML 或 JSON 的键值结构，不接受 CSV 或纯文本；模板由 suanquan feasibility template 给出',
    en: 'this is no proposal (it begins with "{firstLine}"): it must be YAML or JSON with keys, not CSV or plain text; suanquan feasibility template prints one to fill in',
  },
  'feasibility.invalid': {
    status: 422,
    zh: '申报文件有 {count} 处不合要求（L 为行号，→ 后为应填）：{mistakes}。金额写 15亿元、1500万元、1234.56元，不写单位按元计（15亿、1500000000、1.5e9）；不知道的写 unknown；模板由 suanquan feasibility template 给出',
    en: 'the proposal has {count} mistakes (L is the line, → what it should be): {mistakes}. Write money as 15亿元, 1500万元 or 1234.56元, in yuan without a unit (15亿, 1500000000, 1.5e9), and unknown for what is not known; suanquan feasibility template prints one to fill in',
  },
  'feasibility.unknown_source': {
    status: 422,
    zh: '“{path}”引用的来源“{source}”不在 sources 清单中，请补上来源',
    en: '"{path}" names the source "{source}", which is not in the list of sources; add it there',
  },
  'feasibility.contract_years': {
    status: 422,
    zh: '“{path}”的合同结束年早于开始年，请改正年份',
    en: 'the contract at "{path}" ends before it begins; correct the years',
  },
  'feasibility.oversold': {
    status: 422,
    zh: '第 {year} 年已签照付不议合同合计占容量 {share}，超过 1，请核对份额',
    en: 'take-or-pay contracts bind {share} of the capacity in year {year}, more than all of it; check the shares',
  },
  'feasibility.funding_shares': {
    status: 422,
    zh: '资金来源占比合计在 {least} 与 {most} 之间，不能凑成 1，请核对各项上下限',
    en: 'the funding shares add up to between {least} and {most}, which cannot be 1; check their bounds',
  },
  'feasibility.grace_exceeds_loan': {
    status: 422,
    zh: '宽限期 {grace} 年不短于贷款期 {years} 年，请改正',
    en: 'a grace of {grace} years does not fit a loan of {years} years; correct one of them',
  },
  'feasibility.ratios': {
    status: 422,
    zh: '宽口径债务率 {broad} 低于窄口径 {narrow}，两者不能同时成立，请核对',
    en: 'the broad debt ratio {broad} is below the narrow one {narrow}; both cannot be true, check them',
  },
  'feasibility.out_of_range': {
    status: 422,
    zh: '“{path}”的值 {value} 不在 {from} 至 {to} 之间',
    en: 'the value {value} of "{path}" is not between {from} and {to}',
  },
  'feasibility.duplicate_centre': {
    status: 422,
    zh: '周边算力中心“{id}”出现了两次，请只保留一条',
    en: 'the neighbouring centre "{id}" is named twice; keep one',
  },
  'feasibility.actuals_without_review': {
    status: 422,
    zh: '实际数据“{id}”没有对应的评审，请先登记评审',
    en: 'the actuals "{id}" belong to no review; register the review first',
  },
} as const satisfies RefusalTexts
