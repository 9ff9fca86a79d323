import type { RefusalTexts } from './texts.ts'

export const archive = {
  'archive.held_already': {
    status: 409,
    zh: '这卷档案已经冻结；要改原因请先解除',
    en: 'disposal of this file is forbidden already; release the hold first to state another reason',
  },
  'archive.not_held': {
    status: 409,
    zh: '这卷档案没有冻结，不需要解除',
    en: 'nothing holds this file; there is nothing to release',
  },
  'archive.term_runs': {
    status: 409,
    zh: '档案 {number} 的保管期限未满，不能列入销毁；请从清册中去掉',
    en: 'the term of file {number} is not over; leave it out of the list',
  },
  'archive.held': {
    status: 409,
    zh: '档案 {number} 有未结的审计、复核、追回、异议或更正，不能销毁；请等事项办结',
    en: 'an audit, appeal, clawback, objection or correction of file {number} is open; it cannot be disposed of until that ends',
  },
  'archive.disposed': {
    status: 409,
    zh: '档案 {number} 已经销毁，只留目录和决定',
    en: 'file {number} was disposed of; its catalogue and decisions remain',
  },
  'archive.listed': {
    status: 409,
    zh: '档案 {number} 已在另一份待批的清册中；请先办结那一份',
    en: 'file {number} stands on another list that waits; decide on that one first',
  },
  'archive.decided': {
    status: 409,
    zh: '这份清册已经审批，不能再改',
    en: 'this list has been decided on and cannot be changed',
  },
  'archive.own_proposal': {
    status: 403,
    zh: '销毁清册由另一人审批；请同事审批',
    en: 'a list is decided on by somebody else; ask a colleague',
  },
  'archive.paper_disposed': {
    status: 410,
    zh: '这个文件所在的档案保管期满，已依规定销毁',
    en: 'the file to which this paper belongs was disposed of after its term',
  },
} as const satisfies RefusalTexts
