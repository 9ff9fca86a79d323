// Words for the codes in refusals of programme files: what belongs at a place, and how to write what cannot be compared.
type Words = Readonly<Record<string, { readonly zh: string; readonly en: string }>>

/** What belongs at a place of a programme file. */
export const shapes: Words = {
  text: { zh: '文字（纯 true、false 请加引号）', en: 'text (put a plain true or false between quotes)' },
  filled: { zh: '不为空的文字', en: 'text that is not empty' },
  true_or_false: { zh: ' true 或 false', en: 'true or false' },
  list: { zh: '列表（每项以 - 开头，或写成 [a, b]）', en: 'a list (items that begin with -, or [a, b])' },
  map: { zh: '若干“键: 值”', en: 'keys with values' },
  at_least_1: { zh: '至少一项的列表', en: 'a list with at least one item' },
  at_least_2: { zh: '至少两项的列表', en: 'a list with at least two items' },
  one_or_list: { zh: '一个值，或值的列表', en: 'one value, or a list of values' },
  name: { zh: '以小写字母开头、只含小写字母、数字和下划线的名称', en: 'a name of lower-case letters, digits and underscores that starts with a letter' },
  source_id: { zh: '以小写字母开头、只含小写字母和数字的编号', en: 'an id of lower-case letters and digits that starts with a letter' },
  programme_id: { zh: ' cn.place.name 形式的编号', en: 'an id such as cn.place.name' },
  division: { zh: '六位区划代码', en: 'a division code of six digits' },
  pattern_number: { zh: ' P07 这样的规则样式编号', en: 'the number of a rule pattern, such as P07' },
  tiers: { zh: '按 district、city、finance 顺序排列的审核级次', en: 'tiers in the order district, city, finance' },
  document_code: { zh: '一至十二个汉字或字母', en: 'one to twelve Chinese characters or letters' },
  other: { zh: '别的写法（见 JSON Schema）', en: 'written otherwise (see the JSON Schema)' },
} // prettier-ignore

/** How two things that cannot be compared may be written so that they can. */
export const hints: Words = {
  money: { zh: '金额请写 money("…元") 或用参数', en: 'write money("…元") or a parameter' },
  date: { zh: '日期请写 "2024-03-01" 或用参数，天数请写两个日期相减', en: 'write a day as "2024-03-01" or a parameter, a number of days as one date minus another' },
  one_type: { zh: '两边须是同一类型', en: 'both sides must be of one type' },
} // prettier-ignore
