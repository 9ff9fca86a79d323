// What is told of a selected project: to its firm and to whoever must act on it.
import { APPLICANT, binding, informing, words, type Audience, type MessageKind } from './kind-forms.ts'

const FIRM: Audience = { to: ['clerk'], action: 'project.read', of: 'provider' }
const OFFICE: Audience = { to: ['reviewer'], action: 'project.decide', of: 'office' }

export const projectKinds = {
  project_candidate: informing(
    APPLICANT,
    words(
      { zh: '通过形式审查', en: 'admitted to the selection' },
      { zh: '申请 {number} 已通过形式审查', en: 'Application {number} is admitted to the selection' },
      { zh: '等待专家评分和择优立项。', en: 'Experts’ scores and the selection by rank come next.' },
    ),
  ),
  project_selected: binding(
    APPLICANT,
    words(
      { zh: '拟立项', en: 'project selected' },
      { zh: '申请 {number} 拟立项', en: 'Application {number} has been selected' },
      {
        zh: '拟支持 {amount}，待公示。{reason}',
        en: 'Proposed: {amount}; a public notice follows. {reason}',
      },
    ),
  ),
  project_in_reserve: binding(
    APPLICANT,
    words(
      { zh: '列入备选', en: 'kept in reserve' },
      { zh: '申请 {number} 列入备选', en: 'Application {number} is kept in reserve' },
      {
        zh: '有项目退出或资金增加时按名次递补。{reason}',
        en: 'It moves up by rank when a project leaves or money is added. {reason}',
      },
    ),
  ),
  project_passed_over: binding(
    APPLICANT,
    words(
      { zh: '未入选', en: 'not selected' },
      { zh: '申请 {number} 未入选', en: 'Application {number} was not selected' },
      { zh: '理由：{reason}', en: 'The reason: {reason}' },
    ),
  ),
  agreement_to_sign: binding(
    FIRM,
    words(
      { zh: '请签任务书', en: 'agreement to sign' },
      { zh: '项目 {number} 请签任务书', en: 'Please sign the agreement of project {number}' },
      {
        zh: '公示期满。期限内不签，立项失效，预留的资金退回资金池。',
        en: 'The notice is over. Not signed in time, the selection lapses and its money returns to the pool.',
      },
    ),
  ),
  agreement_to_countersign: informing(
    OFFICE,
    words(
      { zh: '任务书待签署', en: 'agreement to countersign' },
      {
        zh: '项目 {number} 的任务书待签署',
        en: 'The agreement of project {number} waits to be countersigned',
      },
      {
        zh: '企业已签署。签署后首笔转为应付。',
        en: 'The firm has signed. Countersigned, the first part is payable.',
      },
    ),
  ),
  project_started: binding(
    FIRM,
    words(
      { zh: '项目启动', en: 'project started' },
      { zh: '项目 {number} 已启动', en: 'Project {number} has started' },
      {
        zh: '首笔 {amount} 已转为应付。请在期限前申请验收，逾期须退回全部款项。',
        en: 'The first part, {amount}, is payable. File for acceptance in time, else all of it is taken back.',
      },
    ),
  ),
  project_extended: binding(
    FIRM,
    words(
      { zh: '项目延期', en: 'project extended' },
      { zh: '项目 {number} 的验收期限已延长', en: 'More time for project {number}' },
      { zh: '理由：{reason}', en: 'The reason: {reason}' },
    ),
  ),
  acceptance_due: binding(
    FIRM,
    words(
      { zh: '验收申请期限将至', en: 'acceptance to be filed for' },
      { zh: '项目 {number} 请在期限前申请验收', en: 'File for the acceptance of project {number} in time' },
      {
        zh: '逾期未申请视为未通过，须退回全部款项。',
        en: 'Not filed in time it has failed, and all is taken back.',
      },
    ),
  ),
  acceptance_to_judge: informing(
    OFFICE,
    words(
      { zh: '项目待验收', en: 'acceptance to judge' },
      { zh: '项目 {number} 申请验收', en: 'Project {number} has filed for acceptance' },
      { zh: '请请专家评审后提出结论。', en: 'Ask experts, then conclude.' },
    ),
  ),
  acceptance_returned: binding(
    FIRM,
    words(
      { zh: '验收申请退回', en: 'filing returned' },
      { zh: '项目 {number} 的验收申请已退回补充', en: 'The filing of project {number} was returned' },
      { zh: '理由：{reason}', en: 'The reason: {reason}' },
    ),
  ),
  acceptance_to_decide: informing(
    OFFICE,
    words(
      { zh: '验收结论待复核', en: 'acceptance to decide' },
      { zh: '项目 {number} 的验收结论待复核', en: 'The acceptance of project {number} waits for a decision' },
      { zh: '由提出结论以外的人复核。', en: 'Somebody else than who concluded decides.' },
    ),
  ),
  acceptance_passed: binding(
    FIRM,
    words(
      { zh: '验收通过', en: 'acceptance passed' },
      { zh: '项目 {number} 已通过验收', en: 'Project {number} has been accepted' },
      { zh: '第二笔应付 {amount}。{reason}', en: 'The second part payable is {amount}. {reason}' },
    ),
  ),
  project_failed: binding(
    FIRM,
    words(
      { zh: '验收未通过', en: 'acceptance failed' },
      { zh: '项目 {number} 未通过验收', en: 'Project {number} has failed' },
      {
        zh: '已付款项将依程序全部追回，追回前听取陈述申辩。理由：{reason}',
        en: 'All that was paid is taken back by due procedure, after a hearing. The reason: {reason}',
      },
    ),
  ),
  project_to_claw_back: informing(
    { to: ['reviewer'], action: 'clawback.propose', of: 'office' },
    words(
      { zh: '项目款待追回', en: 'project money to take back' },
      {
        zh: '项目 {number} 未通过，请提出追回',
        en: 'Project {number} has failed; propose to take the money back',
      },
      { zh: '已付 {amount} 应全部追回。', en: 'All of the {amount} is to be taken back.' },
    ),
  ),
  project_lapsed: binding(
    FIRM,
    words(
      { zh: '立项失效', en: 'selection lapsed' },
      {
        zh: '项目 {number} 逾期未签任务书，立项失效',
        en: 'Project {number} was not signed for in time and lapsed',
      },
      { zh: '预留的资金已退回资金池。', en: 'The money kept for it has gone back to the pool.' },
    ),
  ),
  selection_to_decide: informing(
    { to: ['reviewer'], action: 'project.select', of: 'office' },
    words(
      { zh: '立项名单待复核', en: 'selection to decide' },
      { zh: '立项名单 {number} 待复核', en: 'Selection {number} waits for a decision' },
      { zh: '由提出人以外的人复核。', en: 'Somebody else than who proposed it decides.' },
    ),
  ),
} as const satisfies Record<string, MessageKind>
