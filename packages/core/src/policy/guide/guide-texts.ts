// The headings and words of a guide page that no programme writes itself.
import type { Text } from '../programme.ts'

const words = (zh: string, en: string): Text => ({ zh, en })

export const guideTexts = {
  proposed: words(
    '这是一份建议，没有机关发布过，不能据以申请。',
    'This is a proposal that no authority has issued; nobody can apply under it.',
  ),
  drafted: words(
    '本页由政策文件自动生成，是对公开文本的解读；办理以发布机关的文件为准。',
    'This page is made from the programme file, a reading of the published text; what the authority published prevails.',
  ),
  governs: words('适用', 'Governs'),
  since: words('起', 'from'),
  until: words('止', 'until'),
  who: words('谁可以申请', 'Who may apply'),
  condition: words('条件', 'Condition'),
  decided: words('由谁认定', 'Found by'),
  basis: words('依据', 'Basis'),
  evidence: words('材料', 'Documents'),
  howMuch: words('支持多少', 'How much'),
  reckonedFrom: words('计算基数', 'Reckoned from'),
  when: words('情形', 'Case'),
  always: words('一律', 'always'),
  rate: words('比例（最高）', 'Rate (at most)'),
  noRate: words('不乘比例', 'no rate'),
  band: words('金额', 'Amount'),
  gives: words('最多支持', 'Gives at most'),
  noBands: words('见基数和限额；有待定数字时不能列表', 'see base and caps; no table while a number is open'),
  bandsNote: words(
    '取整之前、尚未占用额度时的最高金额。',
    'At most, before rounding and with nothing used of any cap.',
  ),
  caps: words('限额', 'Caps'),
  limit: words('上限', 'Limit'),
  rounding: words('取整', 'Rounding'),
  apply: words('什么时候申请、怎么办理', 'When and how'),
  windows: words('申报窗口', 'Windows'),
  open: words('待定', 'to be decided'),
  stage: words('环节', 'Stage'),
  actor: words('办理方', 'By'),
  term: words('期限', 'Term'),
  usableUntil: words('券有效期至', 'Vouchers usable until'),
  claimsUntil: words('兑付申请截止', 'Claims taken until'),
  redemption: words('兑付', 'Payment'),
  leastOf: words('按下列金额中最小的一项兑付', 'Paid on the least of'),
  leftOut: words('不核对', 'Not compared'),
  documents: words('需要的材料', 'Documents'),
  cases: words('测算示例', 'Worked cases'),
  example: words('示例', 'Case'),
  result: words('结果', 'Result'),
  unknowns: words('尚待确定', 'Not known yet'),
  assumptions: words('条款没有写、本文件假定的有：', 'What no clause says and this file assumes:'),
  sources: words('依据的条款', 'Clauses'),
  clause: words('条款', 'Clause'),
  says: words('内容（转述）', 'What it says (in our words)'),
  grade: words('来源等级', 'Grade'),
  none: words('没有写明。', 'Not stated.'),
} as const satisfies Record<string, Text>

export const wayTexts: Readonly<Record<string, Text>> = {
  W1: words('先申领，后兑付', 'apply first, claim afterwards'),
  W2: words('账单抵扣', 'deducted at billing'),
  W3: words('使用后直接补贴', 'supported after use'),
  W4: words('补给供给方', 'paid to the provider'),
  W5: words('项目立项和验收', 'a selected project with acceptance'),
  W6: words('免申即享', 'without application'),
}

export const actorTexts: Readonly<Record<string, Text>> = {
  applicant: words('申报主体', 'applicant'),
  operator: words('运营机构', 'operator'),
  district: words('区级部门', 'district'),
  authority: words('主管部门', 'authority'),
  finance: words('财政部门', 'treasury'),
  public: words('社会公众', 'the public'),
  holder: words('持券人', 'holder'),
}

export const finderTexts: Readonly<Record<string, Text>> = {
  machine: words('系统核对', 'the system'),
  reviewer: words('审核人员', 'a reviewer'),
  expert_panel: words('专家评审', 'experts'),
}

export const basisTexts: Readonly<Record<string, Text>> = {
  derived: words('由条款推出', 'derived'),
  assumed: words('假定', 'assumed'),
  open: words('待定', 'open'),
  decided: words('采用机关决定', 'decided by the authority'),
  cited: words('', ''),
}

export const unitTexts: Readonly<Record<string, Text>> = {
  fen: words('分', 'fen'),
  jiao: words('角', '0.1 yuan'),
  yuan: words('元', 'yuan'),
  '10yuan': words('十元', '10 yuan'),
  '100yuan': words('百元', '100 yuan'),
  wan: words('万元', '10,000 yuan'),
}

export const modeTexts: Readonly<Record<string, Text>> = {
  down: words('舍到', 'down to whole'),
  up: words('进到', 'up to whole'),
  half_up: words('四舍五入到', 'half up to whole'),
  half_even: words('四舍六入五成双到', 'half to even, whole'),
}
