// What the checker says about a programme file's YAML, its shape and its expressions.
import type { RefusalTexts } from './texts.ts'

export const policyExpressions = {
  'policy.yaml_syntax': {
    status: 422,
    zh: '文件不是有效的 YAML（{reason}），请检查缩进、引号和括号',
    en: 'the file is not valid YAML ({reason}); check indents, quotes and brackets',
  },
  'policy.empty_file': {
    status: 422,
    zh: '文件是空的',
    en: 'the file is empty',
  },
  'policy.too_large': {
    status: 422,
    zh: '文件超过 {limit} 个字符，请拆分',
    en: 'the file is longer than {limit} characters; split it',
  },
  'policy.too_deep': {
    status: 422,
    zh: '嵌套超过 {limit} 层',
    en: 'nested deeper than {limit} levels',
  },
  'policy.too_many_nodes': {
    status: 422,
    zh: '展开后超过 {limit} 个节点，请减少引用',
    en: 'more than {limit} nodes when expanded; use fewer aliases',
  },
  'policy.bad_alias': {
    status: 422,
    zh: '引用 *{alias} 没有定义，或引用了自己',
    en: 'the alias *{alias} is not defined or refers to itself',
  },
  'policy.key_not_text': {
    status: 422,
    zh: '键必须是文字',
    en: 'a key must be text',
  },
  'policy.duplicate_key': {
    status: 422,
    zh: '键“{key}”写了两次',
    en: 'the key "{key}" is written twice',
  },
  'policy.unknown_key': {
    status: 422,
    zh: '没有“{key}”这一项（位置 {at}）',
    en: 'there is no "{key}" in {at}',
  },
  'policy.missing_key': {
    status: 422,
    zh: '“{at}”缺少“{key}”',
    en: '"{key}" is missing in "{at}"',
  },
  'policy.not_one_of': {
    status: 422,
    zh: '“{written}”不在允许的取值之内：{known}',
    en: '"{written}" is not one of {known}',
  },
  'policy.bad_name': {
    status: 422,
    zh: '名称“{name}”只能用小写字母、数字和下划线，以字母开头',
    en: 'the name "{name}" may hold lower-case letters, digits and underscores and starts with a letter',
  },
  'policy.bad_shape': {
    status: 422,
    zh: '“{at}”的写法不对，应为 {expected}',
    en: '"{at}" is not written as expected: {expected}',
  },
  'policy.did_you_mean': {
    status: 422,
    zh: '是否想写“{suggestion}”？',
    en: 'Did you mean {suggestion}?',
  },
  'policy.unknown_facts_schema': {
    status: 422,
    zh: '没有名为“{name}”的事实表',
    en: 'there is no fact schema "{name}"',
  },
  'policy.bad_character': {
    status: 422,
    zh: '不认识的字符“{found}”',
    en: 'unknown character "{found}"',
  },
  'policy.reserved_word': {
    status: 422,
    zh: '“{found}”是保留字，不能用作名称',
    en: '"{found}" is a reserved word',
  },
  'policy.not_an_int': {
    status: 422,
    zh: '“{found}”之后不能直接跟字母或小数；金额请写 money("…元")',
    en: '"{found}" is followed by a letter or a decimal; write amounts as money("…元")',
  },
  'policy.open_string': {
    status: 422,
    zh: '引号没有闭合',
    en: 'the quoted text is not closed',
  },
  'policy.bad_escape': {
    status: 422,
    zh: '不认识的转义“{found}”',
    en: 'unknown escape "{found}"',
  },
  'policy.expression_too_large': {
    status: 422,
    zh: '表达式太长（上限 {found}），请拆成定义',
    en: 'the expression is too long (limit {found}); split it into definitions',
  },
  'policy.expression_too_deep': {
    status: 422,
    zh: '表达式嵌套太深（上限 {found} 层），请拆成定义',
    en: 'the expression is nested too deep (limit {found}); split it into definitions',
  },
  'policy.unexpected_end': {
    status: 422,
    zh: '表达式没有写完',
    en: 'the expression ends too early',
  },
  'policy.unexpected_token': {
    status: 422,
    zh: '此处不应出现“{found}”',
    en: '"{found}" is not expected here',
  },
  'policy.no_fields': {
    status: 422,
    zh: '只有事实、参数（p.）和定义（d.）可以用点号',
    en: 'only facts, parameters (p.) and definitions (d.) take a dot',
  },
  'policy.unknown_fact': {
    status: 422,
    zh: '没有事实“{name}”',
    en: 'unknown fact {name}',
  },
  'policy.unknown_parameter': {
    status: 422,
    zh: '没有参数 p.{name}',
    en: 'unknown parameter p.{name}',
  },
  'policy.unknown_definition': {
    status: 422,
    zh: '没有定义 d.{name}',
    en: 'unknown definition d.{name}',
  },
  'policy.unknown_function': {
    status: 422,
    zh: '没有函数“{name}”',
    en: 'unknown function {name}',
  },
  'policy.unknown_member': {
    status: 422,
    zh: '“{text}”不是 {name} 的取值：{members}',
    en: '"{text}" is not one of {name}: {members}',
  },
  'policy.incomparable': {
    status: 422,
    zh: '{left} 不能与 {right} 比较（{operator}）；金额请写 money("…元") 或用参数',
    en: 'cannot compare {left} with {right} ({operator}); write money("…元") or a parameter',
  },
  'policy.bad_operand': {
    status: 422,
    zh: '{operator} 不能用于 {type}',
    en: '{operator} does not apply to {type}',
  },
  'policy.bad_operands': {
    status: 422,
    zh: '{operator} 不能用于 {left} 和 {right}',
    en: '{operator} does not join {left} and {right}',
  },
  'policy.yuan_squared': {
    status: 422,
    zh: '金额不能乘以金额（元的平方）',
    en: 'cannot multiply money by money (yuan squared)',
  },
  'policy.expected_type': {
    status: 422,
    zh: '应为 {expected}，实为 {found}',
    en: 'expected {expected}, got {found}',
  },
  'policy.unrounded': {
    status: 422,
    zh: '应为 {expected}，实为未取整的 {found}，请先取整',
    en: 'expected {expected}, got {found} (round it first)',
  },
  'policy.bad_arguments': {
    status: 422,
    zh: '用法：{usage}；实际参数：{found}',
    en: 'usage: {usage}; got {found}',
  },
  'policy.not_a_variable': {
    status: 422,
    zh: '宏的第一个参数必须是变量名',
    en: 'the first argument of a macro is the name of a variable',
  },
} as const satisfies RefusalTexts
