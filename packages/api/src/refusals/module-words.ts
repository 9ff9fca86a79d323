// Words for codes in the params of refusals that come from one module each: what an evaluation lacks, who acts
// and reviews.
export type Words = Readonly<Record<string, { readonly zh: string; readonly en: string }>>

/** What there is too little of, and where. */
export const places: Words = {
  treated: { zh: '处理组（中签）的行', en: 'rows of the treated' },
  control: { zh: '对照组（未中签）的行', en: 'rows of the controls' },
  treatedBefore: { zh: '处理组前期的行', en: 'rows of the treated before' },
  treatedAfter: { zh: '处理组后期的行', en: 'rows of the treated after' },
  controlBefore: { zh: '对照组前期的行', en: 'rows of the controls before' },
  controlAfter: { zh: '对照组后期的行', en: 'rows of the controls after' },
  left: { zh: '断点左侧的不同分值', en: 'distinct scores left of the cut-off' },
  right: { zh: '断点右侧的不同分值', en: 'distinct scores right of the cut-off' },
  pilot: { zh: '断点一侧的行', en: 'rows on one side of the cut-off' },
  bandwidth: { zh: '带宽之内的行', en: 'rows within the bandwidth' },
  rows: { zh: '可用的行', en: 'rows that can be used' },
  units: { zh: '单位', en: 'units' },
  clusters: { zh: '聚类（如区县）', en: 'clusters (districts, for one)' },
  periods: { zh: '时期', en: 'periods' },
  bins: { zh: '直方组', en: 'bins' },
  contracts: { zh: '合同', en: 'contracts' },
  donors: { zh: '可作对照的单位', en: 'units to compare with' },
  before: { zh: '处理前的时期', en: 'periods before treatment' },
  after: { zh: '处理后的时期', en: 'periods after treatment' },
  firms: { zh: '企业', en: 'firms' },
  spends: { zh: '有支出的企业', en: 'firms with spend' },
}

/** Who acts for the applicant of a programme. */
export const applicants: Words = {
  clerk: { zh: '企业经办人', en: 'clerk of a firm' },
  provider: { zh: '算力供给方', en: 'compute provider' },
  reviewer: { zh: '主管部门（免申即享）', en: 'reviewer (nobody applies)' },
}

/** Who reviews. */
export const tiers: Words = {
  district: { zh: '区县', en: 'the district' },
  city: { zh: '市级', en: 'the city' },
  finance: { zh: '财政', en: 'the treasury' },
}
