// 保管期限表: how long what is kept, by which rule. A file keeps the term and the source that were applied to it.
import type { ArchiveCategory, ArchiveKind } from '../../database/archive-tables.ts'

export interface RetentionTerm {
  readonly category: ArchiveCategory
  /** null: for good */
  readonly years: 10 | 30 | null
  readonly source: { readonly zh: string; readonly en: string }
}

const OFFICE_FILES = {
  zh: '机关文件材料归档范围和文书档案保管期限规定（国家档案局令第8号）：定期分为30年、10年',
  en: 'Rules on what offices archive and for how long (National Archives Administration, order 8): 30 or 10 years',
}
const VOUCHERS_OF_ACCOUNT = {
  zh: '会计档案管理办法（财政部、国家档案局令第79号）附表：会计凭证30年',
  en: 'Measures on accounting archives (order 79), annex: vouchers of account 30 years',
}
const YEARLY_ACCOUNTS = {
  zh: '会计档案管理办法（财政部、国家档案局令第79号）附表：年度财务报告、决算永久',
  en: 'Measures on accounting archives (order 79), annex: yearly accounts for good',
}

export const retentionTerms: Readonly<Record<ArchiveKind, RetentionTerm>> = {
  application: { category: 'document', years: 30, source: OFFICE_FILES },
  claim: { category: 'accounting', years: 30, source: VOUCHERS_OF_ACCOUNT },
  project: { category: 'document', years: 30, source: OFFICE_FILES },
  clawback: { category: 'accounting', years: 30, source: VOUCHERS_OF_ACCOUNT },
  appeal: { category: 'document', years: 10, source: OFFICE_FILES },
  round: { category: 'document', years: 30, source: OFFICE_FILES },
  fund_year: { category: 'accounting', years: null, source: YEARLY_ACCOUNTS },
}
