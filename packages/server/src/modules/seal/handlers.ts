// What everybody may ask of the proof of the journal. No answer names a person or a firm.
import { accept, hex } from '@suanquan/core'
import type { AnswerOf, Routes } from '@suanquan/api'
import type { Handlers } from '../../http/world.ts'
import { publishedKeys, type PublishedKey } from '../../signing/index.ts'

export function sealHandlers(): Handlers<'listKeys'> {
  return {
    listKeys: {
      kind: 'query',
      run: async (_, { db }) => accept({ items: (await publishedKeys(db)).map(viewKey) }),
    },
  }
}

function viewKey(key: PublishedKey): AnswerOf<Routes['listKeys']>['items'][number] {
  const { id, algorithm, bytes, validFrom, replacedAt, replaces, endorsement } = key
  return {
    id,
    algorithm,
    publicKey: hex(bytes),
    validFrom: new Date(validFrom).toISOString(),
    replacedAt: replacedAt === null ? null : new Date(replacedAt).toISOString(),
    replaces,
    endorsement: endorsement === null ? null : hex(endorsement),
  }
}
