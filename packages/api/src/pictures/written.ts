// A picture written out: as an SVG file, and its table as text.
import type { Picture } from './picture.ts'
import { svgOf } from './scene.ts'

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
