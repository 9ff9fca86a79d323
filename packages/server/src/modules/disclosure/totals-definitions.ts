// What each column of the open data means; it travels with the data.
import { SMALLEST_GROUP } from '@suanquan/core/disclosure'

export const definitions = [
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
      zh: '分组方式：programme 措施，district 单位登记所在区，size 企业规模，month 月份（发放看公示期满之月，拨付看银行付款之月）',
      en: 'grouped by programme, district of registration, size class, or month (of the end of the notice; of the bank’s payment)',
    },
  },
  {
    name: 'key',
    text: { zh: '组；total 为合计', en: 'the group; total is all of them' },
  },
  {
    name: 'organisations',
    text: { zh: '公示期满获得支持的单位数，同一单位只计一次', en: 'organisations granted, each once' },
  },
  { name: 'grants', text: { zh: '获得支持的申请件数', en: 'applications granted' } },
  {
    name: 'grantedFen',
    text: { zh: '核定的支持金额（分）', en: 'amount granted, in fen' },
  },
  {
    name: 'paidOrganisations',
    text: { zh: '已拨付所涉及的单位数', en: 'organisations whose support was paid' },
  },
  {
    name: 'paidFen',
    text: { zh: '银行已确认付款的金额（分）', en: 'amount that the bank has paid, in fen' },
  },
  {
    name: '—',
    text: {
      zh: `少于 ${SMALLEST_GROUP} 家单位的组不显示；为防止用合计相减推算，再隐去最小的组，直到隐去的至少两组且合计不少于 ${SMALLEST_GROUP} 家`,
      en: `groups of fewer than ${SMALLEST_GROUP} organisations are left out; so that subtraction does not give them away, the smallest others are too, until two groups with ${SMALLEST_GROUP} organisations are`,
    },
  },
]
