// The public face of the platform: what can be asked, by whom, what comes back and how it can be refused.
export {
  createClient,
  urlOf,
  type CallInput,
  type Client,
  type ClientOptions,
  type DownloadedFile,
  type Fetch,
  type Outcome,
} from './client.ts'
export { competitionGroundNames, competitionKindNames } from './competition-names.ts'
export { findingWord, type FindingWord } from './findings/index.ts'
export { readDay, readMonth } from './format/day.ts'
export { asLanguage, languages, type Language } from './format/language.ts'
export {
  axisMoney,
  ledgerMoney,
  readMoney,
  readsInWan,
  readTogether,
  sayMoney,
  shortMoney,
  yuanMoney,
  type FenValue,
} from './format/money.ts'
export {
  flagWords,
  importKindNames,
  importKinds,
  importOutcomes,
  MOST_IMPORT_ROWS,
  type ImportColumn,
  type ImportKind,
  type ImportKindName,
  type ImportOutcome,
} from './import-kinds.ts'
export {
  takeOverFileKinds,
  takeOverFilesNeeded,
  takeOverSheetNames,
  type TakeOverFileKind,
  type TakeOverSheetName,
} from './take-over-names.ts'
export { takeOverSheets, type TakeOverColumn, type TakeOverSheet } from './take-over-sheets.ts'
export { writeOpenApi } from './openapi.ts'
export {
  fillWords,
  isMessageKind,
  messageChannels,
  messageKindNames,
  messageKinds,
  type MessageChannel,
  type MessageKind,
  type MessageKindName,
} from './messages/kinds.ts'
export {
  actions,
  permits,
  roles,
  roleWhereApart,
  scopeOf,
  separateAdministrators,
  type Action,
  type Grant,
  type Role,
  type Scope,
  type Target,
} from './permissions.ts'
export {
  aheadPicture,
  type AheadData,
  ladderPicture,
  type LadderData,
  RUNG_WORDS,
  sourcesOf,
  burnDownPicture,
  monthsPicture,
  capsPicture,
  computePicture,
  feedDaysPicture,
  flowPicture,
  funnelPicture,
  IMPACT_NAMES,
  impactPicture,
  impactTitle,
  offeredPicture,
  paymentsPicture,
  type PaymentsData,
  pictureRows,
  pictureSvg,
  sharesPicture,
  usageHoursPicture,
  waterfallPicture,
  type BurnDownData,
  type CapsData,
  type ComputeData,
  type FeedDaysData,
  type FlowData,
  type MonthAmounts,
  type FunnelData,
  type ImpactData,
  type Mark,
  type OfferedData,
  type Picture,
  type PictureTable,
  type Scene,
  type SharesData,
  type UsageHoursData,
  type WaterfallData,
} from './pictures/index.ts'
export { fundActKinds } from './fund-acts.ts'
export { proofSentence } from './proof-words.ts'
export { publishedRound } from './published-round.ts'
export { problem, sentence, toProblem, type Problem } from './problem.ts'
export { partyWarnings } from './refusals/party.ts'
export { paramWords } from './refusals/words.ts'
export { shortfallTexts, waitingTexts } from './refusals/settlement.ts'
export { refusals, type RefusalCode, type RefusalText, type RefusalTexts } from './refusals/index.ts'
export {
  commonRefusals,
  type AnswerDecision,
  type AnswerOf,
  type BodyOf,
  type CodeOf,
  type CommonCode,
  type ParamsOf,
  type QueryOf,
  type Route,
} from './route.ts'
export {
  applicationStates,
  batchStates,
  BULK_MOST,
  claimStates,
  deliveryStates,
  documentKinds,
  legs,
  routes,
  serviceGrades,
  serviceSteps,
  searchKinds,
  unmaskable,
  unmaskingPurposes,
  voucherStates,
  type RouteName,
  type Routes,
} from './routes/index.ts'
export { impactChanges, type ImpactChange } from './impact-changes.ts'
