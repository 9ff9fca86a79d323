// The ledger from the command line: the proof, balances as of any moment, and the history of one thing. It only reads,
// beside a running server too.
import { dayOf, type Instant } from '@suanquan/core/calendar'
import { accountKinds, emptyBalance, isUuid, usable, type AsOf, type Balance } from '@suanquan/core/ledger'
import { formatFen } from '@suanquan/core/money'
import {
  accountsOf,
  balancesAt,
  historyOf,
  idsOfNumber,
  momentOf,
  verifyLedger,
  verifySeals,
  type SealVerification,
  type Database,
  type Fund,
  type History,
  type Verification,
} from '@suanquan/server'
import { Command, Option } from 'commander'
import { readMarker } from '../demo/folder.ts'
import { said } from '../language.ts'
import { checkFailed, emit, Refused } from '../output.ts'
import { statementCommand } from './ledger-statement.ts'
import { isoTime, parseAsOf, reading, withOptions, written, type LedgerOptions } from './ledger-store.ts'
import { sealJson, sealLines } from './seal-lines.ts'

export function ledgerCommand(): Command {
  return new Command('ledger')
    .description(
      said({
        zh: '核验账本、查询余额、对账单和流水。只读，可与运行中的服务同时使用。',
        en: 'Proves the ledger, shows balances, statements and histories. It only reads, beside a running server too.',
      }),
    )
    .addCommand(verifyCommand())
    .addCommand(balancesCommand())
    .addCommand(historyCommand())
    .addCommand(statementCommand())
    .addHelpText('after', '\n  suanquan ledger verify\n  suanquan ledger balances --as-of 2024-12-31')
}

function verifyCommand(): Command {
  return withOptions(new Command('verify'))
    .description(
      said({
        zh: '按规则重放每一笔分录，并与余额、哈希链和账户核对',
        en: 'puts every posting to the rules again and compares balances, chain and accounts',
      }),
    )
    .addHelpText('after', '\n  suanquan ledger verify --data ./data --json')
    .action(async (options: LedgerOptions) => {
      const { proofs, seals } = await reading(options, async (database, funds) => {
        const one = options.fund === undefined ? undefined : funds[0]!.ledger
        return { proofs: await verifyLedger(database, one), seals: await verifySeals(database, one) }
      })
      const sealOf = new Map(seals.map((each) => [each.fund.ledger, each]))
      emit(
        proofs.map((proof) => ({ ...proofJson(proof), seals: sealJson(sealOf.get(proof.fund.ledger)) })),
        { json: options.json, text: () => proofText(proofs, seals) },
      )
      if ([...proofs, ...seals].some(({ findings }) => findings.length > 0)) checkFailed()
    })
}

function balancesCommand(): Command {
  return withOptions(new Command('balances'))
    .description(said({ zh: '各账户余额', en: 'the balance of every account' }))
    .option(
      '--as-of <T>',
      said({
        zh: '截至何时：日期（当日终了）、带时区的时间，或分录序号',
        en: 'as of a day (its end), a time with its zone, or a sequence number',
      }),
    )
    .option('--holder <code>', said({ zh: '只看某持有人', en: 'only of this holder' }))
    .addOption(
      new Option('--code <code>', said({ zh: '只看某类账户', en: 'only accounts of this kind' })).choices(
        Object.keys(accountKinds),
      ),
    )
    .addHelpText(
      'after',
      '\n  suanquan ledger balances --as-of 2024-12-31\n  suanquan ledger balances --as-of 1200 --json',
    )
    .action(async (options: LedgerOptions & { asOf?: string; holder?: string; code?: string }) => {
      const asOf = options.asOf === undefined ? null : parseAsOf(options.asOf)
      const now = readMarker(options.data)?.at ?? Date.now()
      const lines = await reading(options, async (database, funds) =>
        (
          await Promise.all(
            funds.map((fund) => balanceLines(database, { fund, asOf, now, holder: options.holder })),
          )
        ).flat(),
      )
      const chosen = lines.filter(({ code }) => options.code === undefined || code === options.code)
      emit(chosen, {
        json: options.json,
        text: () => balancesText(chosen, options.asOf ?? dayOf(now)),
      })
    })
}

