// What each column of the statistics of use means; it travels with the data.
import { SMALLEST_GROUP } from '@suanquan/core/disclosure'
import { ACTIVE_PERCENT } from '@suanquan/core/metering'

export const usageDefinitions = [
  {
    name: 'until',
    text: {
      zh: '数据截止日：上一个完整月份的最后一天',
      en: 'the last day that counts: the end of the last whole month',
    },
  },
  {
    name: 'by',
    text: {
      zh: '分组方式：month 月份，district 算力中心所在区，chip 卡型',
      en: 'grouped by month, district of the centre, or class of card',
    },
  },
  { name: 'key', text: { zh: '组；total 为合计', en: 'the group; total is all of them' } },
  {
    name: 'organisations',
    text: { zh: '使用算力的单位数，同一单位只计一次', en: 'organisations that used compute, each once' },
  },
  {
    name: 'cardHours',
    text: {
      zh: '受支持合同下计量的卡时，切分使用的按占整卡的份额折算',
      en: 'card-hours metered under supported contracts; slices count by their part of a card',
    },
  },
  {
    name: 'fenPerCardHour',
    text: {
      zh: '每卡时的合同价（分）：计量价值除以卡时，未减支持金额',
      en: 'what was agreed for a card-hour, in fen: metered value by card-hours, support not taken off',
    },
  },
  {
    name: 'activeShare',
    text: {
      zh: `有监控的卡时里，平均占用不低于 ${ACTIVE_PERCENT}% 的小时所占的比例；监控不区分卡型`,
      en: `of the card-hours that monitoring saw, the share in hours with a mean busy share of ${ACTIVE_PERCENT} % or more; monitoring does not tell classes`,
    },
  },
  {
    name: '—',
    text: {
      zh: `少于 ${SMALLEST_GROUP} 家单位（活跃比例按少于 ${SMALLEST_GROUP} 个中心）的组不显示；为防止用合计相减推算，再隐去最小的组，直到隐去的至少两组且合计不少于 ${SMALLEST_GROUP} 家`,
      en: `groups of fewer than ${SMALLEST_GROUP} organisations (for the active share, centres) are left out; so that subtraction does not give them away, the smallest others are too, until two groups with ${SMALLEST_GROUP} organisations are`,
    },
  },
]
