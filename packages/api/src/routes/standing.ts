// Where an application stands: the stations of its way, drawn from the table it was submitted under, and the clock of
// whoever must decide. Said alike to its firm, to the offices and, without names, to whoever knows its number.
import { z } from 'zod'
import { dayText } from '../wire.ts'

const actor = z.string()

export const standing = {
  stations: z.array(
    z
      .object({
        state: z.string(),
        phase: z.enum(['done', 'current', 'stopped', 'ahead']),
        reachedOn: dayText.nullable(),
        /** who must act there; null at an end */
        awaited: actor.nullable(),
        /** working days that the programme gives for it, where it sets a limit */
        withinDays: z.number().int().nullable(),
        /** how often the case left it for a detour, as a correction, and came back */
        returns: z.number().int(),
      })
      .meta({ id: 'Station' }),
  ),
  /** the limit of whoever decides now, or decides again when a correction is back; working days */
  clock: z
    .object({
      state: z.string(),
      limitDays: z.number().int(),
      usedDays: z.number().int(),
      leftDays: z.number().int(),
      /** it stands still: the applicant is awaited */
      stopped: z.boolean(),
    })
    .meta({ id: 'OfficeClock' })
    .nullable(),
}
