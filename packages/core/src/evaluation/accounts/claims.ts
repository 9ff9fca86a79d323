// Numbers that others have stated. Each stands beside our own with its grade and source; none is ever read by a
// formula, which is why the values here are text: they can be shown, not multiplied.
import type { DesignGrade } from './grade.ts'

export interface QuotedClaim {
  readonly id: string
  /** the indicator it is shown beside */
  readonly indicator: string
  readonly about: string
  /** as stated, with its unit */
  readonly stated: string
  readonly design: string
  readonly grade: DesignGrade
  readonly source: string
}

export const QUOTED_CLAIMS: readonly QuotedClaim[] = [
  {
    id: 'caict_multiplier',
    indicator: 'E16',
    about: '1 yuan of investment in computing and the GDP that follows',
    stated: '3–4 CNY of GDP per CNY, gross, of investment',
    design: 'input–output, gross; neither vouchers nor causal',
    grade: 'F',
    source: 'CAICT white papers on computing power, as quoted by sharepointfabian.com/archives/12030',
  },
  {
    id: 'dutch_vouchers',
    indicator: 'E05',
    about: 'Dutch innovation vouchers 2004/05, EUR 7,500',
    stated: 'of 10 vouchers 8 additional, 1 would have happened anyway, 1 unused',
    design: 'lottery',
    grade: 'A',
    source: 'CPB 2005 and 2007; CPB Discussion Paper 58',
  },
  {
    id: 'creative_credits',
    indicator: 'E05',
    about: 'Creative Credits, Manchester 2009',
    stated:
      'chance of a project with a new supplier raised by at least 84 %; sales up at 6 months, no difference at 12',
    design: 'lottery with a longitudinal survey',
    grade: 'A',
    source: 'Bakhshi et al. 2013, Nesta',
  },
  {
    id: 'growth_vouchers',
    indicator: 'E06',
    about: 'UK Growth Vouchers 2014–15, more than 20,000 firms',
    stated: 'turnover +8.2 % among users for one year; no effect on jobs',
    design: 'lottery',
    grade: 'A',
    source: 'Behavioural Insights Team; What Works Centre for Local Economic Growth',
  },
  {
    id: 'emilia_romagna',
    indicator: 'E06',
    about: 'R&D subsidies in Emilia-Romagna',
    stated: 'zero on average; small firms raised investment by about the subsidy',
    design: 'sharp discontinuity at the score cut-off',
    grade: 'B',
    source: 'Bronzini and Iachini 2014, AEJ: Economic Policy 6(4)',
  },
  {
    id: 'doe_sbir',
    indicator: 'E06',
    about: 'US Department of Energy SBIR',
    stated: 'phase 1 (about USD 150,000) large effects; phase 2 (USD 1 m) almost none',
    design: 'discontinuity on ranks',
    grade: 'B',
    source: 'Howell 2017, American Economic Review 107(4)',
  },
  {
    id: 'sme_instrument',
    indicator: 'E06',
    about: 'EU SME Instrument',
    stated: 'sizeable effects through money, none from the quality stamp alone',
    design: 'discontinuity',
    grade: 'B',
    source: 'Santoleri et al. 2024, Review of Economics and Statistics',
  },
  {
    id: 'innofund',
    indicator: 'S17',
    about: 'China’s Innofund',
    stated: 'no effect on survival, patents or venture capital; scores missing or overridden',
    design: 'fuzzy discontinuity',
    grade: 'B',
    source: 'Wang, Li and Furman 2017, Research Policy 46(6)',
  },
  {
    id: 'italy_exhausted',
    indicator: 'E06',
    about: 'Italian innovation fund, applications after the money ran out',
    stated: 'not effective',
    design: 'discontinuity at the date the funds ran out',
    grade: 'B',
    source: 'de Blasio, Fantino and Pellegrini, Banca d’Italia Temi 792',
  },
  {
    id: 'guizhou_private',
    indicator: 'S03',
    about: 'Guizhou compute vouchers, private firms among applicants',
    stated: '53.8 %',
    design: 'count',
    grade: 'F',
    source: '贵州: 72 firms in the programme’s first year, as reported by 石狮日报',
  },
  {
    id: 'pinghu_centre',
    indicator: 'E11',
    about: '平湖 centre, January to October 2024',
    stated: 'service revenue 13.9 亿, manufacturing 9.2 亿; 75 staff; customers outside the city',
    design: 'company report',
    grade: 'F',
    source: 'research report on the 平湖 centre',
  },
  {
    id: 'jinan_leased',
    indicator: 'E13',
    about: '济南 centre',
    stated: '1,000 P leased out within a month',
    design: 'operator’s statement',
    grade: 'F',
    source: '香港文汇报, March 2025',
  },
]
