// An expected "no" is a value, not an exception: a stable code and the values its sentence needs. The sentences
// in both languages stand in one catalogue (`@suanquan/api`), so that core speaks no language.

/** The values a refusal's sentence names: plain data, so that it can be stored and sent as it is. */
export type RefusalParams = Readonly<Record<string, string | number | bigint | boolean | readonly string[]>>

export interface Refusal<Code extends string = string> {
  readonly code: Code
  readonly params: RefusalParams
}

/** What a decision of core returns: a value, or the refusal whose codes are part of the function's type. */
export type Decision<Value, Code extends string = string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal<Code> }

export function accept<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value }
}

export function refuse<const Code extends string>(
  code: Code,
  params: RefusalParams = {},
): { readonly ok: false; readonly refusal: Refusal<Code> } {
  return { ok: false, refusal: { code, params } }
}
