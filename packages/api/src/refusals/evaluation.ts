import type { RefusalTexts } from './texts.ts'

export const evaluation = {
  'evaluation.no_rows': {
    status: 422,
    zh: '文件没有数据行；第一行应为列名，其后为数据',
    en: 'the file has no data; the first row names the columns, the data follow',
  },
  'evaluation.ragged_row': {
    status: 422,
    zh: '第 {line} 行有 {found} 列，表头有 {expected} 列；请检查分隔符与引号',
    en: 'line {line} has {found} cells, the header has {expected}; check separators and quotes',
  },
  'evaluation.open_quote': {
    status: 422,
    zh: '有一个引号没有闭合，请检查文件',
    en: 'a quotation is never closed; check the file',
  },
  'evaluation.no_such_column': {
    status: 422,
    zh: '没有名为“{column}”的列；现有：{columns}',
    en: 'there is no column "{column}"; there are: {columns}',
  },
  'evaluation.column_twice': {
    status: 422,
    zh: '列名“{column}”出现不止一次，请改名后再试',
    en: 'the column name "{column}" occurs more than once; rename one',
  },
  'evaluation.not_a_number': {
    status: 422,
    zh: '列“{column}”第 {row} 条数据“{text}”不是数值；缺失值请留空或写 NA',
    en: 'column "{column}", data row {row}: "{text}" is not a number; leave it empty or write NA when it is missing',
  },
  'evaluation.not_binary': {
    status: 422,
    zh: '列“{column}”只能取 0/1（或 是/否）',
    en: 'column "{column}" may hold only 0 and 1 (or yes and no)',
  },
  'evaluation.too_few': {
    status: 422,
    zh: '{where} 只有 {found} 个，至少需要 {needed} 个，数据不足以估计',
    en: '{where}: {found} found, at least {needed} needed; the data are too few for an estimate',
  },
  'evaluation.no_variation': {
    status: 422,
    zh: '列“{column}”没有变化，无法估计',
    en: 'column "{column}" does not vary, so nothing can be estimated',
  },
  'evaluation.collinear': {
    status: 422,
    zh: '若干列之间线性相关，无法区分各自的影响；请去掉重复的协变量',
    en: 'some columns are linear combinations of others; drop the covariate that repeats another',
  },
  'evaluation.bad_option': {
    status: 422,
    zh: '参数 {option} 的值 {value} 不在允许范围内',
    en: 'the value {value} of {option} is outside what is allowed',
  },
  'evaluation.cutoff_outside': {
    status: 422,
    zh: '断点 {cutoff} 的一侧没有数据，请核对断点与评分列',
    en: 'there are no data on one side of the cut-off {cutoff}; check the cut-off and the running variable',
  },
  'evaluation.no_first_stage': {
    status: 422,
    zh: '获得资格并未改变实际使用，无法计算对使用者的影响',
    en: 'being offered did not change use, so an effect of use cannot be computed',
  },
  'evaluation.unit_time_twice': {
    status: 422,
    zh: '单位 {unit} 在时期 {time} 出现两次；每个单位每期只能有一行',
    en: 'unit {unit} occurs twice in period {time}; give one row per unit and period',
  },
  'evaluation.first_changes': {
    status: 422,
    zh: '单位 {unit} 的首次处理时期前后不一致：{one} 与 {other}',
    en: 'unit {unit} has two first treated periods, {one} and {other}; a unit starts once',
  },
  'evaluation.no_complete_unit': {
    status: 422,
    zh: '{units} 个单位中没有一个各期数据齐全',
    en: 'none of the {units} units is observed in every period',
  },
  'evaluation.no_never_treated': {
    status: 422,
    zh: '所有单位最终都被处理；请改用尚未处理的单位作对照（--control not-yet）',
    en: 'every unit is treated in the end; compare with units not yet treated (--control not-yet)',
  },
  'evaluation.no_treated_group': {
    status: 422,
    zh: '观察期内没有新被处理的单位',
    en: 'no unit starts treatment within the periods observed',
  },
  'evaluation.not_yaml': {
    status: 422,
    zh: '文件既不是 YAML 也不是 JSON：{problem}',
    en: 'the file is neither YAML nor JSON: {problem}',
  },
  'evaluation.unknown_input': {
    status: 422,
    zh: '没有名为“{input}”的指标输入，请核对名称',
    en: 'there is no indicator input named "{input}"; check the name',
  },
  'evaluation.bad_fact': {
    status: 422,
    zh: '输入“{input}”在 {place} 处不符合要求；每项须有数值、来源 source 与数据截止日 cutOn',
    en: 'input "{input}" is wrong at {place}; each needs its value, its source and the day of its data cut (cutOn)',
  },
  'evaluation.bad_distribution': {
    status: 422,
    zh: '“{factor}”不是有效的分布；请给出来源，比例须在 0 到 1 之间',
    en: '"{factor}" is not a valid distribution; give its source, and keep shares between 0 and 1',
  },
  'evaluation.not_finite': {
    status: 422,
    zh: '计算结果 {field} 超出数值范围；请检查数据的数量级与极端值',
    en: 'the result {field} is outside the range of numbers; check the magnitudes and extremes of the data',
  },
  'evaluation.empty_list': {
    status: 422,
    zh: '抽签名单为空',
    en: 'the list to draw from is empty',
  },
  'evaluation.entered_twice': {
    status: 422,
    zh: '{id} 在名单中出现两次；每个主体只能有一次机会',
    en: '{id} is on the list twice; each applicant has one chance',
  },
  'evaluation.list_changed': {
    status: 409,
    zh: '名单与公布的摘要 {published} 不符；名单公布后不得增删，请恢复原名单',
    en: 'the list does not match the published hash {published}; restore the list as it was published',
  },
  'evaluation.no_public_draw': {
    status: 422,
    zh: '缺少事先公告的公开开奖结果，无法生成随机种子',
    en: 'the result of the public draw that was announced beforehand is missing, so there is no seed',
  },
  'evaluation.places_not_whole': {
    status: 422,
    zh: '名额或批次数 {places} 不是有效的整数',
    en: 'the number of places or waves, {places}, is not a valid whole number',
  },
  'evaluation.no_such_stratum': {
    status: 422,
    zh: '名单中没有名为“{stratum}”的层；现有：{strata}',
    en: 'nobody on the list is of the stratum "{stratum}"; there are: {strata}',
  },
  'evaluation.contradiction': {
    status: 422,
    zh: '输入自相矛盾：{input}（{place}）；请核对数据来源',
    en: 'the inputs contradict each other: {input} ({place}); check their sources',
  },
  'evaluation.locked_too_late': {
    status: 409,
    zh: '措施 {programme} 已开始受理；评分办法与分数线须在受理前锁定',
    en: 'programme {programme} is already open; score and threshold are locked before applications open',
  },
  'evaluation.override_unsigned': {
    status: 422,
    zh: '对 {id} 的例外决定只有 {signatures} 人签署或未写理由；须两人签署并写明理由',
    en: 'the override for {id} has {signatures} signatures or no reason; it needs two people and a reason',
  },
  'evaluation.missing_cell': {
    status: 422,
    zh: '列“{column}”第 {row} 条数据为空，请补齐',
    en: 'column "{column}" is empty in data row {row}; fill it',
  },
  'evaluation.bad_setting': {
    status: 422,
    zh: '模拟设定在“{place}”处不符合要求；假定须有 low、mode、high 与来源 source，限额须有 most、basis 与 source',
    en: 'the setting of the simulation is wrong at "{place}"; a prior needs low, mode, high and source, a limit most, basis and source',
  },
  'evaluation.bad_firm': {
    status: 422,
    zh: '第 {firm} 家企业的数据不合理；请检查支出、比例与评分',
    en: 'firm {firm} of the population has impossible values; check its spend, shares and score',
  },
  'evaluation.support_unknown': {
    status: 422,
    zh: '措施无法给出确定的支持额，还需要：{needed}',
    en: 'the programme cannot tell the support; still needed: {needed}',
  },
  'evaluation.support_not_sound': {
    status: 422,
    zh: '支出 {spend} 元时，措施给出的支持为负或超过支出；请先修正措施',
    en: 'at a spend of {spend} yuan the programme pays less than nothing or more than the spend; mend it first',
  },
  'evaluation.schedule_too_rough': {
    status: 422,
    zh: '措施的支持随支出变化过于零碎（{points} 段），无法模拟',
    en: 'the support changes with spend in too many pieces ({points}) to be simulated',
  },
  'evaluation.different_draws': {
    status: 422,
    zh: '两个版本的模拟抽样不同（{base} 与 {variant}），不能逐户比较',
    en: 'the two versions were simulated on different draws ({base} and {variant}) and cannot be compared',
  },
  'evaluation.not_a_net_effect': {
    status: 422,
    zh: '设计等级 {grade} 不能称为“净效果”；只有 A、B、C 级设计可以',
    en: 'a design of grade {grade} cannot carry the words "net effect"; only grades A, B and C can',
  },
} as const satisfies RefusalTexts
