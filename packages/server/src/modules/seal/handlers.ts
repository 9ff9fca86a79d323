// What may be asked of the proof of the journal. Public answers hold hashes and counts; what a posting says is shown to
// whoever may read its voucher.
import { accept, hex, refuse } from '@suanquan/core'
import { consistencyRanges, inclusionRanges, type Seal } from '@suanquan/core/ledger'
import type { AnswerOf, Routes } from '@suanquan/api'
import { fundsOf, lastSeal, rootsOf, sealsOf, type Fund } from '../../database/index.ts'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { publishedKeys, type PublishedKey } from '../../signing/index.ts'
import { titlesOfFunds } from '../policy/index.ts'
import { readVoucherInclusion } from './voucher-inclusion.ts'
import { viewSeal } from './view-seal.ts'

type Names =
  | 'listKeys'
  | 'listTreeHeads'
  | 'listSeals'
  | 'readConsistency'
  | 'readInclusion'
  | 'readVoucherInclusion'

export function sealHandlers(world: World): Handlers<Names> {
  return {
    listKeys: {
      kind: 'query',
      run: async (_, { db }) => accept({ items: (await publishedKeys(db)).map(viewKey) }),
    },
    listTreeHeads: {
      kind: 'query',
      run: async (_, { db }) => {
        const funds = await fundsOf(db)
        const titles = await titlesOfFunds(world, db)
        const heads = await Promise.all(funds.map(async (fund) => ({ fund, last: await lastSeal(db, fund) })))
        const items = heads.flatMap(({ fund, last }) => {
          if (last === null) return []
          const waiting = Number(fund.nextSequence - 1n - last.seal.last)
          return [
            {
              ledger: fund.ledger,
              programmes: titles.ofFund(fund.ledger),
              seal: viewSeal(last.seal),
              waiting,
            },
          ]
        })
        return accept({ items })
      },
    },
    listSeals: {
      kind: 'query',
      run: async ({ query: { ledger, page, size } }, { db }) => {
        const fund = await fundOf(db, ledger)
        const total = fund === undefined ? 0 : Number((await lastSeal(db, fund))?.seal.number ?? 0n)
        const range = { after: BigInt((page - 1) * size), most: size }
        const seals = fund === undefined ? [] : await sealsOf(db, fund, range)
        return accept({ total, items: seals.map(viewSeal) })
      },
    },
    readConsistency: {
      kind: 'query',
      run: async ({ query: { ledger, from, to } }, { db }) => {
        if (from > to) return refuse('seal.backwards', { from, to })
        const [earlier, later] = [await sealNumber(db, ledger, from), await sealNumber(db, ledger, to)]
        if (earlier === undefined) return refuse('seal.unknown', { ledger, number: from })
        if (later === undefined) return refuse('seal.unknown', { ledger, number: to })
        const ranges = consistencyRanges(Number(earlier.last), Number(later.last))
        const path = await rootsOf(world.database, ledger, ranges)
        return accept({ from: viewSeal(earlier), to: viewSeal(later), path: path.map(hex) })
      },
    },
    readInclusion: {
      kind: 'query',
      run: async ({ query: { ledger, sequence, seal: number } }, { db }) => {
        const seal = await sealNumber(db, ledger, number)
        if (seal === undefined) return refuse('seal.unknown', { ledger, number: number ?? 1 })
        const size = Number(seal.last)
        if (sequence > size)
          return refuse('seal.not_covered', { number: Number(seal.number), last: size, sequence })
        const path = await rootsOf(world.database, ledger, inclusionRanges(sequence - 1, size))
        return accept({ seal: viewSeal(seal), sequence, path: path.map(hex) })
      },
    },
    readVoucherInclusion: readVoucherInclusion(world),
  }
}

async function fundOf(db: Kysely<Tables>, ledger: number): Promise<Fund | undefined> {
  return (await fundsOf(db)).find((fund) => fund.ledger === ledger)
}

/** A seal by its number, or the latest. */
async function sealNumber(db: Kysely<Tables>, ledger: number, number?: number): Promise<Seal | undefined> {
  const fund = await fundOf(db, ledger)
  if (fund === undefined) return undefined
  if (number === undefined) return (await lastSeal(db, fund))?.seal
  const [seal] = await sealsOf(db, fund, { after: BigInt(number) - 1n, most: 1 })
  return seal?.number === BigInt(number) ? seal : undefined
}

function viewKey(key: PublishedKey): AnswerOf<Routes['listKeys']>['items'][number] {
  const { id, algorithm, bytes, validFrom, replacedAt, replaces, endorsement } = key
  return {
    id,
    algorithm,
    publicKey: hex(bytes),
    validFrom: new Date(validFrom).toISOString(),
    replacedAt: replacedAt === null ? null : new Date(replacedAt).toISOString(),
    replaces,
    endorsement: endorsement === null ? null : hex(endorsement),
  }
}
