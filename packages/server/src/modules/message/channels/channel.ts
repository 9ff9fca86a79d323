// What a channel is asked and what it answers. A channel never throws: whatever happened is one of four things.
import type { MessageChannel } from '@suanquan/api'
import type { Instant } from '@suanquan/core/calendar'

/** One message to one person. */
export interface Letter {
  /** the same on every attempt: Message-ID, idempotency key */
  readonly id: string
  readonly to: string
  readonly kind: string
  readonly subject: string
  readonly text: string
  /** all that an SMS may say: a number and a day, or a code; never an amount or a name */
  readonly parameters: Readonly<Record<string, string>>
  readonly at: Instant
}

export type Sent =
  | { readonly state: 'sent'; readonly reference: string }
  /** it did not arrive; later it may */
  | { readonly state: 'again'; readonly error: string; readonly pauseSeconds?: number }
  /** it never will: this address, this template */
  | { readonly state: 'failed'; readonly error: string }
  /** it may have arrived: the connection broke when all had been said */
  | { readonly state: 'uncertain'; readonly error: string }

export interface Channel {
  /** so long the receiver keeps a second sending under the same id from arriving twice; 0 where its protocol cannot */
  readonly sameForMs: number
  readonly send: (letter: Letter) => Promise<Sent>
}

export type Channels = Partial<Readonly<Record<MessageChannel, Channel>>>

const FIT: Readonly<Record<MessageChannel, RegExp>> = {
  email:
    /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}$/,
  sms: /^1[3-9]\d{9}$/,
  wecom: /^[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}$/,
}

/** Whether an address is one of its channel and nothing else: one line, one recipient. */
export function fits(channel: MessageChannel, address: string): boolean {
  return address.length <= 254 && FIT[channel].test(address) && (address.split('@')[0] ?? '').length <= 64
}

/** What went wrong on the way, without the address that was asked. */
export function wordOf(error: unknown): string {
  const { cause, message = '' } = error as { cause?: { code?: string }; message?: string }
  return cause?.code ?? message
}
