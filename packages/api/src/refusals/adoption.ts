import type { RefusalTexts } from './texts.ts'

export const adoption = {
  'adoption.not_open': {
    status: 409,
    zh: '“{title}”当前不受理申请（受理期 {opensOn} 至 {closesOn}）',
    en: '"{title}" takes no applications now (open {opensOn} to {closesOn})',
  },
  'adoption.programme_invalid': {
    status: 422,
    zh: '政策文件有误：{diagnostics}',
    en: 'the programme file has errors: {diagnostics}',
  },
  'adoption.incomplete': {
    status: 422,
    zh: '以下事项尚未明确：{missing}',
    en: 'these items are not answered: {missing}',
  },
  'adoption.malformed': {
    status: 422,
    zh: '采用文件有误：{where}：{what}',
    en: 'the adoption file is malformed: {where}: {what}',
  },
  'adoption.way_not_run': {
    status: 422,
    zh: '平台尚不能办理 {way} 类办法',
    en: 'the platform does not run programmes of way {way} yet',
  },
  'adoption.competition_unexplained': {
    status: 422,
    zh: '以下规则可能排除或限制竞争，采用时须逐条写明例外依据（公平竞争审查条例第十二条）和理由：{rules}',
    en: 'these rules may restrict competition; the adoption must state a ground of article 12 and a reason for each: {rules}',
  },
  'adoption.exists': {
    status: 409,
    zh: '该版本已被采用',
    en: 'this version is adopted already',
  },
  'adoption.draft_closed': {
    status: 409,
    zh: '这份采用草案已签署或已放弃，不能再改',
    en: 'this draft was signed or discarded and cannot be changed',
  },
  'adoption.own_draft': {
    status: 403,
    zh: '须由没有参与答复的另一人签署',
    en: 'somebody who answered nothing in it must sign',
  },
  'adoption.item_unknown': {
    status: 422,
    zh: '这项措施没有“{key}”这一项',
    en: 'the programme has no item "{key}"',
  },
  'adoption.answer_unfit': {
    status: 422,
    zh: '“{value}”不是这一项能取的值（{type}）',
    en: '"{value}" is not a value this item can take ({type})',
  },
  'adoption.answer_beyond_bounds': {
    status: 422,
    zh: '“{value}”超出措施规定的界限（{published}）',
    en: '"{value}" is beyond the bound of the measure ({published})',
  },
  'adoption.fund_unknown': {
    status: 422,
    zh: '没有这项专项资金，请从列表里选，或不选（单独设立）',
    en: 'there is no such fund; choose one from the list, or none for a fund of its own',
  },
  'adoption.fund_has_programme': {
    status: 409,
    zh: '这项专项资金已支持措施 {programmeId}，同一资金下每项措施只列一次',
    en: 'the fund pays for programme {programmeId} already; a fund has each programme once',
  },
  'appropriation.amount_zero': { status: 422, zh: '金额须大于零', en: 'the amount must be above zero' },
  'appropriation.document_later': {
    status: 422,
    zh: '文件日期 {documentOn} 晚于今天',
    en: 'the document of {documentOn} is dated later than today',
  },
  'appropriation.not_a_tier': {
    status: 422,
    zh: '只有区级配套可以由区财政直接安排；其他分额度从资金池调剂',
    en: "only a district's own share is appropriated to directly; other allotments are moved to from the pool",
  },
  'appropriation.document_used': {
    status: 409,
    zh: '文号 {documentNumber} 已登记',
    en: 'document {documentNumber} is recorded already',
  },
  'appropriation.own_proposal': {
    status: 403,
    zh: '须由另一人复核',
    en: 'another person must approve it',
  },
  'appropriation.wrong_state': {
    status: 409,
    zh: '该预算安排当前为“{state}”',
    en: 'the appropriation is {state}',
  },
} as const satisfies RefusalTexts
