// Why a database could not be started, as one sentence with a stable code. The sentences in both languages stand in
// the catalogue (`@suanquan/api`), the message of the error is the English one.
import { sentence, type RefusalCode } from '@suanquan/api'
import type { Refusal, RefusalParams } from '@suanquan/core'

export type LauncherCode = Extract<RefusalCode, `launcher.${string}`>

/** Thrown by `startPostgres`: the world does not allow a database here; the sentence says what to do. */
export class LauncherRefusal extends Error {
  override readonly name = 'LauncherRefusal'
  readonly refusal: Refusal<LauncherCode>

  constructor(code: LauncherCode, params: RefusalParams = {}) {
    super(sentence({ code, params }, 'en'))
    this.refusal = { code, params }
  }
}
