// Items that compute programmes do not support, recognised from the name of an invoice line: storage, network, security.
// A line that names computing as well is doubtful: a person looks at it, and nothing is taken off by itself.
import type { Fen } from '../money/index.ts'
import type { InvoiceLine } from './invoice-check.ts'

export const EXCLUDED_KINDS = ['storage', 'network', 'security'] as const

export type ExcludedKind = (typeof EXCLUDED_KINDS)[number]

export interface ExcludedItem {
  /** its place on the invoice, from 1 */
  readonly line: number
  readonly name: string
  readonly kind: ExcludedKind
  /** tax included */
  readonly amountFen: Fen
  /** it names computing as well */
  readonly doubtful: boolean
}

const WORDS: Readonly<Record<ExcludedKind, RegExp>> = {
  storage: /存储|储存|云硬盘|云盘|磁盘|备份|对象桶|storage|backup/i,
  network: /带宽|专线|流量|公网|弹性IP|EIP|CDN|VPN|网络|负载均衡|bandwidth|network/i,
  security: /安全|防火墙|WAF|DDoS|等保|加密|密码|入侵|security|firewall/i,
}

const COMPUTING = /算力|GPU|NPU|卡时|机时|智算|超算|裸金属|compute/i

/** @param kinds those that the programme excludes */
export function excludedItems(
  lines: readonly InvoiceLine[],
  kinds: readonly ExcludedKind[] = EXCLUDED_KINDS,
): readonly ExcludedItem[] {
  return lines.flatMap(({ name, amountFen, taxFen }, index) => {
    // an item reads *short name of its class*name: the class says nothing of what was bought
    const item = name.replace(/^\*[^*]*\*/, '')
    const kind = kinds.find((each) => WORDS[each].test(item))
    if (kind === undefined) return []
    const doubtful = COMPUTING.test(item)
    return [{ line: index + 1, name, kind, amountFen: amountFen + taxFen, doubtful }]
  })
}

/** What is taken off without asking: a discount line lowers it, and it is never below zero. */
export function excludedFenOf(items: readonly ExcludedItem[]): Fen {
  const sum = items.reduce((fen, { amountFen, doubtful }) => (doubtful ? fen : fen + amountFen), 0n)
  return sum > 0n ? sum : 0n
}
