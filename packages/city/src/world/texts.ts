// Contract texts: the provider's template, the same for all its customers, and what is this contract's own.
import type { Random } from '@suanquan/core'

const CLAUSES = [
  '甲方按本合同约定向乙方采购智能算力服务，乙方保证所提供算力资源的可用性与安全性。',
  '乙方应在合同生效后五个工作日内完成资源开通，并向甲方提供账号与计量明细。',
  '双方同意以计量系统记录为结算依据，按月对账，存在差异的以双方复核结果为准。',
  '任何一方未经对方书面同意，不得将本合同权利义务转让给第三方。',
  '因不可抗力导致不能履行的，受影响一方应及时通知对方并提供证明。',
  '争议由双方协商解决，协商不成的提交合同签订地人民法院处理。',
  '甲方应于收到发票后三十日内支付相应款项，逾期按日计收违约金。',
  '乙方不得访问甲方的模型与数据，服务终止后十日内删除全部副本。',
]
const WORDS = [
  ...'海量语料清洗多模态预训练检索增强工业质检影像分割蛋白结构预测交通仿真城市治理智能客服语音合成代码生成知识图谱风险识别能耗优化供应链路径规划药物筛选遥感解译文档理解数字人推荐排序',
]

/** A provider's template: five of the clauses in its own order. */
export function drawTemplate(random: Random): string {
  const left = [...CLAUSES]
  return Array.from({ length: 5 }, () => left.splice(random.int(left.length), 1)[0]!).join('')
}

/** What one contract is about. */
export function drawSubject(random: Random, length = 160): string {
  return Array.from({ length }, () => random.pick(WORDS)).join('')
}

/** The same text with a share of its characters changed, in runs as an editor makes them. */
export function edited(random: Random, text: string, share: number): string {
  const characters = [...text]
  const run = 8
  for (let left = Math.round((share * characters.length) / run); left > 0; left--) {
    const from = random.int(Math.max(1, characters.length - run))
    for (let at = from; at < from + run; at++) characters[at] = random.pick(WORDS)
  }
  return characters.join('')
}
