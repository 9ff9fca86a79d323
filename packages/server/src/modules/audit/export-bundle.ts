// The journal as an auditor takes it away: postings, accounts, vouchers, seals and public keys as plain files, with a
// manifest of their hashes and the verifier beside them. What names somebody is left out unless it was asked for with a
// reason. The format is described in docs/operations/audit-export.md; the verifier was written from that page alone.
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { hex } from '@suanquan/core'
import { accountKinds } from '@suanquan/core/ledger'
import { sql, type Kysely } from 'kysely'
import {
  accountsOf,
  fundsOf,
  sealsOf,
  type AccountState,
  type Database,
  type Fund,
  type Tables,
} from '../../database/index.ts'
import { publishedKeys } from '../../signing/index.ts'
import { viewSeal } from '../seal/index.ts'

export interface ExportOptions {
  /** a folder that does not exist yet, or is empty */
  readonly folder: string
  readonly at: number
  /** why holders and numbers of contracts are wanted; null: they are left out */
  readonly personalReason: string | null
  /** the text of the verifier that goes into the folder */
  readonly verifier: string
}

export interface Exported {
  readonly format: 'suanquan/audit/v1'
  readonly madeAt: string
  readonly personalReason: string | null
  readonly funds: readonly {
    readonly ledger: number
    readonly jurisdiction: string
    readonly postings: number
    readonly chain: string
  }[]
  /** SHA-256 by the name of the file */
  readonly files: Readonly<Record<string, string>>
}

/** @returns the manifest, as it stands in the folder too */
export async function exportBundle(database: Database, options: ExportOptions): Promise<Exported> {
  const { folder, at, personalReason, verifier } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const files: Record<string, string> = {}
  const put = async (name: string, text: string): Promise<void> => {
    await writeFile(join(folder, name), text, { mode: 0o600, flag: 'wx' })
    files[name] = createHash('sha256').update(text).digest('hex')
  }
  const { funds, keys } = await database.kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (snapshot) => {
      for (const fund of await fundsOf(snapshot)) await putFund(snapshot, fund, personalReason !== null, put)
      return { funds: await fundsOf(snapshot), keys: await publishedKeys(snapshot) }
    })
  for (const fund of funds) {
    const name = `postings-${fund.ledger}.csv`
    files[name] = await writePostings(database, fund, join(folder, name))
  }
  const shown = keys.map(({ id, algorithm, bytes, replacedAt, replaces, endorsement }) => ({
    id,
    algorithm,
    publicKey: hex(bytes),
    replacedAt,
    replaces,
    endorsement: endorsement === null ? null : hex(endorsement),
  }))
  await put('keys.json', `${JSON.stringify(shown, null, 1)}\n`)
  await put('verify.mjs', verifier)
  const exported: Exported = {
    format: 'suanquan/audit/v1',
    madeAt: new Date(at).toISOString(),
    personalReason,
    funds: funds.map(({ ledger, jurisdiction, nextSequence, chain }) => ({
      ledger,
      jurisdiction,
      postings: Number(nextSequence - 1n),
      chain: hex(chain),
    })),
    files,
  }
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(exported, null, 1)}\n`, { mode: 0o600 })
  return exported
}

type Put = (name: string, text: string) => Promise<void>

/** Accounts with their balances, seals and vouchers of one fund, as of one moment of the database. */
async function putFund(db: Kysely<Tables>, fund: Fund, personal: boolean, put: Put): Promise<void> {
  const { ledger } = fund
  const accounts = await accountsOf(db, ledger)
  await put(`accounts-${ledger}.jsonl`, lines(accounts.map((account) => viewAccount(account, personal))))
  const seals = (await sealsOf(db, fund)).map((seal) => ({ ...viewSeal(seal), at: seal.at }))
  await put(`seals-${ledger}.jsonl`, lines(seals))
  const { rows: vouchers } =
    await sql<object>`select a.id as account, v.number, v.amount_fen::text as "amountFen"
    from voucher v join adoption d on d.id = v.adoption_id
    join ledger.account a on a.ledger = d.fund and a.code = ${accountKinds.voucher.number} and a.reference = v.number
    where d.fund = ${ledger} order by v.number`.execute(db)
  await put(`vouchers-${ledger}.jsonl`, lines(vouchers))
}

function lines(items: readonly object[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('')
}

function viewAccount({ account, closedFrom, balance }: AccountState, personal: boolean): object {
  const { id, jurisdiction, district, programme, year, kind, usableUntil } = account
  const named = personal || (account.holder === '' && account.reference === '')
  return {
    id,
    jurisdiction,
    district,
    code: accountKinds[account.code].number,
    programme,
    year,
    kind,
    holder: named ? account.holder : null,
    reference: named ? account.reference : null,
    usableUntil,
    closedFrom: closedFrom === null ? null : Number(closedFrom),
    debitsPending: balance.debitsPending.toString(),
    debitsPosted: balance.debitsPosted.toString(),
    creditsPending: balance.creditsPending.toString(),
    creditsPosted: balance.creditsPosted.toString(),
  }
}

const HEADER =
  'sequence,at,id,kind,debit,credit,amount,reservation,code,expiresAt,document,jurisdiction,district,link,links,setHash,chain'

/** One line a posting, in the order of the canonical fields. @returns the SHA-256 of the file */
async function writePostings(database: Database, fund: Fund, file: string): Promise<string> {
  const moment = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`
  const columns = `seq, ${moment('at')}, id, kind, debit, credit, amount, coalesce(reservation::text, ''), code,
    coalesce(${moment('expires_at')}::text, ''), document, jurisdiction, district, link, links, encode(set_hash, 'hex'),
    encode(chain, 'hex')`
  const out = createWriteStream(file, { mode: 0o600, flags: 'wx' })
  const digest = createHash('sha256')
  const write = (text: string | Buffer): void => {
    digest.update(text)
    out.write(text)
  }
  write(`${HEADER}\n`)
  let waiting = ''
  await database.copyOut(
    `select concat_ws(',', ${columns}) from ledger.posting where ledger = ${fund.ledger} and seq < ${fund.nextSequence} order by seq`,
    (row) => {
      waiting += `${row.toString('utf8', 4)}\n`
      if (waiting.length < 65_536) return
      write(waiting)
      waiting = ''
    },
  )
  write(waiting)
  out.end()
  await finished(out)
  return digest.digest('hex')
}
