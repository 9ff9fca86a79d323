// What a policy author is told: each of the mistakes of the research file on policy engines (§5.3) and each trap of YAML,
// with its line and column, what is wrong and how to mend it, in both languages.
import { readFileSync } from 'node:fs'

import { checkProgramme } from '@suanquan/core/policy'
import { afterAll, describe, expect, test } from 'vitest'

import { useLanguage } from '../language.ts'
import { diagnosticLines } from './programme-files.ts'

const file = new URL('../../../../programmes/beijing/2023-compute-voucher/programme.yaml', import.meta.url)
const beijing = readFileSync(file, 'utf8')

afterAll(() => useLanguage('en'))

interface Mistake {
  readonly name: string
  readonly find: string
  readonly put: string
  /** `line:column` of the first finding */
  readonly place: string
  readonly en: string
  readonly zh: string
}

const thirteen: readonly Mistake[] = [
  {
    name: 'typo in a fact',
    find: "'!parties.related'",
    put: "'!partys.related'",
    place: '166:16',
    en: 'unknown fact partys.related. Did you mean parties.related?',
    zh: '没有事实“partys.related”。是否想写“parties.related”？',
  },
  {
    name: 'typo in a member',
    find: '"finetune"',
    put: '"fintune"',
    place: '172:43',
    en: '"fintune" is not one of use: training, inference, finetune, research, storage, network, security, other. Did you mean finetune?',
    zh: '“fintune”不是 use 的取值：training、inference、finetune、research、storage、network、security、other。是否想写“finetune”？',
  },
  {
    name: 'money beside a number',
    find: 'contract.excluded_amount <= contract.amount',
    put: 'contract.excluded_amount <= 100',
    place: '191:39',
    en: 'cannot compare money with int (<=); write money("…元") or a parameter',
    zh: 'money 不能与 int 比较（<=）；金额请写 money("…元") 或用参数',
  },
  {
    name: 'an amount that is not rounded',
    find: 'limit: p.year_cap',
    put: 'limit: p.year_cap * p.rate',
    place: '212:16',
    en: 'expected money, got exact:1 (round it first, as round_down(…, "yuan"))',
    zh: '应为 money，实为未取整的 exact:1，请先取整，如 round_down(…, "yuan")',
  },
  {
    name: 'yuan squared',
    find: 'is: d.compute_amount',
    put: 'is: d.compute_amount * contract.amount',
    place: '201:33',
    en: 'cannot multiply money by money (yuan squared); one of them must be a rate or a whole number',
    zh: '金额不能乘以金额（元的平方）；其中一个应是比例或整数',
  },
  {
    name: 'an amount in 万 without 元',
    find: '{2023-09-01: 200万元}',
    put: '{2023-09-01: 5000万}',
    place: '48:26',
    en: '"5000万" is not an amount; write 200万元, 1234.56元 or 5亿元. Did you mean 5000万元?',
    zh: '“5000万”不是金额，请写成 200万元、1234.56元 或 5亿元。是否想写“5000万元”？',
  },
  {
    name: 'a rate of 130 %',
    find: '{2023-09-01: 20%}',
    put: '{2023-09-01: 130%}',
    place: '42:26',
    en: 'the rate "130%" is above 100%; write 100% or less',
    zh: '比例“130%”超过 100%；请写 100% 以内的比例',
  },
  {
    name: 'a date beside a number',
    find: 'claim.submitted_on <= p.claims_until',
    put: 'claim.submitted_on <= 5',
    place: '226:35',
    en: 'cannot compare date with int (<=); write a day as "2024-03-01" or a parameter, a number of days as one date minus another',
    zh: 'date 不能与 int 比较（<=）；日期请写 "2024-03-01" 或用参数，天数请写两个日期相减',
  },
  {
    name: 'cases that are not exhaustive',
    find: 'rate: {default: p.rate, cite: plan.amount}\n    round: {to: yuan',
    put: 'rate:\n      cases:\n        - {id: a, when: parties.related, value: p.rate, cite: plan.1}\n        - {id: b, when: applicant.sound_finance && !parties.related, value: p.rate, cite: plan.1}\n    round: {to: yuan',
    place: '204:9',
    en: 'rate cases are not exhaustive: when not parties.related, not applicant.sound_finance, no case applies; add one for it',
    zh: '比例情形不完备：not parties.related, not applicant.sound_finance 时没有情形适用，请为它补一个情形',
  },
  {
    name: 'a condition without cite',
    find: 'en: the provider is a related party}\n    cite: plan.1\n',
    put: 'en: the provider is a related party}\n',
    place: '165:5',
    en: 'eligibility.not_related needs cite: or basis: assumed',
    zh: '“eligibility.not_related”须写明依据：cite（条款）或 basis: assumed',
  },
  {
    name: 'a clause that does not exist',
    find: 'cite: plan.1.3\n    evidence: [credit',
    put: 'cite: plan.1.33\n    evidence: [credit',
    place: '156:11',
    en: 'no such clause plan.1.33; there are plan.1, plan.2, plan.title, plan.1.1, plan.1.2, plan.1.3, plan.1.4, plan.amount, plan.procedure; cite one of them or add it under sources. Did you mean plan.1.3?',
    zh: '没有条款 plan.1.33；已有 plan.1、plan.2、plan.title、plan.1.1、plan.1.2、plan.1.3、plan.1.4、plan.amount、plan.procedure，请引用其中之一或在 sources 里补上。是否想写“plan.1.3”？',
  },
  {
    name: 'a message that names no fact',
    find: '注册地区划代码 {applicant.region}',
    put: '注册地区划代码 {applicant.regoin}',
    place: '129:25',
    en: 'the message names an unknown fact applicant.regoin; mend the name or leave out the braces. Did you mean applicant.region?',
    zh: '文字中的 applicant.regoin 不是事实或参数，请改名或去掉花括号。是否想写“applicant.region”？',
  },
  {
    name: 'in force with assumptions',
    find: 'status: draft',
    put: 'status: in_force',
    place: '6:9',
    en: 'cannot be in_force: 5 assumed items and 6 open questions; write draft or reviewed, and let an adoption answer them',
    zh: '不能写 in_force：还有 5 项假定和 6 个待定事项；请写 draft 或 reviewed，由采用机关的采用记录逐项答复',
  },
  {
    name: 'exceptions that contradict',
    find: 'rate: {default: p.rate, cite: plan.amount}\n    round: {to: yuan',
    put: 'rate:\n      default: p.rate\n      cite: plan.amount\n      exceptions:\n        - {id: a, when: parties.related, value: p.rate, cite: plan.1}\n        - {id: b, when: parties.related || applicant.sound_finance, value: p.rate, cite: plan.1}\n    round: {to: yuan',
    place: '207:11',
    en: 'the exceptions a and b hold together; let one exclude the other, or write cases',
    zh: '例外 a 与 b 必然同时成立，请让其中一个排除另一个，或改写成 cases',
  },
]

