// The rules of every programme in force as data, so that a firm's browser works out for itself what it could get. The
// firm's facts stay there; this route is never told any.
import { accept } from '@suanquan/core'
import { packProgramme } from '@suanquan/core/policy'
import type { Handler } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { ENGINE_VERSION } from './decision-record.ts'
import { viewAdoptionRow } from './view.ts'

export function readOwnChecks(world: World): Handler<'readOwnChecks'> {
  return {
    kind: 'query',
    run: async ({ at, today }, { db }) => {
      const rows = await db.selectFrom('adoption').select('id').orderBy('adopted_at').execute()
      const items = await Promise.all(
        rows.map(async ({ id }) => {
          const inForce = await world.programmes.inForce(db, id)
          const { programme } = inForce
          const row = await viewAdoptionRow(db, inForce, { at, today })
          return {
            ...row,
            engineVersion: ENGINE_VERSION,
            districts: [...programme.adoption.districts],
            documents: Object.entries(programme.documents).map(([key, text]) => ({ id: key, text })),
            programme: packProgramme(programme),
          }
        }),
      )
      return accept({ items })
    },
  }
}
