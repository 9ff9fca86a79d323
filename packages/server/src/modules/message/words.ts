// A message in words: the catalogue's sentences with what the row holds filled in.
import { fillWords, isMessageKind, messageKinds, shortfallTexts, type MessageKind } from '@suanquan/api'
import { PACE_DAYS } from '@suanquan/core/metering'
import { formatFen } from '@suanquan/core/money'
import type { MessageParams } from '../../database/message-tables.ts'

export interface InWords {
  readonly zh: string
  readonly en: string
}

const CODE: InWords = { zh: '联系方式验证码', en: 'verification code' }

export function nameOf(kind: string): InWords {
  return isMessageKind(kind) ? messageKinds[kind].name : CODE
}

/** A title leaves the portal: a number, and no more. */
export function titleOf(kind: string, params: MessageParams): InWords {
  return isMessageKind(kind) ? filled(messageKinds[kind].title, params) : CODE
}

/** A body is read after signing in. */
export function bodyOf(kind: string, params: MessageParams): InWords {
  return isMessageKind(kind) ? filled((messageKinds[kind] as MessageKind).body, params) : { zh: '', en: '' }
}

function filled(words: InWords, params: MessageParams): InWords {
  return { zh: fillWords(words.zh, textsOf(params, 'zh')), en: fillWords(words.en, textsOf(params, 'en')) }
}

function textsOf(params: MessageParams, language: 'zh' | 'en'): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries(params)) if (typeof value === 'string') texts[name] = value
  const { amountFen, shortfalls, titleZh } = params
  if (language === 'zh' && typeof titleZh === 'string') texts['title'] = titleZh
  if (typeof amountFen === 'string') {
    const yuan = formatFen(BigInt(amountFen))
    texts['amount'] = language === 'zh' ? `${yuan} 元` : `${yuan} yuan`
  }
  const days = params['daysLeft']
  if (typeof days === 'string')
    texts['pace'] =
      language === 'zh'
        ? `按近 ${PACE_DAYS} 日用量估计还可用 ${days} 天。`
        : `At the pace of the last ${PACE_DAYS} days it would last ${days} days (an estimate).`
  texts['shortfalls'] = Array.isArray(shortfalls) ? unpaid(shortfalls, language) : ''
  return texts
}

/** Why a part is not paid, each reason once. */
function unpaid(codes: readonly string[], language: 'zh' | 'en'): string {
  const known = [...new Set(codes)].filter((code) => Object.hasOwn(shortfallTexts, code))
  if (known.length === 0) return ''
  const said = known.map((code) => shortfallTexts[code as keyof typeof shortfallTexts][language])
  return language === 'zh' ? `未予支付的部分：${said.join('；')}。` : `Not paid: ${said.join('; ')}.`
}
