// Proofs for whoever does not want to trust the server: it hands them over, they are checked here. A proof that was saved
// is checked offline, and a saved head is what a later one is held against.
import { proofSentence, type Client } from '@suanquan/api'
import type { Hash } from '@suanquan/core'
import {
  checkTree,
  checkVoucher,
  readProofFile,
  type ProofChecked,
  type ProofFile,
  type ProofRules,
  type ShownSeal,
  type TreeProof,
  type VoucherProof,
} from '@suanquan/core/ledger'
import { formatFen } from '@suanquan/core/money'
import { verifySignature } from '@suanquan/server'
import { Command } from 'commander'
import { createHash, hash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { said } from '../language.ts'
import { checkFailed, emit, Refused, WrongUse } from '../output.ts'
import { signInAs, visit } from '../visit.ts'
import { isoTime } from './ledger-store.ts'

interface Options {
  readonly url: string
  readonly key?: string
  readonly file?: string
  readonly save?: string
  readonly json?: boolean
}

interface TreeOptions extends Options {
  readonly ledger: string
  readonly from?: string
  readonly to?: string
}

const sm3: Hash = (bytes) => hash('sm3', bytes, 'buffer')
const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest()

function rulesOf({ key }: Options): ProofRules {
  return { hash: sm3, idHash: sha256, verify: verifySignature, trusted: key ?? null }
}

export function proofCommand(): Command {
  return new Command('proof')
    .description(
      said({
        zh: '核对账本的证明，不必相信服务器：树头先后一致、券的分录在已封存的账本里',
        en: 'checks proofs of the journal without trusting the server: heads that follow each other, postings of a voucher',
      }),
    )
    .addCommand(treeCommand())
    .addCommand(voucherCommand())
    .addHelpText('after', `\n  ${EXAMPLES.join('\n  ')}`)
}

const EXAMPLES = [
  'suanquan proof tree --from 1 --save head.json',
  'suanquan proof tree --from head.json --key 7d97f3e7ba0e3a6cd4b7cac48fdb0536',
  'suanquan proof voucher Q-2024-00012 --login clerk --save voucher.json',
  'suanquan proof voucher --file voucher.json',
]

function withOptions(command: Command): Command {
  return command
    .option(
      '--url <address>',
      said({ zh: '平台地址', en: 'address of the platform' }),
      'http://127.0.0.1:3000',
    )
    .option(
      '--key <id>',
      said({
        zh: '从别处（公示、印刷品、上次审计）得知的公钥编号',
        en: 'the key’s id as known from elsewhere: a notice, print, an earlier audit',
      }),
    )
    .option(
      '--file <file>',
      said({ zh: '核对已保存的证明，不联系服务器', en: 'check a saved proof; no server is asked' }),
    )
    .option('--save <file>', said({ zh: '把证明存为文件', en: 'keep the proof as a file' }))
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
}

function treeCommand(): Command {
  return withOptions(new Command('tree'))
    .description(
      said({
        zh: '证明两个树头之间没有任何一笔分录被改写',
        en: 'proves that nothing was rewritten between two tree heads',
      }),
    )
    .option('--ledger <number>', said({ zh: '账本编号', en: 'number of the fund' }), '1')
    .option(
      '--from <seal>',
      said({
        zh: '较早的封印编号，或先前保存的证明或树头文件',
        en: 'the earlier seal, or a proof or a head saved earlier',
      }),
    )
    .option(
      '--to <seal>',
      said({ zh: '较晚的封印编号，默认最新', en: 'the later seal, by default the latest' }),
    )
    .addHelpText('after', `\n  ${EXAMPLES.slice(0, 2).join('\n  ')}`)
    .action(async (options: TreeOptions) => {
      const kept = options.from === undefined || isNumber(options.from) ? null : headOf(options.from)
      const proof = options.file === undefined ? await askTree(options, kept) : treeOf(options.file)
      finish(proof, options, checkTree(proof, rulesOf(options), kept))
    })
}

function voucherCommand(): Command {
  return withOptions(new Command('voucher'))
    .description(
      said({
        zh: '证明一张券的每一笔分录都在已签名的账本里，并逐笔说明',
        en: 'proves that every posting of a voucher is in the signed journal, and says what each is',
      }),
    )
    .argument('[number]', said({ zh: '券号；核对文件时不必', en: 'number of the voucher; not with --file' }))
    .option(
      '--login <name>',
      said({
        zh: '以谁的身份取证明；密码取自 SUANQUAN_PASSWORD',
        en: 'as whom to ask; the password comes from SUANQUAN_PASSWORD',
      }),
    )
    .addHelpText('after', `\n  ${EXAMPLES.slice(2).join('\n  ')}`)
    .action(async (number: string | undefined, options: Options & { login?: string }) => {
      const proof = options.file === undefined ? await askVoucher(number, options) : read(options.file)
      if (proof.kind !== 'suanquan/voucher-proof/v1') throw notAProof(options.file!)
      finish(proof, options, checkVoucher(proof, rulesOf(options)))
    })
}

async function askTree({ url, ledger, from, to }: TreeOptions, kept: ShownSeal | null): Promise<TreeProof> {
  if (from === undefined && kept === null)
    throw new WrongUse({ zh: '请用 --from 指明较早的封印', en: '--from names the earlier seal' })
  const client = visit(url)
  const fund = kept?.ledger ?? Number(ledger)
  const query = {
    ledger: fund,
    from: kept?.number ?? Number(from),
    to: to === undefined ? await latest(client, fund) : Number(to),
  }
  const proof = valueOf(await client.readConsistency({ query }))
  const keys = valueOf(await client.listKeys({})).items
  return { kind: 'suanquan/tree-proof/v1', ...proof, keys }
}

async function latest(client: Client, ledger: number): Promise<number> {
  const { items } = valueOf(await client.listTreeHeads({}))
  const head = items.find((each) => each.ledger === ledger)
  if (head === undefined) throw new Refused({ code: 'seal.unknown', params: { ledger, number: 1 } })
  return head.seal.number
}

async function askVoucher(
  number: string | undefined,
  { url, login }: Options & { login?: string },
): Promise<VoucherProof> {
  if (number === undefined || login === undefined)
    throw new WrongUse({
      zh: '请给出券号和 --login，或用 --file 核对已保存的证明',
      en: 'give the voucher’s number and --login, or a saved proof with --file',
    })
  const client = visit(url)
  await signInAs(client, login)
  const { items } = valueOf(await client.listVouchers({ query: { q: number } }))
  const found = items.find((each) => each.number === number)
  if (found === undefined) throw new Refused({ code: 'request.not_found', params: { what: 'voucher' } })
  const proof = valueOf(await client.readVoucherInclusion({ params: { id: found.id } }))
  const keys = valueOf(await client.listKeys({})).items
  await client.signOut()
  return { kind: 'suanquan/voucher-proof/v1', ...proof, keys }
}

function finish(proof: TreeProof | VoucherProof, options: Options, checked: ProofChecked): void {
  if (options.save !== undefined) writeFileSync(options.save, `${JSON.stringify(proof, null, 1)}\n`)
  const holds = checked.wrong.length === 0
  const json = {
    holds,
    proved: checked.proved.map(proofSentence),
    wrong: checked.wrong.map(proofSentence),
    rows: checked.rows,
  }
  emit(json, { json: options.json, text: () => textOf(checked) })
  if (!holds) checkFailed()
}

function textOf({ proved, wrong, rows }: ProofChecked): string {
  const lines = rows.map(
    ({ sequence, at, kind, code, amount }) =>
      `#${sequence} ${isoTime(at)} ${kind.padEnd(8)}${code.padEnd(10)}${formatFen(amount)}`,
  )
  const last =
    wrong.length === 0
      ? said({ zh: '证明成立', en: 'the proof holds' })
      : said({
          zh: `证明不成立：${wrong.length} 处不符`,
          en: `the proof does not hold: ${wrong.length} faults`,
        })
  return [...lines, ...[...proved, ...wrong].map((each) => said(proofSentence(each))), last].join('\n')
}

function treeOf(file: string): TreeProof {
  const proof = read(file)
  if (proof.kind !== 'suanquan/tree-proof/v1') throw notAProof(file)
  return proof
}

/** The head that a saved file holds: a later one must begin with it. */
function headOf(file: string): ShownSeal {
  const proof = read(file)
  return proof.kind === 'suanquan/tree-proof/v1' ? proof.to : proof.seal
}

function read(file: string): ProofFile {
  let content: string
  try {
    content = readFileSync(file, 'utf8')
  } catch {
    throw new WrongUse({ zh: `读不到证明文件 ${file}`, en: `cannot read the proof in ${file}` })
  }
  const proof = readProofFile(content)
  if (proof === null) throw notAProof(file)
  return proof
}

function notAProof(file: string): WrongUse {
  return new WrongUse({ zh: `${file} 不是这种证明`, en: `${file} is no proof of this kind` })
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text)
}

type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: ConstructorParameters<typeof Refused>[0] }

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Refused(outcome.problem)
  return outcome.value
}
