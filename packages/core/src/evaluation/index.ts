export {
  analyseCutoff,
  analyseDensity,
  analyseDifference,
  analyseKink,
  type Analysed,
  type CutoffAnswer,
  type CutoffQuestion,
  type DifferenceQuestion,
  type KinkQuestion,
} from './analyse.ts'
export { analyseLottery, type LotteryAnswer, type LotteryQuestion } from './analyse-lottery.ts'
export { analysePanel, type PanelAnswer, type PanelQuestion, type Period } from './analyse-panel.ts'
export {
  asNetEffect,
  DESIGN_GRADES,
  gradeEffect,
  wordFor,
  type Caution,
  type DesignGrade,
  type EffectWord,
  type GradedEffect,
  type NetEffect,
} from './accounts/grade.ts'
export { coversZero, estimateOf, type ConfidenceInterval, type Estimate } from './estimate.ts'
export { parseTable, type Table } from './table.ts'
