// What supervision reads: one relational model with provenance, the same on paper, in CSV and in memory. Personal
// identifiers appear only as keyed hashes. A column that ends in `?` may be unknown (null), and unknown stays unknown.
// Money is whole fen in a safe integer: supervision compares and scores, it never pays.
import type { Day, Instant } from '../../calendar/index.ts'

type BaseKind = 'text' | 'integer' | 'number' | 'day' | 'instant' | 'flag'
export type ColumnKind = BaseKind | `${BaseKind}?`

interface BaseValues {
  text: string
  integer: number
  number: number
  day: Day
  instant: Instant
  flag: boolean
}
type ValueOf<Kind extends ColumnKind> = Kind extends `${infer Base extends BaseKind}?`
  ? BaseValues[Base] | null
  : Kind extends BaseKind
    ? BaseValues[Kind]
    : never

/** Where a row comes from and when it was fetched: part of every table. */
const provenance = { source: 'text', fetchedOn: 'day' } as const

export const tables = {
  /** the rules of a programme that supervision needs */
  programmes: {
    id: 'text',
    startsOn: 'day',
    affiliatesBarred: 'flag',
    stackingBarred: 'flag',
    /** the amount at which a contract needs a tender or a higher review */
    thresholdFen: 'integer?',
    firmCapFen: 'integer?',
    maximumRate: 'number',
    /** what all support together may reach of one expense */
    totalRateLimit: 'number?',
    /** classes of work that it supports, separated by spaces */
    purposes: 'text?',
    /** the region whose centres it supports; null for any */
    region: 'text?',
    quotesRequired: 'integer?',
    scoreCutoff: 'number?',
    ...provenance,
  },
  firms: {
    id: 'text',
    name: 'text',
    registeredOn: 'day',
    deregisteredOn: 'day?',
    paidInFen: 'integer?',
    insuredStaff: 'integer?',
    declaredStaff: 'integer?',
    lastYearRevenueFen: 'integer?',
    industry: 'text',
    district: 'text',
    /** keyed hash of the normalised address */
    addressHash: 'text?',
    hasSite: 'flag?',
    /** the bookkeeping or filing agent that registered it */
    agent: 'text?',
    /** a group that the firm declares itself to be part of */
    declaredGroup: 'text?',
    /** a root of state ownership (国资委, 财政局): owning two firms does not relate them */
    stateRoot: 'flag',
    ...provenance,
  },
  persons: { id: 'text', nameHash: 'text', ...provenance },
  roles: {
    id: 'text',
    holder: 'text',
    firm: 'text',
    /** legal_representative, shareholder, director, independent_director, controller, contact or handler */
    kind: 'text',
    share: 'number?',
    from: 'day',
    to: 'day?',
    ...provenance,
  },
  contacts: {
    id: 'text',
    firm: 'text',
    /** phone, email, domain, device, network or bank */
    kind: 'text',
    valueHash: 'text',
    from: 'day',
    ...provenance,
  },
  accounts: { id: 'text', holder: 'text', ...provenance },
  applications: {
    id: 'text',
    programme: 'text',
    firm: 'text',
    handedInAt: 'instant',
    handler: 'text?',
    agent: 'text?',
    templateHash: 'text?',
    amountFen: 'integer',
    ...provenance,
  },
  vouchers: {
    id: 'text',
    application: 'text',
    programme: 'text',
    firm: 'text',
    faceFen: 'integer',
    issuedOn: 'day',
    usableUntil: 'day',
    ...provenance,
  },
  contracts: {
    id: 'text',
    number: 'text',
    programme: 'text?',
    voucher: 'text?',
    applicant: 'text',
    provider: 'text',
    framework: 'text?',
    signedOn: 'day',
    startsOn: 'day',
    endsOn: 'day',
    sku: 'text',
    chip: 'text',
    /** lease of whole devices or cloud */
    mode: 'text',
    region: 'text',
    cardHours: 'number',
    priceFenPerCardHour: 'integer',
    /** the provider's own list price 90 days before the programme */
    listPriceFen: 'integer?',
    amountFen: 'integer',
    /** storage, network, support and other lines that the programme may exclude */
    excludedFen: 'integer',
    text: 'text?',
    ...provenance,
  },
  /** who stands between centre and firm, one row a link of the chain */
  operators: { id: 'text', contract: 'text', hop: 'integer', firm: 'text', disclosed: 'flag', ...provenance },
  invoices: {
    id: 'text',
    number: 'text',
    issuedOn: 'day',
    amountFen: 'integer',
    seller: 'text',
    buyer: 'text',
    redLetterOf: 'text?',
    contract: 'text?',
    /** the city that got it handed in */
    city: 'text',
    /** compute, goods or service */
    category: 'text',
    ...provenance,
  },
  payments: {
    id: 'text',
    fromAccount: 'text',
    toAccount: 'text',
    at: 'instant',
    amountFen: 'integer',
    contract: 'text?',
    ...provenance,
  },
  redemptions: {
    id: 'text',
    voucher: 'text',
    contract: 'text',
    redeemer: 'text',
    redeemedOn: 'day',
    /** the whole expense and the part of it that the voucher paid */
    expenseFen: 'integer',
    subsidyFen: 'integer',
    ...provenance,
  },
  /** support for the same thing from elsewhere */
  grants: {
    id: 'text',
    firm: 'text',
    programme: 'text',
    contractNumber: 'text',
    provider: 'text',
    startsOn: 'day',
    endsOn: 'day',
    rate: 'number',
    ...provenance,
  },
  usage: {
    id: 'text',
    contract: 'text',
    device: 'text',
    startsAt: 'instant',
    endsAt: 'instant',
    cardHours: 'number',
    exclusive: 'flag',
    /** the kind of work that the firm says it is, and what counters and images say */
    declaredClass: 'text?',
    observedClass: 'text?',
    image: 'text?',
    tenant: 'text?',
    energyKwh: 'number?',
    feedGaps: 'integer?',
    ...provenance,
  },
  /** a counter over the time of one usage row; values in order, separated by spaces */
  samples: {
    id: 'text',
    usage: 'text',
    /** sm, tensor, dram, gr (per cent), power (W), memory (MiB), io (MB a minute), checkpoints, energy (Wh) */
    counter: 'text',
    startsAt: 'instant',
    stepSeconds: 'integer',
    jitterMs: 'number?',
    values: 'text',
    ...provenance,
  },
  devices: {
    id: 'text',
    serial: 'text',
    centre: 'text',
    provider: 'text',
    chip: 'text',
    /** a server of eight is one device of eight cards; speeds are those of one card */
    cards: 'integer',
    nominalTflops: 'number?',
    measuredTflops: 'number?',
    ...provenance,
  },
  meters: { id: 'text', centre: 'text', on: 'day', kwh: 'number', ...provenance },
  documents: {
    id: 'text',
    application: 'text',
    kind: 'text',
    sha256: 'text',
    /** 64-bit difference hash of a picture, 16 hexadecimal digits */
    dhash: 'text?',
    author: 'text?',
    ...provenance,
  },
  quotes: {
    id: 'text',
    contract: 'text',
    bidder: 'text',
    amountFen: 'integer',
    author: 'text?',
    ...provenance,
  },
  decisions: {
    id: 'text',
    application: 'text',
    reviewer: 'text',
    decidedAt: 'instant',
    minutes: 'number',
    score: 'number?',
    approved: 'flag',
    override: 'flag',
    ...provenance,
  },
  sanctions: { id: 'text', firm: 'text', kind: 'text', from: 'day', ...provenance },
  /** outcomes of the random audit and of followed-up cases */
  audits: {
    id: 'text',
    voucher: 'text',
    /** probability with which it was drawn; 1 for a case that was followed up */
    probability: 'number',
    random: 'flag',
    /** clean, error or fraud */
    outcome: 'text',
    ...provenance,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, ColumnKind>>>>

export type TableName = keyof typeof tables
export const tableNames = Object.keys(tables) as TableName[]

export type Row<Name extends TableName> = {
  readonly [Column in keyof (typeof tables)[Name]]: (typeof tables)[Name][Column] extends ColumnKind
    ? ValueOf<(typeof tables)[Name][Column]>
    : never
}

/** A table that is absent is a source that is missing: what needs it is not evaluable. An empty one is known. */
export type World = { readonly [Name in TableName]?: readonly Row<Name>[] }

/** Points at one row. */
export interface RowRef {
  readonly table: TableName
  readonly id: string
}
