// The money as a graph: appropriated → programme → size class → provider → what became of it. Every node gives on what
// it gets; what came back to the pool and was granted once more is a second source, so that no fen stands twice.
type Words = { readonly zh: string; readonly en: string }

/** What was granted under one programme to firms of one size class that buy from one provider. Whole fen as text. */
export interface FlowGrant {
  /** micro, small, medium, large, unknown */
  readonly sizeClass: string
  readonly providerId: string
  readonly providerName: string
  /** approved, its notice not over */
  readonly reservedFen: string
  /** in vouchers: usable or held */
  readonly heldFen: string
  /** payable, not yet paid */
  readonly owedFen: string
  readonly paidFen: string
  /** went back to the pool: expired, revoked, given up, taken back */
  readonly returnedFen: string
}

export interface FlowProgramme {
  readonly adoptionId: string
  readonly title: Words
  /** what the treasury gave, less what was withdrawn */
  readonly appropriatedFen: string
  /** never granted so far: in the appropriation or the pool */
  readonly ungrantedFen: string
  /** came back to the pool and was granted again */
  readonly regrantedFen: string
  /** of what was paid: demanded back and not yet recovered */
  readonly demandedFen: string
  /** of what was paid: recovered to the treasury */
  readonly recoveredFen: string
  readonly grants: readonly FlowGrant[]
}

export interface FlowData {
  readonly asOf: string
  readonly programmes: readonly FlowProgramme[]
}

export const flowFates = [
  'paid',
  'owed',
  'held',
  'reserved',
  'returned',
  'ungranted',
  'demanded',
  'recovered',
] as const

export type FlowFate = (typeof flowFates)[number]

export interface FlowNode {
  readonly id: string
  readonly layer: number
  readonly text: Words
  readonly fate: FlowFate | null
  readonly fen: bigint
}

export interface FlowLink {
  readonly from: string
  readonly to: string
  readonly fen: bigint
}

export interface FlowGraph {
  readonly nodes: readonly FlowNode[]
  readonly links: readonly FlowLink[]
  /** what entered: appropriated, and granted again */
  readonly sourceFen: bigint
}

const SIZES: Readonly<Record<string, Words>> = {
  large: { zh: '大型企业', en: 'Large' },
  medium: { zh: '中型企业', en: 'Medium' },
  small: { zh: '小型企业', en: 'Small' },
  micro: { zh: '微型企业', en: 'Micro' },
  unknown: { zh: '规模不明', en: 'Size unknown' },
}

export const FATE_WORDS: Readonly<Record<FlowFate, Words>> = {
  paid: { zh: '已拨付', en: 'Paid' },
  owed: { zh: '应付未付', en: 'Owed' },
  held: { zh: '在券中', en: 'In vouchers' },
  reserved: { zh: '公示中', en: 'In notice' },
  returned: { zh: '退回', en: 'Returned' },
  ungranted: { zh: '未发放', en: 'Not granted' },
  demanded: { zh: '追回中', en: 'Demanded back' },
  recovered: { zh: '已追回', en: 'Recovered' },
}

const GRANT_FATES = [
  ['paid', 'paidFen'],
  ['owed', 'owedFen'],
  ['held', 'heldFen'],
  ['reserved', 'reservedFen'],
  ['returned', 'returnedFen'],
] as const

/** How many providers have a node of their own; the rest are one. */
const PROVIDERS = 6

/** The graph of a flow; nodes and links of nothing are left out. */
export function flowGraph({ programmes }: FlowData): FlowGraph {
  const names = new Map<string, { layer: number; text: Words; fate: FlowFate | null }>()
  const sums = new Map<string, FlowLink>()
  const node = (id: string, layer: number, text: Words, fate: FlowFate | null = null): string => {
    if (!names.has(id)) names.set(id, { layer, text, fate })
    return id
  }
  const fateNode = (fate: FlowFate): string =>
    node(`fate:${fate}`, fate === 'demanded' || fate === 'recovered' ? 5 : 4, FATE_WORDS[fate], fate)
  const link = (from: string, to: string, fen: bigint): void => {
    if (fen <= 0n) return
    const key = `${from} ${to}`
    sums.set(key, { from, to, fen: (sums.get(key)?.fen ?? 0n) + fen })
  }
  const own = largestProviders(programmes)
  for (const programme of programmes) {
    const at = node(`programme:${programme.adoptionId}`, 1, programme.title)
    link(
      node('appropriated', 0, { zh: '财政安排', en: 'Appropriated' }),
      at,
      BigInt(programme.appropriatedFen),
    )
    link(node('again', 0, { zh: '退回后再次发放', en: 'Granted again' }), at, BigInt(programme.regrantedFen))
    link(at, fateNode('ungranted'), BigInt(programme.ungrantedFen))
    for (const grant of programme.grants) {
      const size = node(`size:${grant.sizeClass}`, 2, SIZES[grant.sizeClass] ?? SIZES['unknown']!)
      const provider = own.has(grant.providerId)
        ? node(`provider:${grant.providerId}`, 3, { zh: grant.providerName, en: grant.providerName })
        : node('provider:', 3, { zh: '其他供给方', en: 'Other providers' })
      link(at, size, grantedFen(grant))
      link(size, provider, grantedFen(grant))
      for (const [fate, field] of GRANT_FATES) link(provider, fateNode(fate), BigInt(grant[field]))
    }
    link(fateNode('paid'), fateNode('demanded'), BigInt(programme.demandedFen))
    link(fateNode('paid'), fateNode('recovered'), BigInt(programme.recoveredFen))
  }
  const links = [...sums.values()]
  const nodes = [...names].flatMap(([id, { layer, text, fate }]): FlowNode[] => {
    const into = total(links, ({ to }) => to === id)
    const out = total(links, ({ from }) => from === id)
    const fen = into > out ? into : out
    return fen === 0n ? [] : [{ id, layer, text, fate, fen }]
  })
  return { nodes, links, sourceFen: total(links, ({ from }) => from === 'appropriated' || from === 'again') }
}

export function grantedFen(grant: FlowGrant): bigint {
  return GRANT_FATES.reduce((sum, [, field]) => sum + BigInt(grant[field]), 0n)
}

/** The same for little room: from the programmes on, and without what became of the paid money. */
export function compactGraph(graph: FlowGraph): FlowGraph {
  const nodes = graph.nodes.filter(({ layer }) => layer > 0 && layer < 5)
  const kept = new Set(nodes.map(({ id }) => id))
  return { ...graph, nodes, links: graph.links.filter(({ from, to }) => kept.has(from) && kept.has(to)) }
}

/** What became of the money of all programmes. */
export function fateFen({ links }: FlowGraph, fate: FlowFate): bigint {
  return total(links, ({ to }) => to === `fate:${fate}`)
}

function total(links: readonly FlowLink[], counts: (link: FlowLink) => boolean): bigint {
  return links.filter(counts).reduce((sum, { fen }) => sum + fen, 0n)
}

function largestProviders(programmes: readonly FlowProgramme[]): ReadonlySet<string> {
  const sums = new Map<string, bigint>()
  for (const grant of programmes.flatMap(({ grants }) => grants)) {
    sums.set(grant.providerId, (sums.get(grant.providerId) ?? 0n) + grantedFen(grant))
  }
  const ordered = [...sums].sort(([a, left], [b, right]) =>
    left === right ? (a < b ? -1 : 1) : left > right ? -1 : 1,
  )
  const kept = ordered.length > PROVIDERS ? ordered.slice(0, PROVIDERS - 1) : ordered
  return new Set(kept.map(([id]) => id))
}
