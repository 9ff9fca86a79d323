// The pictures of the platform: each a pure function from data and language to its finding, its sentence, its table and
// its drawing. Pages and documents take the same one (docs/adr/2026-11-22-pictures.md). Nothing else stands here, so that a
// page loads the pictures it shows.
export { burnDownPicture } from './burn-down.ts'
export type { BurnDownData } from './burn-down-shape.ts'
export { capsPicture, type CapsData } from './caps.ts'
export { computePicture, type ComputeData } from './compute.ts'
export { feedDaysPicture, type FeedDaysData } from './feed-days.ts'
export { flowPicture, type FlowData } from './flow.ts'
export { funnelPicture, type FunnelData } from './funnel.ts'
export { IMPACT_NAMES, impactPicture, impactTitle, type ImpactData } from './impact.ts'
export {
  aheadPicture,
  ladderPicture,
  RUNG_WORDS,
  sourcesOf,
  type AheadData,
  type LadderData,
} from './ladder.ts'
export { monthsPicture, type MonthAmounts } from './months.ts'
export { offeredPicture, type OfferedData } from './offered.ts'
export { paymentsPicture, type PaymentsData } from './payments.ts'
export type { Picture, PictureTable } from './picture.ts'
export { type Mark, type Scene } from './scene.ts'
export { sharesPicture, type SharesData } from './shares.ts'
export { usageHoursPicture, type UsageHoursData } from './usage-hours.ts'
export { waterfallPicture, type WaterfallData } from './waterfall.ts'
export { pictureRows, pictureSvg } from './written.ts'
