import { must, testCity } from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'

const city = await testCity()
afterAll(() => city.stop())

test('a draft is its firm’s own: an office that may not read it unmasks nothing of it', async () => {
  const { adoptionId, firm } = city
  const body = { adoptionId, organisationId: firm.id }
  const { id } = must(await city.as('clerk').openDraft({ body }))
  for (const office of ['reviewer', 'finance', 'auditor'])
    expect(
      await city.as(office).unmask({
        body: { about: 'application', objectId: id, purpose: 'contact', reason: '核对经办人' },
      }),
      office,
    ).toMatchObject({ problem: { code: 'request.not_found' } })
})
