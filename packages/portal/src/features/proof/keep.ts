// Heads and proofs as files of whoever keeps them; both sides of the file are written in core.
import type { KeptHead, TreeProof, VoucherProof } from '@suanquan/core/ledger'
import { call } from '../../client/call.ts'
import { saveText } from '../../format/save-file.ts'

export function keep(name: string, file: KeptHead | TreeProof | VoucherProof): void {
  saveText(`${name}.json`, `${JSON.stringify(file, null, 1)}\n`, 'application/json')
}

/** A head with the keys of today, to hold later ones against. */
export async function keepHead(name: string, seal: KeptHead['seal']): Promise<void> {
  const { items: keys } = await call('listKeys')
  keep(name, { kind: 'suanquan/tree-head/v1', seal, keys })
}

/** The proof of a voucher's postings as a file. */
export async function keepVoucher(id: string): Promise<void> {
  const proof = await call('readVoucherInclusion', { params: { id } })
  const { items: keys } = await call('listKeys')
  keep(proof.number, { kind: 'suanquan/voucher-proof/v1', ...proof, keys })
}
