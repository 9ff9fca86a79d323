// policy: a city's measure as data. Reading and checking programme files, adopting them, and determining by them.
export {
  ACCEPTED,
  adopt,
  adoptStored,
  adoptionFaults,
  readAdoption,
  withDecisions,
  type AdoptionFault,
  type AdoptionRefusal,
} from './adoption.ts'
export { readCapBalances, type BalanceProblem, type WrittenBalances } from './cap-balances.ts'
export { awardNumbers, type AwardNumbers } from './award-numbers.ts'
export { capAccounts, type CapAccountsInput } from './caps.ts'
export type { Act } from './prepared.ts'
export {
  foreseeCases,
  runCases,
  type CaseDifference,
  type CaseForecast,
  type CaseResult,
  type CasesRun,
} from './cases/run-cases.ts'
export { readCases, type WorkedCase } from './cases/read-cases.ts'
export { runCase, withAnswers } from './cases/run-cases.ts'
export { readInput } from './cases/read-input.ts'
export {
  mutationScore,
  scoreStepwise,
  type MutantResult,
  type MutationScore,
} from './cases/mutation-score.ts'
export { failureCodes } from './expression/index.ts'
export { checkProgramme, readStoredProgramme, type Checked } from './check/check-programme.ts'
export type * from './determination.ts'
export {
  determine,
  determineRedemption,
  emptiedBy,
  type DeterminationInput,
  type DeterminationRefusal,
} from './determine.ts'
export {
  awardCandidates,
  combinationFaults,
  combineProgrammes,
  MOST_CANDIDATES,
  type Candidate,
  type Combination,
  type CombinationCertificate,
  type CombinationInput,
  type CombinedGrant,
  type Relation,
} from './combine/combine.ts'
export type { Bound, BoundPart } from './combine/bound.ts'
export type { Branch, Skip } from './combine/search.ts'
export type { CombinedContract } from './combine/view.ts'
export { compareProgrammes, rulesOf, type ProgrammeDifference, type ProgrammeRule } from './compare.ts'
export {
  competitionFindings,
  competitionKey,
  unexplained,
  type CompetitionFinding,
  type CompetitionKind,
} from './fair-competition.ts'
export { formatYaml } from './format-yaml.ts'
export { fundingParts, type FundedPart } from './funding.ts'
export { hasErrors, type Diagnostic } from './diagnostic.ts'
export { readFacts, type FactProblem, type ReadFacts } from './fact-values.ts'
export { cnVoucherFacts, factsSchemas, type Fact, type FactSource, type FactsSchema } from './facts.ts'
export { generalLaw, sanctions, type Sanctions } from './general-law.ts'
export { toHtml, toMarkdown, type Block } from './guide/blocks.ts'
export { programmeGuide, type GuideInput } from './guide/guide.ts'
export { awardLadder, type Ladder, type LadderCap, type LadderCase } from './guide/ladder.ts'
export { bandWords, type BandWords } from './guide/ladder-words.ts'
export { programmeHash } from './hash.ts'
export { printed } from './check/printed.ts'
export { writeRate, writeValue } from './message.ts'
export { competitionGrounds } from './programme.ts'
export type * from './programme.ts'
export { grantFacts, isAsked, ownCheck, type OwnCheck } from './own-check.ts'
export { factsRead } from './references.ts'
export { editorSchemas, type EditorSchema } from './editor-schemas.ts'
export {
  citationOf,
  procedureTerms,
  programmeSummary,
  type Citation,
  type Length,
  type ParameterSummary,
  type ProcedureTerms,
  type ProgrammeSummary,
  type RuleSummary,
} from './summary.ts'
export {
  baseOf,
  composeCases,
  composeOverlay,
  isOverlay,
  type Composed,
  type FileText,
} from './overlay/overlay.ts'
export { packProgramme, unpackBare, unpackProgramme, type PackedProgramme } from './transport.ts'
export { typeName, type Expression, type Period, type Place, type Type, type Value } from './types.ts'
export { viewDetermination, type DeterminationView, type ViewInput } from './view.ts'
export { orderScores } from './order.ts'
export { endsOf, spanOf, windowTakes } from './window.ts'
export {
  comparePopulations,
  determinePopulation,
  readPopulation,
  rowOf,
  type BrokenRow,
  type Column,
  type Population,
  type PopulationDetermined,
  type PopulationDifference,
  type PopulationInput,
  type PopulationRow,
} from './columns/index.ts'
