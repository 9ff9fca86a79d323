// Refusals of publishing a measure in the library by two signatures.
import type { RefusalTexts } from './texts.ts'

export const programme = {
  'programme.version_taken': {
    status: 409,
    zh: '{id} 的第 {version} 版已存有不同内容，请改用新的版本号',
    en: 'version {version} of {id} is stored with other content; give this one a new version',
  },
  'programme.published': {
    status: 409,
    zh: '{id} 的第 {version} 版已在政策库中，可以直接采用',
    en: 'version {version} of {id} is in the library already; it can be adopted',
  },
  'programme.cases_missing': {
    status: 422,
    zh: '没有案例不能提交入库；请在案例文件里写出事实和应得的结果',
    en: 'a programme without cases cannot be proposed; write cases with facts and what they must come to',
  },
  'programme.cases_failed': {
    status: 422,
    zh: '以下案例不符，请改规则或改案例：{cases}',
    en: 'these cases do not hold; mend the rules or the cases: {cases}',
  },
  'programme.faults_unnoticed': {
    status: 422,
    zh: '案例只发现 {score} % 的改错（须 95 %）；请为以下各处补案例或逐处写明理由：{mutants}',
    en: 'the cases notice {score} % of planted faults (95 % is asked); add cases or give a reason for each of: {mutants}',
  },
  'programme.competition_unexplained': {
    status: 422,
    zh: '以下规则可能排除或限制竞争，请逐条写明例外依据（公平竞争审查条例第十二条）和理由：{rules}',
    en: 'these rules may restrict competition; state a ground of article 12 and a reason for each: {rules}',
  },
  'programme.proposed_by_another': {
    status: 409,
    zh: '{id} 的第 {version} 版已由另一人提交，待签署；请先请其撤回，或改用新的版本号',
    en: 'somebody else has proposed version {version} of {id}; have it withdrawn or give this one a new version',
  },
  'programme.proposal_closed': {
    status: 409,
    zh: '这份入库提议已签署或已撤回',
    en: 'this proposal was signed or withdrawn',
  },
  'programme.proposal_changed': {
    status: 409,
    zh: '您看过以后内容又有改动，请重新打开、看过再签署',
    en: 'it was changed after you read it; open it again and sign what you have read',
  },
  'programme.own_proposal': {
    status: 403,
    zh: '须由提交人以外的人签署',
    en: 'somebody else than who proposed it must sign',
  },
  'programme.others_proposal': {
    status: 403,
    zh: '只有提交人可以撤回',
    en: 'only who proposed it can withdraw it',
  },
} as const satisfies RefusalTexts
