// What the checker says about a programme file's YAML, its shape and its expressions.
import type { RefusalTexts } from './texts.ts'

export const policyExpressions = {
  'policy.yaml_syntax': {
    status: 422,
    zh: '文件不是有效的 YAML（{reason}），请检查缩进、引号和括号',
    en: 'the file is not valid YAML ({reason}); check indents, quotes and brackets',
  },
  'policy.yaml_tab': {
    status: 422,
    zh: '缩进用了制表符（Tab），请改成空格',
    en: 'the line is indented by a tab; use blanks',
  },
  'policy.yaml_wide_mark': {
    status: 422,
    zh: '此处的“{found}”应写成半角的“{put}”（冒号、逗号后留一个空格）',
    en: 'write "{put}" instead of "{found}" here, with a blank after a colon or comma',
  },
  'policy.yaml_quotes': {
    status: 422,
    zh: "这段文字含有 YAML 的记号（如 { }、冒号、引号、@），请给整段文字加单引号：'…'",
    en: "this text holds signs of YAML (such as { }, a colon, quotes, @); put all of it between single quotes: '…'",
  },
  'policy.yaml_not_closed': {
    status: 422,
    zh: '到这里引号或括号还没有闭合；请补上，或给含引号、括号的文字整段加引号',
    en: 'a quote or bracket is not closed by here; close it, or put a text that holds one between quotes',
  },
  'policy.yaml_indent': {
    status: 422,
    zh: '这一行与上下行的缩进对不齐；同一级的各项请用同样多的空格开头',
    en: 'this line is not indented as its neighbours; begin items of one level with equally many blanks',
  },
  'policy.yaml_documents': {
    status: 422,
    zh: '一个文件只写一份内容；请删去这里的 --- 及其后的内容，或另存一个文件',
    en: 'a file holds one document; remove this --- and what follows, or put it in a file of its own',
  },
  'policy.yaml_tag': {
    status: 422,
    zh: '{tag} 是 YAML 标签，这里不用；文字以 ! 开头时请给整段文字加引号',
    en: '{tag} is a YAML tag, which has no use here; put a text that begins with ! between quotes',
  },
  'policy.layout_kept': {
    status: 422,
    zh: '这个文件有无法重排的写法（例如带缩进数字的文本块），已保持原样；请改成一般写法后重试',
    en: 'the file holds what cannot be laid out (such as a block with an indentation number) and is left as it is; write it plainly and try again',
  },
  'policy.split_text': {
    status: 422,
    zh: '“{key}”前面的逗号把文字切成了两项；文字里有逗号时请给整段文字加引号',
    en: 'the comma before "{key}" split a text in two; put a text that has a comma between quotes',
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
    zh: '引用 *{alias} 没有用 &{alias} 定义，或引用了自己',
    en: 'the alias *{alias} is not defined by &{alias} before it, or refers to itself',
  },
  'policy.key_not_text': {
    status: 422,
    zh: '键必须是文字',
    en: 'a key must be text',
  },
  'policy.duplicate_key': {
    status: 422,
    zh: '键“{key}”写了两次，请留一个',
    en: 'the key "{key}" is written twice; keep one',
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
    zh: '“{at}”应为{shape}',
    en: '"{at}" must be {shape}',
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
    zh: '表达式没有写完；# 之后是注释，含 # 时请加引号',
    en: 'the expression ends too early; what follows a # is a comment unless it stands between quotes',
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
    zh: '没有参数 p.{name}，请在 parameters 里写明或改名',
    en: 'unknown parameter p.{name}; add it under parameters or mend the name',
  },
  'policy.unknown_definition': {
    status: 422,
    zh: '没有定义 d.{name}，请在 definitions 里写明或改名',
    en: 'unknown definition d.{name}; add it under definitions or mend the name',
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
    zh: '{left} 不能与 {right} 比较（{operator}）；{hint}',
    en: 'cannot compare {left} with {right} ({operator}); {hint}',
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
    zh: '金额不能乘以金额（元的平方）；其中一个应是比例或整数',
    en: 'cannot multiply money by money (yuan squared); one of them must be a rate or a whole number',
  },
  'policy.expected_type': {
    status: 422,
    zh: '应为 {expected}，实为 {found}',
    en: 'expected {expected}, got {found}',
  },
  'policy.unrounded': {
    status: 422,
    zh: '应为 {expected}，实为未取整的 {found}，请先取整，如 round_down(…, "yuan")',
    en: 'expected {expected}, got {found} (round it first, as round_down(…, "yuan"))',
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
