// Where every fen of a voucher's face is, as of any moment, from its postings alone: each piece is in exactly one part and
// names the posting it rests on. What a payable gave back leaves the part it had been redeemed into.
import { actOf, hasExpired, type PostingCode, type PostingKind, type Uuid } from '../ledger/index.ts'
import type { Day, Instant } from '../calendar/index.ts'
import type { Fen } from '../money/index.ts'

/** A row of the journal that touches the voucher's account. */
export interface VoucherLine {
  readonly sequence: bigint
  readonly id: Uuid
  readonly kind: PostingKind
  readonly code: PostingCode
  readonly amount: Fen
  /** what a settlement or a release resolves */
  readonly reservation: Uuid | null
  readonly document: Uuid
  /** the voucher's account is the debit side */
  readonly debited: boolean
  /** the other side */
  readonly other: Uuid
}

/** `lapsed` is past the last usable day and not yet back in the pool. */
export const voucherParts = ['usable', 'held', 'redeemed', 'lapsed', 'returned'] as const

export type VoucherPart = (typeof voucherParts)[number]

export interface VoucherPiece {
  readonly part: VoucherPart
  readonly fen: Fen
  /** why it is there: the last posting that put it there */
  readonly code: PostingCode
  readonly sequence: bigint
  readonly document: Uuid
}

/**
 * @param lines every row that touches the account up to the moment, in order of sequence
 * @returns pieces of at least one fen; they add up to what was issued
 */
export function voucherPieces(
  lines: readonly VoucherLine[],
  { usableUntil, moment }: { readonly usableUntil: Day | null; readonly moment: Instant },
): readonly VoucherPiece[] {
  const held = new Map<Uuid, VoucherPiece>()
  const redeemed = new Map<Uuid, VoucherPiece>()
  const returned: VoucherPiece[] = []
  let free: VoucherPiece | null = null
  const moved = (line: VoucherLine, fen: Fen): void => {
    const { code, sequence, document } = line
    free = { part: 'usable', code, sequence, document, fen: (free?.fen ?? 0n) + fen }
  }
  for (const line of lines) {
    const { kind, amount: fen, sequence, document, code } = line
    if (!line.debited) {
      if (kind !== 'post' && kind !== 'settle') continue
      moved(line, fen)
      if (code === 'unredeem') takeOut(redeemed, line.other, fen)
      if (code === 'issue') restore(returned, line)
      continue
    }
    if (kind === 'reserve') {
      held.set(line.id, { part: 'held', fen, code, sequence, document })
      moved(line, -fen)
      continue
    }
    const hold = line.reservation === null ? undefined : held.get(line.reservation)
    if (line.reservation !== null) held.delete(line.reservation)
    moved(line, hold?.fen ?? 0n)
    if (kind === 'release') continue
    moved(line, -fen)
    if (actOf(code) === 'redeem') putIn(redeemed, line)
    else returned.push({ part: 'returned', fen, code, sequence, document })
  }
  const left = free as VoucherPiece | null
  const lapsed = hasExpired({ usableUntil }, moment)
  const rest = left === null ? [] : [{ ...left, part: lapsed ? ('lapsed' as const) : left.part }]
  return [...rest, ...held.values(), ...redeemed.values(), ...returned].filter(({ fen }) => fen > 0n)
}

/** What one payable has of the voucher is one piece. */
function putIn(redeemed: Map<Uuid, VoucherPiece>, line: VoucherLine): void {
  const { code, sequence, document, amount, other } = line
  const before = redeemed.get(other)?.fen ?? 0n
  redeemed.set(other, { part: 'redeemed', code, sequence, document, fen: before + amount })
}

function takeOut(redeemed: Map<Uuid, VoucherPiece>, from: Uuid, fen: Fen): void {
  const piece = redeemed.get(from)
  if (piece !== undefined) redeemed.set(from, { ...piece, fen: piece.fen - fen })
}

/** What a decision revoked and its annulment gave back never left. */
function restore(returned: VoucherPiece[], { document, amount }: VoucherLine): void {
  const at = returned.findIndex((piece) => piece.document === document)
  const piece = returned[at]
  if (piece !== undefined) returned[at] = { ...piece, fen: piece.fen - amount }
}

/** What each part comes to. */
export function sumsOfParts(pieces: readonly VoucherPiece[]): Readonly<Record<VoucherPart, Fen>> {
  const sums: Record<VoucherPart, Fen> = { usable: 0n, held: 0n, redeemed: 0n, lapsed: 0n, returned: 0n }
  for (const { part, fen } of pieces) sums[part] += fen
  return sums
}
