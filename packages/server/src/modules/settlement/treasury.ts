// 国库支付参数 of a fund: set in versions by finance; a batch keeps the version that it was prepared with.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, canonicalText, refuse } from '@suanquan/core'
import { maskAccount } from '@suanquan/core/party'
import {
  isAccount,
  missingFor,
  NO_PROFILE,
  plainAccount,
  type TreasuryField,
  type TreasuryProfile,
} from '@suanquan/core/settlement'
import type { Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Command, Query } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'

type TreasuryView = AnswerOf<Routes['readTreasury']>

export interface TreasuryVersion {
  readonly version: number
  readonly profile: TreasuryProfile
}

/** The settings in force of the fund with this number; null before any were set. */
export async function treasuryOf(db: Kysely<Tables>, fundNumber: number): Promise<TreasuryVersion | null> {
  const found = await db
    .selectFrom('treasury_profile')
    .innerJoin('fund', 'fund.id', 'treasury_profile.fund_id')
    .select(['version', 'profile'])
    .where('fund.number', '=', fundNumber)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found ?? null
}

/** What each file of a batch cannot be made without. */
export function missingIn(profile: TreasuryProfile | null): TreasuryView['missing'] {
  const known = profile ?? NO_PROFILE
  return { xlsx: [...missingFor(known, 'xlsx')], pain001: [...missingFor(known, 'pain001')] }
}

export function readTreasury(): Query<'readTreasury'> {
  return {
    kind: 'query',
    run: async ({ params, person }, { db, touch }) => {
      touch({ kind: 'fund', id: params.id })
      const fund = await fundOf(db, params.id)
      if (fund === undefined) return notFound('fund')
      if (!mayTouch(person, 'disbursement.read', fund)) return outOfScope('disbursement.read', 'fund')
      return accept(await viewTreasury(db, fund.id))
    },
  }
}

export function setTreasury(): Command<'setTreasury'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at }, { tx, touch }) => {
      touch({ kind: 'fund', id: params.id })
      // versions of one fund follow each other
      const fund = await fundOf(tx, params.id, 'lock')
      if (fund === undefined) return notFound('fund')
      if (!mayTouch(person, 'disbursement.prepare', fund)) return outOfScope('disbursement.prepare', 'fund')
      const { profile } = body
      if (profile.payerAccount !== null && !isAccount(profile.payerAccount))
        return refuse('treasury.account_malformed', { account: profile.payerAccount })
      const kept = { ...profile, payerAccount: plainOrNull(profile.payerAccount) }
      const current = await treasuryOf(tx, fund.number)
      if (canonicalText(current?.profile ?? NO_PROFILE) === canonicalText(kept))
        return refuse('treasury.unchanged', { version: current?.version ?? 0 })
      await tx
        .insertInto('treasury_profile')
        .values({
          jurisdiction: fund.jurisdiction,
          district: fund.district,
          fund_id: fund.id,
          version: (current?.version ?? 0) + 1,
          profile: JSON.stringify(kept),
          reason: body.reason,
          set_by: person!.id,
          set_at: timestamp(at),
        })
        .execute()
      return accept({ subject: fund.id })
    },
    view: (subject, { db }) => viewTreasury(db, subject),
  }
}

function plainOrNull(account: string | null): string | null {
  return account === null ? null : plainAccount(account)
}

interface FundPlace {
  readonly id: string
  readonly number: number
  readonly jurisdiction: string
  readonly district: string
}

async function fundOf(
  db: Kysely<Tables>,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<FundPlace | undefined> {
  let query = db.selectFrom('fund').select(['id', 'number', 'jurisdiction', 'district']).where('id', '=', id)
  if (lock === 'lock') query = query.forUpdate()
  return query.executeTakeFirst()
}

async function viewTreasury(db: Kysely<Tables>, fundId: string): Promise<TreasuryView> {
  const fund = (await fundOf(db, fundId))!
  const versions = await db
    .selectFrom('treasury_profile')
    .innerJoin('person', 'person.id', 'treasury_profile.set_by')
    .select(['version', 'profile', 'reason', 'set_at', 'person.display_name as setBy'])
    .where('fund_id', '=', fundId)
    .orderBy('version', 'desc')
    .execute()
  const profile = versions[0]?.profile ?? NO_PROFILE
  return {
    fundId,
    fundNumber: fund.number,
    version: versions[0]?.version ?? 0,
    profile: maskedProfile(profile),
    missing: missingIn(profile),
    versions: versions.map((each, index) => ({
      version: each.version,
      setBy: each.setBy,
      setAt: new Date(each.set_at).toISOString(),
      reason: each.reason,
      changed: changedFields(versions[index + 1]?.profile ?? NO_PROFILE, each.profile),
    })),
  }
}

function maskedProfile(profile: TreasuryProfile): TreasuryProfile {
  const { payerAccount } = profile
  return { ...profile, payerAccount: payerAccount === null ? null : maskAccount(payerAccount) }
}

function changedFields(before: TreasuryProfile, after: TreasuryProfile): TreasuryField[] {
  return (Object.keys(NO_PROFILE) as TreasuryField[]).filter((field) => before[field] !== after[field])
}
