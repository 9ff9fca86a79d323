import type { Answer } from '../../client/call.ts'
import type { Tone } from '../../components/status-tag.tsx'

const TONES = { valid: 'done', expired: 'quiet', revoked: 'stopped' } as const

export function toneOf(state: Answer<'readCredential'>['state']): Tone {
  return TONES[state]
}
