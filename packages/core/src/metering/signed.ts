// What is signed beside batches: an event of use, and an agent's answer for a raw file. What is signed opens with its purpose.
import { canonicalBytes, canonicalText } from '../canonical.ts'

/** The type that says an event's data is a run; another layout would be another type. */
export const RUN_EVENT_TYPE = 'cn.suanquan.usage.run.v1'

/**
 * Every attribute of the event but its signature, and its data, as JSON with sorted keys and without spaces; its UTF-8 bytes
 * are signed. In which mode the event travels does not matter: the type of the data, which moves between modes, is left out.
 */
export function eventText(event: Readonly<Record<string, unknown>>): string {
  const { suanquansig: _, datacontenttype: __, ...signed } = event
  return `suanquan/usage-event/v1\n${canonicalText(signed)}`
}

export type RawOutcome = 'sent' | 'gone' | 'changed' | 'too_large'

/** @param answer with the SM3 of the file that was asked for */
export function rawAnswerBytes(
  keyId: string,
  requestId: string,
  answer: { readonly outcome: RawOutcome; readonly sm3: string },
): Uint8Array {
  return canonicalBytes(['suanquan/raw-answer/v1', keyId, requestId, answer.outcome, answer.sm3])
}
