// What the checker says about the values, clauses and rules of a programme file.
import type { RefusalTexts } from './texts.ts'

export const policyRules = {
  'policy.definition_cycle': {
    status: 422,
    zh: '定义 d.{name} 依赖它自己，请改写成不含自己的表达式',
    en: 'the definition d.{name} needs itself; write it without itself',
  },
  'policy.definitions_too_deep': {
    status: 422,
    zh: '定义相互依赖超过 {limit} 层',
    en: 'definitions stand on one another more than {limit} deep',
  },
  'policy.unknown_type': {
    status: 422,
    zh: '没有类型“{type}”；可用 bool、int、string、money、rate、date、period、region、industry、choice 及 list<…>',
    en: 'unknown type {type}; there are bool, int, string, money, rate, date, period, region, industry, choice and list<…>',
  },
  'policy.unknown_question': {
    status: 422,
    zh: '没有待定事项“{question}”，请在 open_questions 里写明或改名',
    en: 'there is no open question "{question}"; add it under open_questions or mend the name',
  },
  'policy.no_values': {
    status: 422,
    zh: '参数 {name} 没有取值，请写 values 或指明待定事项 question',
    en: 'the parameter {name} has no value; give values or name the open question',
  },
  'policy.not_a_date': {
    status: 422,
    zh: '“{text}”不是日期，请写成 2024-03-01',
    en: '"{text}" is not a date; write 2024-03-01',
  },
  'policy.not_a_period': {
    status: 422,
    zh: '“{text}”不是期间，请写成 2024-03-01/2024-03-31，受理期可写到分：2024-03-01/2024-03-31T17:30',
    en: '"{text}" is not a period; write 2024-03-01/2024-03-31, a window to the minute as 2024-03-01/2024-03-31T17:30',
  },
  'policy.not_a_region': {
    status: 422,
    zh: '“{text}”不是区划代码，请写 2、4 或 6 位数字',
    en: '"{text}" is not a division code; write 2, 4 or 6 digits',
  },
  'policy.not_an_industry': {
    status: 422,
    zh: '“{text}”不是行业代码，请写成 C、I65 或 I6513',
    en: '"{text}" is not an industry code; write C, I65 or I6513',
  },
  'policy.not_a_whole_number': {
    status: 422,
    zh: '“{text}”不是整数，请写成 0、12 或 -3（不带前导零、逗号、小数和指数）',
    en: '"{text}" is not a whole number; write 0, 12 or -3, without leading zeros, commas, decimals or exponents',
  },
  'policy.not_a_bool': {
    status: 422,
    zh: '“{text}”不是 true 或 false，请写其中之一（yes、no、是、否 都不算）',
    en: '"{text}" is neither true nor false; write one of them, not yes or no',
  },
  'policy.not_a_single_value': {
    status: 422,
    zh: '此处应为单个值，不是列表',
    en: 'a single value belongs here, not a list',
  },
  'policy.dates_not_ascending': {
    status: 422,
    zh: '日期 {from} 应晚于 {before}，请按先后排列',
    en: 'the date {from} must come after {before}; put them in order',
  },
  'policy.not_a_date_fact': {
    status: 422,
    zh: '“{name}”不是日期类事实，请写一个日期，如 contract.signed_on',
    en: '{name} is not a fact with a date; name one, such as contract.signed_on',
  },
  'policy.no_provenance': {
    status: 422,
    zh: '“{at}”须写明依据：cite（条款）或 basis: assumed',
    en: '{at} needs cite: or basis: assumed',
  },
  'policy.unknown_clause': {
    status: 422,
    zh: '没有条款 {cite}；已有 {clauses}，请引用其中之一或在 sources 里补上',
    en: 'no such clause {cite}; there are {clauses}; cite one of them or add it under sources',
  },
  'policy.unknown_document': {
    status: 422,
    zh: '没有材料“{document}”；已有 {known}，请在 documents 里补上或改名',
    en: 'there is no document "{document}"; there are {known}; add it under documents or mend the name',
  },
  'policy.unknown_subject': {
    status: 422,
    zh: '“{subject}”不能作为限额主体，可写 {known} 或文字类事实（如 applicant.uscc）',
    en: '"{subject}" is no subject for a cap; write {known} or a fact that is text, such as applicant.uscc',
  },
  'policy.shares_not_whole': {
    status: 422,
    zh: '各级预算的分担比例相加不等于全部，请改成合计为 1 的比例，例如各 1/2',
    en: 'the shares of the budgets do not come to the whole; make them add up to 1, such as 1/2 each',
  },
  'policy.unknown_cap': {
    status: 422,
    zh: '没有限额“{cap}”，已有 {known}',
    en: 'there is no cap "{cap}"; there are {known}',
  },
  'policy.duplicate_id': {
    status: 422,
    zh: '编号“{id}”重复，请另取一个',
    en: 'the id "{id}" is used twice; give one of them another',
  },
  'policy.message_unknown_fact': {
    status: 422,
    zh: '文字中的 {name} 不是事实或参数，请改名或去掉花括号',
    en: 'the message names an unknown fact {name}; mend the name or leave out the braces',
  },
  'policy.default_or_cases': {
    status: 422,
    zh: '“{at}”须在 default 与 cases 中二选一，exceptions 只与 default 同用',
    en: '{at} takes either default (with exceptions) or cases',
  },
  'policy.too_many_cases': {
    status: 422,
    zh: '情形太多，无法核对是否互斥且完备，请拆分',
    en: 'too many cases to prove them disjoint and exhaustive; split the rule',
  },
  'policy.cases_not_exhaustive': {
    status: 422,
    zh: '比例情形不完备：{when} 时没有情形适用，请为它补一个情形',
    en: 'rate cases are not exhaustive: when {when}, no case applies; add one for it',
  },
  'policy.cases_overlap': {
    status: 422,
    zh: '比例情形重叠：{when} 时 {first} 与 {second} 同时适用，请让其中一个排除另一个',
    en: 'rate cases overlap: when {when}, both {first} and {second} apply; let one exclude the other',
  },
  'policy.exceptions_contradict': {
    status: 422,
    zh: '例外 {first} 与 {second} 必然同时成立，请让其中一个排除另一个，或改写成 cases',
    en: 'the exceptions {first} and {second} hold together; let one exclude the other, or write cases',
  },
  'policy.never_holds': {
    status: 422,
    zh: '“{id}”的条件在任何情形下都不成立，请删去或改写',
    en: 'the condition of "{id}" can never hold; remove it or write what is meant',
  },
  'policy.cap_differs': {
    status: 422,
    zh: '限额“{cap}”在几个奖项中共用一个账户，但主体、期间、计数或计量不同；请改成一致，或另取编号',
    en: 'several awards share the account of the cap "{cap}" but count otherwise in it; make subject, period, counts and measure the same, or give it another id',
  },
  'policy.not_a_reading': {
    status: 422,
    zh: '读法须是取值为 each_of 和 joint 的参数',
    en: 'a reading is a choice of each_of and joint',
  },
  'policy.legs_not_said': {
    status: 422,
    zh: '兑付未说明是否核对：{legs}；请列入 legs 或 left_out',
    en: 'the redemption does not say whether these legs count: {legs}; put them under legs or left_out',
  },
  'policy.not_sortable': {
    status: 422,
    zh: '{type} 不能用于排序，请用日期、金额、比例、整数或真假',
    en: '{type} cannot be sorted by; use a date, an amount, a rate, a whole number or a bool',
  },
  'policy.imprest_without_deduction': {
    status: 422,
    zh: '备用金只用于账单抵扣（W2），本措施的办理方式是 {way}；请删去 imprest，或改办理方式',
    en: 'an imprest belongs to deduction at billing (W2), and this programme is {way}; leave it out or change the way',
  },
  'policy.imprest_unbounded': {
    status: 422,
    zh: '备用金须写明上限：share（已下达资金的比例）或 amount（每家供给方的金额），至少一项',
    en: 'bound the imprest by a share of what was allotted, an amount for each provider, or both',
  },
  'policy.one_unit': {
    status: 422,
    zh: '期限须写 workdays 或 days 之一',
    en: 'a length is given in workdays or in days, one of them',
  },
  'policy.not_in_force': {
    status: 422,
    zh: '不能写 in_force：还有 {assumptions} 项假定和 {questions} 个待定事项；请写 draft 或 reviewed，由采用机关的采用记录逐项答复',
    en: 'cannot be in_force: {assumptions} assumed items and {questions} open questions; write draft or reviewed, and let an adoption answer them',
  },
  'policy.in_force_is_an_adoption': {
    status: 422,
    zh: '文件最多到 reviewed；in_force 由采用机关的采用记录产生',
    en: 'a file is reviewed at most; an adoption puts it in force',
  },
  'policy.cases_of_another': {
    status: 422,
    zh: '用例写给 {found}，不是 {expected}，请改 programme 一行',
    en: 'the cases are for {found}, not {expected}; mend the line programme',
  },
  'policy.overlay_of_another': {
    status: 422,
    zh: '叠加文件写给 {expected}，而 base 是 {found}',
    en: 'the overlay is of {expected}, but its base is {found}',
  },
  'policy.overlay_no_part': {
    status: 422,
    zh: '基础文件里没有 {path} 中的“{part}”',
    en: 'the base has no "{part}" where {path} says',
  },
  'policy.guide_outside_measure': {
    status: 422,
    zh: '指南的期间 {from} 至 {to} 超出措施的期间 {first} 至 {last}',
    en: 'the guide governs from {from} to {to}, outside the days of its measure, {first} to {last}',
  },
  'policy.guide_beyond_bounds': {
    status: 422,
    zh: '指南不得突破措施公布的上限或下限：参数 {name}；要改请另发新版本或写成 reform',
    en: 'a guide may not move a bound of its measure: parameter {name}; that takes another version, or a reform',
  },
  'policy.never_used': {
    status: 422,
    zh: '“{name}”没有被任何规则用到，请删去或用上',
    en: '"{name}" is named but nothing uses it; remove it or use it',
  },
} as const satisfies RefusalTexts