const traps: readonly Mistake[] = [
  {
    name: 'yes for true',
    find: 'in_parts: true',
    put: 'in_parts: yes',
    place: '249:13',
    en: '"voucher.in_parts" must be true or false. Did you mean true?',
    zh: '“voucher.in_parts”应为 true 或 false。是否想写“true”？',
  },
  {
    name: 'a text that is true',
    find: 'en: the provider is a related party}',
    put: 'en: true}',
    place: '168:29',
    en: '"eligibility.8.fail.en" must be text (put a plain true or false between quotes)',
    zh: '“eligibility.8.fail.en”应为文字（纯 true、false 请加引号）',
  },
  {
    name: 'a rate without %',
    find: '{2023-09-01: 20%}',
    put: '{2023-09-01: 30}',
    place: '42:26',
    en: '"30" is not a rate; write 30%, 12.5% or 2/37. Did you mean 30%?',
    zh: '“30”不是比例，请写成 30%、12.5% 或 2/37。是否想写“30%”？',
  },
  {
    name: 'a rate in full-width digits',
    find: '{2023-09-01: 20%}',
    put: '{2023-09-01: ２０％}',
    place: '42:26',
    en: '"２０％" is not a rate; write 30%, 12.5% or 2/37. Did you mean 20%?',
    zh: '“２０％”不是比例，请写成 30%、12.5% 或 2/37。是否想写“20%”？',
  },
  {
    name: 'an exponent',
    find: '{2023-09-01: 1}',
    put: '{2023-09-01: 1e3}',
    place: '63:26',
    en: '"1e3" is not a whole number; write 0, 12 or -3, without leading zeros, commas, decimals or exponents. Did you mean 1000?',
    zh: '“1e3”不是整数，请写成 0、12 或 -3（不带前导零、逗号、小数和指数）。是否想写“1000”？',
  },
  {
    name: 'a leading zero',
    find: '{2023-09-01: 1}',
    put: '{2023-09-01: 010}',
    place: '63:26',
    en: '"010" is not a whole number; write 0, 12 or -3, without leading zeros, commas, decimals or exponents. Did you mean 10?',
    zh: '“010”不是整数，请写成 0、12 或 -3（不带前导零、逗号、小数和指数）。是否想写“10”？',
  },
  {
    name: 'an octal number',
    find: '{2023-09-01: 1}',
    put: '{2023-09-01: 0o10}',
    place: '63:26',
    en: '"0o10" is not a whole number; write 0, 12 or -3, without leading zeros, commas, decimals or exponents',
    zh: '“0o10”不是整数，请写成 0、12 或 -3（不带前导零、逗号、小数和指数）',
  },
  {
    name: 'a day without zeros',
    find: 'from: 2023-09-01',
    put: 'from: 2023-9-1',
    place: '36:41',
    en: '"2023-9-1" is not a date; write 2024-03-01. Did you mean 2023-09-01?',
    zh: '“2023-9-1”不是日期，请写成 2024-03-01。是否想写“2023-09-01”？',
  },
  {
    name: 'a day that does not exist',
    find: 'from: 2023-09-01',
    put: 'from: 2023-02-30',
    place: '36:41',
    en: '"2023-02-30" is not a date; write 2024-03-01',
    zh: '“2023-02-30”不是日期，请写成 2024-03-01',
  },
  {
    name: 'a day in Chinese',
    find: '{2023-09-01: 20%}',
    put: '{2023年9月1日: 20%}',
    place: '42:14',
    en: '"2023年9月1日" is not a date; write 2024-03-01. Did you mean 2023-09-01?',
    zh: '“2023年9月1日”不是日期，请写成 2024-03-01。是否想写“2023-09-01”？',
  },
  {
    name: 'an amount below zero',
    find: '{2023-09-01: 200万元}',
    put: '{2023-09-01: -200万元}',
    place: '48:26',
    en: 'p.year_cap cannot be negative',
    zh: 'p.year_cap 不能为负',
  },
  {
    name: 'thousands in a flow map',
    find: '{2023-09-01: 200万元}',
    put: '{2023-09-01: 200,000元}',
    place: '48:26',
    en: 'the amount "200" has no unit; add 元, 万元 or 亿元',
    zh: '金额“200”没有单位，请写明 元、万元 或 亿元',
  },
  {
    name: 'a full-width colon',
    find: 'instrument: compute_voucher',
    put: 'instrument：compute_voucher',
    place: '9:11',
    en: 'write ": " instead of "：" here, with a blank after a colon or comma',
    zh: '此处的“：”应写成半角的“: ”（冒号、逗号后留一个空格）',
  },
  {
    name: 'a full-width comma',
    find: '{zh: 单次申领比例上限, en: h',
    put: '{zh: 单次申领比例上限，en: h',
    place: '44:25',
    en: 'write ", " instead of "，" here, with a blank after a colon or comma',
    zh: '此处的“，”应写成半角的“, ”（冒号、逗号后留一个空格）',
  },
  {
    name: 'a full-width blank',
    find: 'instrument: compute_voucher',
    put: 'instrument:\u3000compute_voucher',
    place: '9:12',
    en: 'write " " instead of "U+3000" here, with a blank after a colon or comma',
    zh: '此处的“U+3000”应写成半角的“ ”（冒号、逗号后留一个空格）',
  },
  {
    name: 'a colon without blank',
    find: '{zh: 评审认为不符合本市人工智能产业方向, en:',
    put: '{zh: 评审认为不符合本市人工智能产业方向, x:y, en:',
    place: '141:35',
    en: 'write ": " instead of ":" here, with a blank after a colon or comma',
    zh: '此处的“:”应写成半角的“: ”（冒号、逗号后留一个空格）',
  },
  {
    name: 'braces without quotes',
    find: 'fail: {zh: 供给方是关联方',
    put: 'fail: {zh: 供给方是 {parties.related} 的',
    place: '168:16',
    en: "this text holds signs of YAML (such as { }, a colon, quotes, @); put all of it between single quotes: '…'",
    zh: "这段文字含有 YAML 的记号（如 { }、冒号、引号、@），请给整段文字加单引号：'…'",
  },
  {
    name: 'a comma in a text without quotes',
    find: 'en: highest share',
    put: 'en: highest, share',
    place: '44:40',
    en: 'the comma before "share of the contract in one grant" split a text in two; put a text that has a comma between quotes',
    zh: '“share of the contract in one grant”前面的逗号把文字切成了两项；文字里有逗号时请给整段文字加引号',
  },
  {
    name: 'a colon in a text without quotes',
    find: 'require: applicant.sound_finance',
    put: 'require: applicant.sound_finance: true',
    place: '146:14',
    en: "this text holds signs of YAML (such as { }, a colon, quotes, @); put all of it between single quotes: '…'",
    zh: "这段文字含有 YAML 的记号（如 { }、冒号、引号、@），请给整段文字加单引号：'…'",
  },
  {
    name: 'a text that begins with !',
    find: "require: '!parties.related'",
    put: 'require: !parties.related',
    place: '166:14',
    en: '!parties.related is a YAML tag, which has no use here; put a text that begins with ! between quotes',
    zh: '!parties.related 是 YAML 标签，这里不用；文字以 ! 开头时请给整段文字加引号',
  },
  {
    name: 'a tag',
    find: 'version: ',
    put: 'version: !!float ',
    place: '5:10',
    en: '!!float is a YAML tag, which has no use here; put a text that begins with ! between quotes',
    zh: '!!float 是 YAML 标签，这里不用；文字以 ! 开头时请给整段文字加引号',
  },
  {
    name: 'a quote that is not closed',
    find: "require: '!parties.related'",
    put: "require: '!parties.related",
    place: '166:31',
    en: 'a quote or bracket is not closed by here; close it, or put a text that holds one between quotes',
    zh: '到这里引号或括号还没有闭合；请补上，或给含引号、括号的文字整段加引号',
  },
  {
    name: 'a tab',
    find: '    type: rate\n',
    put: '	type: rate\n',
    place: '40:1',
    en: 'the line is indented by a tab; use blanks',
    zh: '缩进用了制表符（Tab），请改成空格',
  },
  {
    name: 'an odd indent',
    find: '    type: rate\n',
    put: '   type: rate\n',
    place: '40:4',
    en: 'this line is not indented as its neighbours; begin items of one level with equally many blanks',
    zh: '这一行与上下行的缩进对不齐；同一级的各项请用同样多的空格开头',
  },
  {
    name: 'two documents',
    find: 'open_questions:',
    put: '---\nopen_questions:',
    place: '281:1',
    en: 'a file holds one document; remove this --- and what follows, or put it in a file of its own',
    zh: '一个文件只写一份内容；请删去这里的 --- 及其后的内容，或另存一个文件',
  },
  {
    name: 'a key twice',
    find: 'instrument: compute_voucher',
    put: 'instrument: compute_voucher\ninstrument: compute_voucher',
    place: '10:1',
    en: 'the key "instrument" is written twice; keep one',
    zh: '键“instrument”写了两次，请留一个',
  },
  {
    name: 'an alias of nothing',
    find: 'cite: plan.2, note',
    put: 'cite: *plan, note',
    place: '36:75',
    en: 'the alias *plan is not defined by &plan before it, or refers to itself',
    zh: '引用 *plan 没有用 &plan 定义，或引用了自己',
  },
  {
    name: 'quotes of a Chinese keyboard',
    find: 'applicant.kind == "enterprise"',
    put: 'applicant.kind == “enterprise”',
    place: '115:32',
    en: 'unknown character "“". Did you mean "?',
    zh: '不认识的字符““”。是否想写“"”？',
  },
  {
    name: 'one equals sign',
    find: 'applicant.kind == "enterprise"',
    put: 'applicant.kind = "enterprise"',
    place: '115:29',
    en: 'unknown character "=". Did you mean ==?',
    zh: '不认识的字符“=”。是否想写“==”？',
  },
  {
    name: 'and for &&',
    find: 'independent_legal_person && applicant',
    put: 'independent_legal_person and applicant',
    place: '121:49',
    en: '"and" is not expected here. Did you mean &&?',
    zh: '此处不应出现“and”。是否想写“&&”？',
  },
]