function historyCommand(): Command {
  return withOptions(new Command('history'))
    .description(
      said({
        zh: '一个账户、一组分录或一份单据的全部流水',
        en: 'all that happened to an account, a posting with its set, or a document',
      }),
    )
    .argument(
      '<id>',
      said({
        zh: '账户、分录或单据的编号；也可用券号、兑付申请号、申请号、拨付批次号',
        en: 'id of an account, a posting or a document; or the number of a voucher, a claim, an application, a batch',
      }),
    )
    .addHelpText(
      'after',
      '\n  suanquan ledger history Q-2024-00012\n  suanquan ledger history 01890a5d-ac96-774b-bcce-b302099a8057',
    )
    .action(async (id: string, options: LedgerOptions) => {
      const histories = await reading(options, async ({ kysely }) => {
        const ids = isUuid(id) ? [id] : await idsOfNumber(kysely, id)
        return (await Promise.all(ids.map((each) => historyOf(kysely, each)))).filter((each) => each !== null)
      })
      if (histories.length === 0) throw new Refused({ code: 'ledger.nothing_known', params: { id } })
      const json = histories.map(historyJson)
      emit(json.length === 1 ? json[0]! : json, {
        json: options.json,
        text: () => histories.map(historyText).join('\n\n'),
      })
    })
}

interface BalanceLine extends Balance {
  readonly ledger: number
  readonly id: string
  readonly code: keyof typeof accountKinds
  readonly programme: string
  readonly year: number | null
  readonly kind: string
  readonly holder: string
  readonly reference: string
  readonly usableUntil: string | null
  readonly closed: boolean
  readonly usable: bigint
}

async function balanceLines(
  { kysely }: Database,
  asked: {
    readonly fund: Fund
    readonly asOf: AsOf | null
    readonly now: Instant
    readonly holder: string | undefined
  },
): Promise<readonly BalanceLine[]> {
  const { ledger } = asked.fund
  const accounts = await accountsOf(
    kysely,
    ledger,
    asked.holder === undefined ? {} : { holder: asked.holder },
  )
  const past = asked.asOf === null ? null : await balancesAt(kysely, ledger, asked.asOf)
  const moment: Instant =
    (asked.asOf === null ? null : await momentOf(kysely, ledger, asked.asOf)) ?? asked.now
  return accounts
    .filter(({ account }) => past === null || past.has(account.id))
    .map(({ account, balance: stored, closedFrom }) => {
      const balance = past === null ? stored : (past.get(account.id) ?? emptyBalance)
      const { id, code, programme, year, kind, holder, reference, usableUntil } = account
      const terms = { ledger, id, code, programme, year, kind, holder, reference, usableUntil }
      return { ...terms, closed: closedFrom !== null, ...balance, usable: usable(account, balance, moment) }
    })
}

function balancesText(lines: readonly BalanceLine[], asOf: string): string {
  const rows = lines.map((line) => {
    const [left, held, taken, given] = [
      line.usable,
      line.debitsPending,
      line.creditsPosted,
      line.debitsPosted,
    ].map((amount) => written(amount, accountKinds[line.code].unit).padStart(20))
    const about = [line.holder, line.reference, line.kind, line.programme, line.year ?? ''].filter(
      (term) => term !== '',
    )
    return `${line.id} ${line.code.padEnd(13)}${left}${held}${taken}${given}  ${about.join(' ')}`
  })
  const title = said({
    zh: '账户                                 类别                     可用                预扣                转入                转出',
    en: 'account                              code                   usable                held                  in                 out',
  })
  return [
    title,
    ...rows,
    ...totals(lines),
    said({
      zh: `共 ${lines.length} 个账户，截至 ${asOf}`,
      en: `${lines.length} accounts as of ${asOf}`,
    }),
  ].join('\n')
}

