// The agent of the furnished city's provider, and the question for its raw samples.
import { hex, keyId } from '@suanquan/core'
import { batchBytes, HOUR_MS, writeBatch } from '@suanquan/core/metering'
import { ledgerHash, makePem, readPem } from '@suanquan/server'
import { createHash } from 'node:crypto'
import { must, type TestCity } from './test-city.ts'

/** The provider's agent, which has told an hour without use and is asked for its raw samples. */
export async function agentOf(city: TestCity): Promise<Record<string, string>> {
  const { publicBytes, sign } = readPem(makePem('Ed25519'))!
  const key = { algorithm: 'Ed25519' as const, bytes: publicBytes }
  const enrolled = { providerId: city.provider.id, name: '一号机房', cluster: 'sqtest' }
  const body = { ...enrolled, algorithm: key.algorithm, publicKey: hex(publicBytes) }
  const { id } = must(await city.as('provider').enrolFeed({ body }))
  const from = Date.parse('2024-06-10T00:00:00Z')
  const sm3 = '5a'.repeat(32)
  const batch = writeBatch({
    cluster: 'sqtest',
    number: 1,
    of: 'devices',
    madeAt: from + HOUR_MS,
    from,
    until: from + HOUR_MS,
    records: [],
    hours: [],
    raw: [{ name: '2024-06-10T00.parquet', sm3, bytes: 4000, samples: 240 }],
  })
  const digest = createHash('sha256').update(batch).digest('hex')
  const keyed = keyId(key, ledgerHash)
  const signature = hex(sign(batchBytes(keyed, 1, digest)))
  must(await city.anybody.feedUsage({ body: { keyId: keyed, number: 1, body: batch, signature } }))
  const asked = { batch: 1, sm3, reason: '抽查利用率' }
  const request = must(await city.as('auditor').askRawFile({ params: { id }, body: asked }))
  return { feed_id: id, raw_request_id: request.id }
}
