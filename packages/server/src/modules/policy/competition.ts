// What the public may read of an adopted measure's fair competition: each rule that favours some, the ground of
// 公平竞争审查条例 article 12 on which it stands, the reason, and who signed.
import { accept } from '@suanquan/core'
import { competitionFindings, competitionKey } from '@suanquan/core/policy'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { notFound } from '../../identity/scope.ts'
import { viewFinding } from './proposals.ts'

export function readCompetition(world: World): Handlers<'readCompetition'>['readCompetition'] {
  return {
    kind: 'query',
    run: async ({ params }, { db }) => {
      const row = await db.selectFrom('adoption').select('id').where('id', '=', params.id).executeTakeFirst()
      if (!row) return notFound('adoption')
      const { programme } = await world.programmes.inForce(db, row.id)
      const given = programme.adoption.competition ?? {}
      return accept({
        decidedOn: programme.adoption.adoptedOn,
        items: competitionFindings(programme).map((finding) => {
          const { ground = null, reason = null, signedBy = null } = given[competitionKey(finding)] ?? {}
          return { ...viewFinding(programme, finding), ground, reason, signedBy }
        }),
      })
    },
  }
}
