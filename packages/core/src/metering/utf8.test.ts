import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeUtf8 } from './utf8.ts'

const strict = new TextDecoder('utf-8', { fatal: true })

test('text of every script comes back as it was, across chunks too', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(0, 8190, 8191, 8192),
      (text, lead) => {
        const whole = 'a'.repeat(lead) + text.replaceAll('\0', '')
        const bytes = new TextEncoder().encode(whole)
        expect(decodeUtf8(bytes)).toEqual({ ok: true, value: strict.decode(bytes) })
      },
    ),
  )
})

test('what the platform’s strict decoder refuses is refused, and nothing else but NUL', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      let text: string | undefined
      try {
        text = strict.decode(bytes)
      } catch {
        text = undefined
      }
      const decoded = decodeUtf8(bytes)
      if (text === undefined || bytes.includes(0)) expect(decoded.ok).toBe(false)
      else expect(decoded).toEqual({ ok: true, value: text })
    }),
    { numRuns: 2000 },
  )
})
