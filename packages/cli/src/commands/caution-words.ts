// The cautions of an estimate in words: what was found, and what would settle it.
import type { Caution, Downgrade, MeasureCaution, Qualification } from '@suanquan/core/evaluation'

import type { Sentence } from '../language.ts'

interface Words {
  readonly why: Sentence
  readonly settle: Sentence
}

/** What lowered the grade or qualifies the number. */
export const findingWords: Readonly<Record<Downgrade | Qualification, Words>> = {
  density_jumps: {
    why: {
      zh: '断点处评分的密度有跳跃，可能有人为越线',
      en: 'the density of the score jumps at the cut-off: someone may have been moved across it',
    },
    settle: {
      zh: '核对断点附近的评分记录与例外决定；或用 --donut 剔除紧邻断点的行再看',
      en: 'check the scoring records and overrides next to the cut-off, or leave out the nearest rows with --donut',
    },
  },
  density_not_tested: {
    why: { zh: '断点附近的不同分值太少，无法检验密度', en: 'too few distinct scores to test the density' },
    settle: { zh: '提供未取整的评分', en: 'give the scores before rounding' },
  },
  trends_parted: {
    why: { zh: '政策之前各组走势已不平行', en: 'the groups had parted before the programme reached them' },
    settle: {
      zh: '换用走势相近的对照组，或加入解释差异的事前信息',
      en: 'compare with units that moved alike before, or bring in what explains the parting',
    },
  },
  trends_not_testable: {
    why: {
      zh: '政策之前没有可比较的时期，无法检验平行走势',
      en: 'no period before treatment shows the trends',
    },
    settle: { zh: '补充政策之前至少两期数据', en: 'add at least two periods before treatment' },
  },
  two_periods_only: {
    why: { zh: '只有前后两期，看不出走势是否平行', en: 'two periods cannot show that trends ran parallel' },
    settle: {
      zh: '补充政策之前的时期，改用 evaluate staggered',
      en: 'add earlier periods and use evaluate staggered',
    },
  },
  unequal_attrition: {
    why: { zh: '两组结果缺失的比例相差过大', en: 'outcomes are missing far more often in one arm' },
    settle: {
      zh: '补查缺失较多一组的结果；在此之前以缺失界限为准',
      en: 'find the missing outcomes of that arm; until then read the bounds',
    },
  },
  outcomes_missing: {
    why: { zh: '有结果缺失，或两组缺失比例不同', en: 'outcomes are missing, or more often in one arm' },
    settle: {
      zh: '补查缺失的结果；对照缺失界限',
      en: 'find the missing outcomes; read the bounds beside it',
    },
  },
  assignment_missing: {
    why: { zh: '不少行没有写明是否中签', en: 'many rows do not say whether they were drawn' },
    settle: {
      zh: '确认这些行未参加抽签；若参加了，补上抽签结果，否则等级不成立',
      en: 'confirm that they were not in the draw; if they were, add how they were drawn, else the grade does not hold',
    },
  },
  few_units: {
    why: {
      zh: '单位太少，按大样本算的区间偏窄，以置换检验为准',
      en: 'few units: the large-sample interval is too narrow, go by the permutation test',
    },
    settle: { zh: '增加参加抽签的单位', en: 'draw among more units' },
  },
  rows_dropped: {
    why: {
      zh: '超过二十分之一的行因缺失未用',
      en: 'more than a twentieth of the rows are left out for missing values',
    },
    settle: { zh: '补齐缺失值，或说明为何缺失', en: 'fill the missing values or tell why they are missing' },
  },
  units_dropped: {
    why: {
      zh: '超过二十分之一的单位因缺期未用',
      en: 'more than a twentieth of the units are left out for a missing period',
    },
    settle: { zh: '补齐各期数据', en: 'complete their periods' },
  },
  weak_first_stage: {
    why: {
      zh: '中签对使用的影响太弱，每使用者效应不可信',
      en: 'being drawn hardly changed use: the effect per user is not to be trusted',
    },
    settle: { zh: '只看中签者效应', en: 'go by the effect of being drawn' },
  },
}

/** Every caution in a few words, to stand behind a number. */
export const cautionWords: Readonly<Record<Caution | MeasureCaution, Sentence>> = {
  ...(Object.fromEntries(Object.entries(findingWords).map(([code, { why }]) => [code, why])) as Record<
    Downgrade | Qualification,
    Sentence
  >),
  cannot_exclude_zero: { zh: '不能排除零效果', en: 'no effect cannot be excluded' },
  not_causal: { zh: '不是因果效果', en: 'not causal' },
  no_leverage_wording: { zh: '不得写“带动”', en: 'not to be worded as leverage' },
  equals_inverse_rate_when_uncapped: {
    zh: '未封顶时等于补助比例的倒数，不说明效果',
    en: 'equals one over the rate while nothing is capped, and shows no effect',
  },
  interval_unbounded: { zh: '区间无上界', en: 'the interval has no upper end' },
  ladder_not_monotone: {
    zh: '下一级大于上一级，数据矛盾',
    en: 'more than the rung above it: the data contradict',
  },
  response_below_half: { zh: '回收率不足一半', en: 'less than half responded' },
}
