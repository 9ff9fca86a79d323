// The pictures of the platform: each a pure function from data and language to its finding, its sentence, its table and
// its drawing. Pages and documents take the same one (docs/adr/2026-11-22-pictures.md).
import type { Picture } from './picture.ts'
import { svgOf } from './scene.ts'

export { burnDownPicture } from './burn-down.ts'
export type { BurnDownData } from './burn-down-shape.ts'
export { capsPicture, type CapsData } from './caps.ts'
export { computePicture, type ComputeData } from './compute.ts'
export { flowPicture, type FlowData } from './flow.ts'
export { funnelPicture, type FunnelData } from './funnel.ts'
export { monthsPicture, type MonthAmounts } from './months.ts'
export type { Picture, PictureTable } from './picture.ts'
export { type Mark, type Scene } from './scene.ts'
export { sharesPicture, type SharesData } from './shares.ts'
export { waterfallPicture, type WaterfallData } from './waterfall.ts'

/**
 * A picture as an SVG file, with rectangles, paths and texts only, its font named "Noto Sans SC".
 * @param width in CSS pixels or points; the height follows
 */
export function pictureSvg(picture: Picture, width: number): string {
  return svgOf(picture.draw(width), picture.title)
}

/** Its table as rows of text, the head first. */
export function pictureRows({ table }: Picture): readonly (readonly string[])[] {
  return [table.head, ...table.rows]
}
