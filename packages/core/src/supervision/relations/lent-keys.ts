// What a filing agent lends its clients. Whoever registers firms for others leaves its own phone, mail, network, device or
// office in the papers of all of them: what one shows, the others show again, and all together say no more than "the same
// agent". So a value that most firms of an agent state counts as one key, the agent, whatever number of its data a firm
// carries (conditional dependence, which linkage by added weights must not count twice: Fellegi and Sunter 1969, § 2.1).
// A bank account is nobody's to lend.
import type { WorldIndex } from '../world/world-index.ts'
import type { SoftLinkLimits } from './soft-link.ts'

export interface LentKeys {
  /** whether the value of a kind is the agent's own */
  readonly has: (agent: string | null, kind: string, valueHash: string) => boolean
  /** whether the agent lends anything */
  readonly lends: (agent: string | null) => boolean
}

/** What agents lend is what the population says. */
export function lentKeys(world: WorldIndex, limits: SoftLinkLimits): LentKeys {
  return world.population(`lent keys ${JSON.stringify(limits)}`, (all) => byAgents(all, limits))
}

function byAgents(world: WorldIndex, limits: SoftLinkLimits): LentKeys {
  const lent = new Map<string, ReadonlySet<string>>()
  const [firms, contacts] = [world.columns('firms'), world.columns('contacts')]
  const filed = firms?.by('agent')
  const contactsOf = contacts?.by('firm')
  for (let group = 0; group < (filed?.groups ?? 0); group++) {
    const clients = filed!.nth(group)
    if (clients.length < limits.leastClients) continue
    const counts = new Map<string, number>()
    for (const client of clients) {
      const { id, addressHash } = firms!.row(client)
      const own = new Set(addressHash === null ? [] : [`address ${addressHash}`])
      for (const place of contactsOf?.of(world.texts.codeOf(id)) ?? []) {
        const { kind, valueHash } = contacts!.row(place)
        if (kind !== 'bank') own.add(`${kind} ${valueHash}`)
      }
      for (const key of own) counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    const most = [...counts].filter(([, count]) => count > limits.leastLentShare * clients.length)
    if (most.length > 0)
      lent.set(world.texts.textOf(filed!.valueOf(group)), new Set(most.map(([key]) => key)))
  }
  return {
    has: (agent, kind, valueHash) =>
      agent !== null && (lent.get(agent)?.has(`${kind} ${valueHash}`) ?? false),
    lends: (agent) => agent !== null && lent.has(agent),
  }
}