/** One line a kind of account, in the order of the chart. */
function totals(lines: readonly BalanceLine[]): string[] {
  const codes = [...new Set(lines.map(({ code }) => code))]
  return codes.map((code) => {
    const own = lines.filter((line) => line.code === code)
    const sum = (of: (line: BalanceLine) => bigint): string =>
      written(
        own.reduce((total, line) => total + of(line), 0n),
        accountKinds[code].unit,
      ).padStart(20)
    const figures = [
      sum(({ usable: left }) => left),
      sum(({ debitsPending }) => debitsPending),
      sum(({ creditsPosted }) => creditsPosted),
      sum(({ debitsPosted }) => debitsPosted),
    ].join('')
    return `${said({ zh: '合计', en: 'total' }).padEnd(36)} ${code.padEnd(13)}${figures}  ×${own.length}`
  })
}

function proofJson({ fund, postings, accounts, findings }: Verification): object {
  const { ledger, jurisdiction } = fund
  return {
    ledger,
    jurisdiction,
    postings,
    accounts,
    chain: Buffer.from(fund.chain).toString('hex'),
    findings,
  }
}

function proofText(proofs: readonly Verification[], seals: readonly SealVerification[]): string {
  const lines = proofs.flatMap(({ fund, postings, accounts, findings }) => [
    said({
      zh: `账本 ${fund.ledger}：${postings} 笔分录，${accounts} 个账户，链尾 ${Buffer.from(fund.chain).toString('hex')}`,
      en: `fund ${fund.ledger}: ${postings} postings, ${accounts} accounts, chain ${Buffer.from(fund.chain).toString('hex')}`,
    }),
    ...findings.map(({ check, sequence, account, detail }) =>
      [`  ${check}`, sequence === null ? '' : `#${sequence}`, account ?? '', detail]
        .filter((part) => part !== '')
        .join(' '),
    ),
  ])
  lines.push(...seals.flatMap(sealLines))
  const count = [...proofs, ...seals].reduce((sum, { findings }) => sum + findings.length, 0)
  const result =
    count === 0
      ? said({
          zh: `${proofs.length} 个账本全部核验无误`,
          en: `funds proved: ${proofs.length}, nothing found`,
        })
      : said({ zh: `核验未通过：${count} 处不符`, en: `not proved: ${count} findings` })
  return [...lines, result].join('\n')
}

function historyJson({ about, account, rows, refused }: History): object {
  return {
    about,
    account: account?.account ?? null,
    rows: rows.map(({ ledger, sequence, at, posting, link, links }) => ({
      ledger,
      sequence,
      at: isoTime(at),
      link,
      links,
      ...posting,
    })),
    refused: refused.map(({ ledger, at, posting, result }) => ({
      ledger,
      at: isoTime(at),
      result,
      ...posting,
    })),
  }
}

function historyText({ about, account, rows, refused }: History): string {
  const heading =
    account === null
      ? []
      : [`${account.account.code} ${account.account.holder} ${account.account.reference}`.trim()]
  const lines = rows.map(({ sequence, at, posting }) => {
    const sign = account === null ? ' ' : posting.debit === account.account.id ? '-' : '+'
    const other =
      account === null
        ? `${posting.debit} → ${posting.credit}`
        : posting.debit === account.account.id
          ? `→ ${posting.credit}`
          : `← ${posting.debit}`
    return `#${sequence} ${isoTime(at)} ${posting.kind.padEnd(8)}${posting.code.padEnd(16)}${sign}${formatFen(posting.amount)} ${other}`
  })
  const noes = refused.map(
    ({ at, posting, result }) =>
      `✗ ${isoTime(at)} ${posting.kind.padEnd(8)}${posting.code.padEnd(16)}${formatFen(posting.amount)} ${result}`,
  )
  const what = said({
    zh: { account: '账户', posting: '分录', document: '单据' }[about],
    en: about,
  })
  const result = said({
    zh: `${what}：${rows.length} 笔入账，${refused.length} 笔被拒`,
    en: `${what}: ${rows.length} posted, ${refused.length} refused`,
  })
  return [...heading, ...lines, ...noes, result].join('\n')
}
