// What holds messages back: a wait for codes that outlives the address, a window in which the receiver keeps a second
// sending away, and the office or firm that a person has left.
import {
  applied,
  clientOf,
  must,
  PASSWORD,
  rawSession,
  signIn,
  smsReceiver,
  testCity,
  wecomReceiver,
} from '@suanquan/testkit'
import { afterAll, expect, test } from 'vitest'

const SECRET = 's3cret-of-the-gateway'
const sms = await smsReceiver(SECRET)
const wecom = await wecomReceiver(SECRET)
const city = await testCity({
  channels: {
    sms: { url: sms.url, app: 'suanquan', secret: SECRET, templates: { default: 'SMS_1', code: 'SMS_2' } },
    wecom: { corp: 'ww1', agent: 1000002, secret: SECRET, url: wecom.url },
  },
})
const { kysely } = city.store.database
afterAll(async () => {
  await city.stop()
  await Promise.all([sms.stop(), wecom.stop()])
})

test('taking an address away does not shorten the wait for the next code, nor keep the address', async () => {
  const api = city.as('clerk2')
  must(await api.addContact({ body: { channel: 'sms', address: '13800001111' } }))
  const { contacts } = must(await api.removeContact({ body: { channel: 'sms' } }))
  expect(contacts.find(({ channel }) => channel === 'sms')).toMatchObject({
    addressMasked: null,
    verified: false,
    awaitsCode: false,
  })
  expect(await api.addContact({ body: { channel: 'sms', address: '13800002222' } })).toMatchObject({
    problem: { code: 'message.code_too_soon' },
  })
  const before = sms.messages.length
  await city.tick()
  expect(sms.messages.length).toBe(before)
  const kept = await kysely.selectFrom('contact').select('address').execute()
  expect(kept.map(({ address }) => address).join()).not.toContain('1380000')
})

test('a code that was confirmed is confirmed again under the same key, as the first time', async () => {
  const api = city.as('clerk3')
  must(await api.addContact({ body: { channel: 'sms', address: '13800003333' } }))
  await city.tick()
  const { code } = sms.messages.at(-1)!.parameters
  const call = await rawSession(city.server.url, 'clerk3')
  const asked = { body: { channel: 'sms', code }, headers: { 'idempotency-key': 'the-same-key' } }
  const first = await call('POST /api/message-contacts/confirm', asked)
  const again = await call('POST /api/message-contacts/confirm', asked)
  expect([first.status, again.status, again.text]).toEqual([200, 200, first.text])
})

test('what may have arrived is not sent again once the receiver no longer keeps a second one away', async () => {
  const { id } = await kysely
    .selectFrom('person')
    .select('id')
    .where('login', '=', 'clerk')
    .executeTakeFirstOrThrow()
  const at = new Date(city.server.world.clock()).toISOString()
  const place = { jurisdiction: '990100', district: '990100', code_tries: 0, codes: 0 }
  await kysely
    .insertInto('contact')
    .values({ ...place, person_id: id, channel: 'wecom', address: 'ZhangSan', verified_at: at })
    .execute()
  wecom.fail('lost')
  await applied(city, 'clerk', city.firm)
  await city.tick()
  const before = wecom.messages.length
  const state = async () => {
    const { items } = must(await city.as('administrator').listDeliveries({ query: { channel: 'wecom' } }))
    return items.map((each) => each.state)
  }
  expect(await state()).toEqual(['waiting'])
  city.wait(5 * 60)
  await city.tick()
  expect(await state()).toEqual(['uncertain'])
  expect(wecom.messages.length).toBe(before)
})

test('a message about a firm is not read any more by who no longer acts for it', async () => {
  const login = 'clerk-agent'
  const grantFor = (organisationCreditCode: string) => ({
    role: 'clerk' as const,
    district: null,
    organisationCreditCode,
  })
  const grants = [grantFor(city.otherFirm.creditCode), grantFor(city.firm.creditCode)]
  const administrator = city.as('administrator')
  const made = must(await administrator.createPerson({ body: { login, displayName: '代办人', grants } }))
  must(await clientOf(city.server.url).enrol({ body: { code: made.enrolmentCode, password: PASSWORD } }))
  const agent = await signIn(city.server.url, login)
  const people = must(await administrator.listPeople({ query: {} })).items
  const idOf = (name: string) => people.find((each) => each.login === name)!.id
  await applied(city, 'clerk', city.firm, { number: 'HT-H-1', account: 'h1' })
  const [about] = must(await agent.listMessages({})).items
  expect(about).toMatchObject({ kind: 'application_received' })
  must(
    await administrator.handOver({
      params: { id: idOf(login) },
      body: { organisationId: city.firm.id, successorId: idOf('clerk'), reason: '不再代办' },
    }),
  )
  const later = await signIn(city.server.url, login)
  expect(must(await later.listMessages({}))).toMatchObject({ items: [], total: 0, unread: 0 })
  expect(must(await later.countUnread())).toEqual({ unread: 0 })
  expect(await later.readMessage({ params: { id: about!.id } })).toMatchObject({ ok: false })
})
