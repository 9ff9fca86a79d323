import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { appraisalHandlers } from './appraisals.ts'
import { inquiryHandlers } from './inquiries.ts'

export function serviceHandlers(
  world: World,
): Handlers<keyof ReturnType<typeof appraisalHandlers> | keyof ReturnType<typeof inquiryHandlers>> {
  return { ...appraisalHandlers(), ...inquiryHandlers(world) }
}