function told(text: string): { readonly en: string | undefined; readonly zh: string | undefined } {
  const { diagnostics } = checkProgramme(text, 'f.yaml')
  const first = (name: 'zh' | 'en'): string | undefined => {
    useLanguage(name)
    return diagnosticLines(diagnostics)[0]
  }
  return { en: first('en'), zh: first('zh') }
}

describe.each([
  ['mistakes', thirteen],
  ['traps of YAML', traps],
] as const)('%s', (_, mistakes) => {
  test.each(mistakes)('$name', ({ find, put, place, en, zh }) => {
    expect(beijing).toContain(find)
    const text = beijing.replace(find, () => put)
    expect(told(text)).toEqual({
      en: `f.yaml:${place}: error: ${en}`,
      zh: `f.yaml:${place}: 错误: ${zh}`,
    })
  })
})

describe('what other editors and systems write is read as it is meant', () => {
  const broken = beijing.replace("'!parties.related'", "'!partys.related'")
  test.each([
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['both', (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`],
    ['lone carriage returns', (text: string) => text.replaceAll('\n', '\r')],
    ['a document marker', (text: string) => text.replace('\nsuanquan:', '---\nsuanquan:')],
  ])('%s', (_, written) => {
    expect(checkProgramme(written(beijing), 'f.yaml').diagnostics).toEqual([])
    expect(told(written(broken)).en).toMatch(/^f\.yaml:166:16: error: unknown fact partys/)
  })
  test('a country’s no, an unquoted code and 2023.10 stay the texts they are', () => {
    const text = beijing
      .replace('en: the provider is a related party}', 'en: no}')
      .replace("jurisdiction: '110000'", 'jurisdiction: 110000')
      .replace("version: '2023.1'", 'version: 2023.10')
    const { programme } = checkProgramme(text, 'f.yaml')
    expect(programme).toMatchObject({ version: '2023.10', jurisdiction: '110000' })
    expect(programme!.eligibility.find(({ id }) => id === 'not_related')!.fail.en).toBe('no')
  })
})
