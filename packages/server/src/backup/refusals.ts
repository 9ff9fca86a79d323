// Why a backup cannot be made, read or restored, as one sentence with a stable code.
import { sentence, type RefusalCode } from '@suanquan/api'
import type { Refusal, RefusalParams } from '@suanquan/core'

export type BackupCode = Extract<RefusalCode, `backup.${string}`>

export class BackupRefusal extends Error {
  override readonly name = 'BackupRefusal'
  readonly refusal: Refusal<BackupCode>

  constructor(code: BackupCode, params: RefusalParams = {}) {
    super(sentence({ code, params }, 'en'))
    this.refusal = { code, params }
  }
}
