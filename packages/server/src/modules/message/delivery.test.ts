// What leaves the portal, against receivers that speak the real protocols: once, to the right address, with nothing in it
// that need not be; what each error does; what happens when a server dies between sending and recording.
import { applied, mailReceiver, must, signIn, smsReceiver, testCity, wecomReceiver } from '@suanquan/testkit'
import { startServer, type RunningServer } from '@suanquan/server'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { fits } from './channels/channel.ts'
import { channelSettings, ChannelSettingsRefusal, type ChannelSettings } from './channels/settings.ts'
import { tell, writeMessages } from './outbox.ts'

const SECRET = 's3cret-of-the-gateway'
const mail = await mailReceiver()
const sms = await smsReceiver(SECRET)
const wecom = await wecomReceiver(SECRET)
const channels: ChannelSettings = {
  email: {
    host: '127.0.0.1',
    port: mail.port,
    implicitTls: false,
    user: null,
    password: null,
    from: 'suanquan@city.example',
  },
  sms: { url: sms.url, app: 'suanquan', secret: SECRET, templates: { default: 'SMS_1', code: 'SMS_2' } },
  wecom: { corp: 'ww1', agent: 1000002, secret: SECRET, url: wecom.url },
}
const city = await testCity({ channels })
const { kysely } = city.store.database
afterAll(async () => {
  await city.stop()
  await Promise.all([mail.stop(), sms.stop(), wecom.stop()])
})

const clerk = city.as('clerk')
const application = await applied(city, 'clerk', city.firm)
const deliveries = async () =>
  must(await city.as('administrator').listDeliveries({ query: { size: 200 } })).items

const ADDRESSES = { email: 'clerk@firm.example', sms: '13800001234', wecom: 'ZhangSan' } as const
type Name = keyof typeof ADDRESSES

/** Something new to know, for the clerk; by every channel that is verified. */
let causes = 0
async function told(kind: 'correction_asked' | 'application_received' = 'correction_asked'): Promise<void> {
  causes += 1
  await city.store.database.transaction(async ({ kysely: tx }) => {
    const about = { about: 'application' as const, aboutId: application.id, deadlineOn: '2024-06-03' }
    tell(tx, {
      ...about,
      kind,
      cause: `delivery ${causes}`,
      params: { reason: '张三的材料缺页，金额 520 万元' },
    })
    return writeMessages(tx, city.server.world.clock())
  })
}

async function verified(channel: Name, codeIn: () => string): Promise<void> {
  must(await clerk.addContact({ body: { channel, address: ADDRESSES[channel] } }))
  await city.tick()
  const code = /\d{6}/.exec(codeIn())![0]
  must(await clerk.confirmContact({ body: { channel, code } }))
}

/** One channel at a time: the others have no address. */
async function only(channel: Name): Promise<void> {
  await kysely.deleteFrom('contact').where('channel', '<>', channel).execute()
}

describe('an address', () => {
  test.each([
    ['email', 'a@b.example\r\nBcc: evil@x.example'],
    ['email', 'a@b.example, evil@x.example'],
    ['email', 'Evil <evil@x.example>'],
    ['email', 'a@b'],
    ['email', `${'a'.repeat(65)}@b.example`],
    ['email', 'a b@c.example'],
    ['email', 'аdmin@gov.example'],
    ['email', '.a@b.example'],
    ['sms', '1380000123'],
    ['sms', '13800001234\n'.repeat(2)],
    ['sms', '+8613800001234'],
    ['wecom', '@all'],
    ['wecom', 'a|b'],
  ] as const)('of %s that reads %j is refused', async (channel, address) => {
    expect(fits(channel, address)).toBe(false)
    const answer = await clerk.addContact({ body: { channel, address } })
    expect(answer).toMatchObject({ ok: false, problem: { code: 'message.address_unfit' } })
  })

  test('is used when its code was typed in, not before; a code is for ten minutes, five tries, once a minute', async () => {
    await told()
    await city.tick()
    expect(mail.mails).toEqual([])
    must(await clerk.addContact({ body: { channel: 'email', address: ADDRESSES.email } }))
    await told()
    await city.tick()
    expect(mail.mails.map(({ to, subject }) => [to, subject])).toEqual([
      [[ADDRESSES.email], '联系方式验证码'],
    ])
    const again = await clerk.addContact({ body: { channel: 'email', address: 'x@y.example' } })
    expect(again).toMatchObject({ problem: { code: 'message.code_too_soon' } })
    const code = /\d{6}/.exec(mail.mails[0]!.text)![0]
    const wrong = code === '000000' ? '000001' : '000000'
    const confirm = (typed: string) => clerk.confirmContact({ body: { channel: 'email', code: typed } })
    for (let tries = 0; tries < 5; tries++) expect((await confirm(wrong)).ok).toBe(false)
    expect((await confirm(code)).ok).toBe(false)
    city.wait(2)
    await verified('email', () => mail.mails.at(-1)!.text)
    const { contacts } = must(await clerk.readMessageSettings())
    expect(contacts[0]).toMatchObject({ addressMasked: 'c***@firm.example', verified: true })
    const kept = await kysely.selectFrom('delivery').select('code').where('kind', '=', 'code').execute()
    expect(kept.every(({ code: left }) => left === null)).toBe(true)
  })

  test('of another person is not told, shown or changed', async () => {
    const other = await signIn(city.server.url, 'clerk2')
    const { contacts } = must(await other.readMessageSettings())
    expect(contacts.every(({ addressMasked }) => addressMasked === null)).toBe(true)
    must(await other.removeContact({ body: { channel: 'email' } }))
    expect(must(await clerk.readMessageSettings()).contacts[0]!.verified).toBe(true)
  })
})

describe('mail', () => {
  test('goes once, with a number and a deadline and no reason, amount or name', async () => {
    const before = mail.mails.length
    await told()
    await city.tick()
    await city.tick()
    const [received, ...more] = mail.mails.slice(before)
    expect(more).toEqual([])
    expect(received).toMatchObject({ from: 'suanquan@city.example', to: [ADDRESSES.email] })
    expect(received!.subject).toBe(`申请 ${application.number} 需要补正`)
    expect(received!.text).toContain('2024-06-03')
    expect(received!.text + received!.subject).not.toMatch(/张三|520|缺页|甲示例/)
    expect(received!.raw).toContain('Auto-Submitted: auto-generated')
  })

  test('follows the language and the channels of the person', async () => {
    const settings = must(await clerk.readMessageSettings())
    const change = (channels: ('email' | 'sms')[], portal = true) => ({
      body: {
        language: 'en' as const,
        kinds: settings.kinds.map(({ kind, required }) => ({ kind, portal: portal || required, channels })),
      },
    })
    must(await clerk.changeMessageSettings(change(['email'])))
    const before = mail.mails.length
    await told()
    await city.tick()
    expect(mail.mails.at(-1)!.subject).toBe(`Application ${application.number} needs a correction`)
    must(await clerk.changeMessageSettings(change([], false)))
    const { total } = must(await clerk.listMessages({ query: {} }))
    await told()
    await told('application_received')
    await city.tick()
    expect(mail.mails.length).toBe(before + 1)
    // a decision stays in the portal, what only informs does not
    expect(must(await clerk.listMessages({ query: {} })).total).toBe(total + 1)
    const off = settings.kinds.map(({ kind }) => ({ kind, portal: false, channels: [] }))
    const refused = await clerk.changeMessageSettings({ body: { language: 'zh', kinds: off } })
    expect(refused).toMatchObject({ problem: { code: 'message.required' } })
    const all = settings.kinds.map(({ kind }) => ({
      kind,
      portal: true,
      channels: ['email', 'sms', 'wecom'] as const,
    }))
    must(
      await clerk.changeMessageSettings({
        body: { language: 'zh', kinds: all.map((each) => ({ ...each, channels: [...each.channels] })) },
      }),
    )
  })

  test.each([
    ['a server that is busy', { at: 'MAIL', code: 451 }, 'sent', 1],
    ['greylisting', { at: 'RCPT', code: 450 }, 'sent', 1],
    ['no such mailbox', { at: 'RCPT', code: 550 }, 'failed', 0],
    ['a refused message', { at: 'DATA', code: 554 }, 'failed', 0],
    ['a connection lost before the message', { at: 'before', code: 'lost' }, 'sent', 1],
    ['a connection lost after the message', { at: 'after', code: 'lost' }, 'uncertain', 1],
  ] as const)('%s', async (_name, fault, state, arrived) => {
    const before = mail.mails.length
    mail.fail(fault)
    await told()
    await city.tick()
    city.wait(2)
    await city.tick()
    const [latest] = await deliveries()
    expect(latest).toMatchObject({ state, channel: 'email' })
    expect(mail.mails.length - before).toBe(arrived)
    expect(JSON.stringify(latest)).not.toContain(ADDRESSES.email)
    city.wait(24 * 60)
    await city.tick()
    expect(mail.mails.length - before).toBe(arrived)
  })

  test('that is uncertain is sent again by a person with a reason, under the same Message-ID', async () => {
    const [uncertain] = await deliveries()
    const retry = { params: { id: uncertain!.id }, body: { reason: '收件人确认没有收到' } }
    const administrator = city.as('administrator')
    must(await administrator.retryDelivery(retry))
    await city.tick()
    const [first, second] = mail.mails.slice(-2)
    expect(second!.messageId).toBe(first!.messageId)
    expect((await deliveries())[0]).toMatchObject({ state: 'sent', retryReason: '收件人确认没有收到' })
    const twice = await administrator.retryDelivery(retry)
    expect(twice).toMatchObject({ problem: { code: 'message.not_retryable' } })
  })
})

describe('SMS', () => {
  test('is verified, signed, by template, with a number and a day and nothing else', async () => {
    city.wait(2)
    await verified('sms', () => sms.messages.at(-1)!.parameters['code']!)
    await only('sms')
    await told()
    await city.tick()
    expect(sms.messages.map(({ template }) => template)).toEqual(['SMS_2', 'SMS_1'])
    expect(sms.messages[1]).toMatchObject({
      phone: '+8613800001234',
      parameters: { number: application.number, deadline: '2024-06-03' },
    })
    expect(Object.keys(sms.messages[1]!.parameters)).toHaveLength(2)
  })

  test.each([
    ['ok', undefined, 'sent', 1],
    ['bad_number', 'bad_number', 'failed', 0],
    ['blocked', 'blocked', 'failed', 0],
    ['rate_limited', 'rate_limited', 'sent', 1],
    ['HTTP 503', 503, 'sent', 1],
    ['HTTP 403', 403, 'sent', 1],
    ['taken, and the answer lost', 'lost', 'sent', 1],
  ] as const)('%s', async (_name, fault, state, arrived) => {
    const before = sms.messages.length
    if (fault !== undefined) sms.fail(fault)
    await told()
    await city.tick()
    city.wait(3)
    await city.tick()
    expect((await deliveries())[0]).toMatchObject({ state, channel: 'sms' })
    expect(sms.messages.length - before).toBe(arrived)
  })

  test('a provider that asks to wait a dozen times is waited for: that is no attempt', async () => {
    const before = sms.messages.length
    await told()
    for (let asked = 0; asked < 12; asked++) {
      sms.fail('rate_limited')
      await city.tick()
      city.wait(61)
    }
    expect((await deliveries())[0]).toMatchObject({ state: 'waiting', attempts: 0 })
    await city.tick()
    expect((await deliveries())[0]).toMatchObject({ state: 'sent', attempts: 1 })
    expect(sms.messages.length - before).toBe(1)
  })
})

describe('企业微信', () => {
  test('is verified, and its token is fetched once', async () => {
    await verified('wecom', () => wecom.messages.at(-1)!.content)
    await only('wecom')
    await told()
    await city.tick()
    expect(wecom.tokens()).toBe(1)
    expect(wecom.messages.at(-1)!.content).toContain(`申请 ${application.number} 需要补正`)
  })

  test.each([
    ['a token that does not hold', 40014, 'sent', { arrived: 1, tokens: 1 }],
    ['a token that has ended', 42001, 'sent', { arrived: 1, tokens: 1 }],
    ['a limit', 45009, 'sent', { arrived: 1, tokens: 0 }],
    ['a busy server', -1, 'sent', { arrived: 1, tokens: 0 }],
    ['no such member', 60111, 'failed', { arrived: 0, tokens: 0 }],
    ['an invalid user', 'invalid_user', 'failed', { arrived: 0, tokens: 0 }],
    ['taken, and the answer lost', 'lost', 'sent', { arrived: 1, tokens: 0 }],
  ] as const)('%s', async (_name, fault, state, more) => {
    const [before, held] = [wecom.messages.length, wecom.tokens()]
    wecom.fail(fault)
    await told()
    await city.tick()
    city.wait(2)
    await city.tick()
    expect((await deliveries())[0]).toMatchObject({ state, channel: 'wecom' })
    expect(wecom.messages.length - before).toBe(more.arrived)
    expect(wecom.tokens() - held).toBe(more.tokens)
  })

  test('a limit stops the whole channel for a minute', async () => {
    const before = wecom.messages.length
    wecom.fail(45009)
    await told()
    await told()
    await city.tick()
    await city.tick()
    expect(wecom.messages.length).toBe(before)
    city.wait(2)
    await city.tick()
    expect(wecom.messages.length).toBe(before + 2)
  })
})

describe('two servers', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'suanquan-second-'))
  let later = 0
  const second = (): Promise<RunningServer> =>
    startServer({
      address: city.store.address,
      dataFolder: folder,
      site: city.server.world.site,
      clock: () => city.server.world.clock() + later,
      tickEveryMs: 0,
      requestsPerMinute: 0,
      channels,
    })

  async function reachable(channel: Name): Promise<void> {
    await kysely.deleteFrom('contact').execute()
    const { id } = await kysely
      .selectFrom('person')
      .select('id')
      .where('login', '=', 'clerk')
      .executeTakeFirstOrThrow()
    const at = new Date(city.server.world.clock()).toISOString()
    const place = { jurisdiction: '990100', district: '990100', code_tries: 0, codes: 0 }
    await kysely
      .insertInto('contact')
      .values({ ...place, person_id: id, channel, address: ADDRESSES[channel], verified_at: at })
      .execute()
  }

  test('that send at once send each message once', async () => {
    await reachable('email')
    const other = await second()
    const before = mail.mails.length
    for (let count = 0; count < 12; count++) await told()
    const at = city.server.world.clock()
    await Promise.all([city.server.tick(at), other.tick(at), city.server.tick(at)])
    await other.stop()
    const ids = mail.mails.slice(before).map(({ messageId }) => messageId)
    expect(ids).toHaveLength(12)
    expect(new Set(ids).size).toBe(12)
  })

  /** One server has sent and not recorded; its lease is over and the other one ticks; then the first one wakes up. */
  async function cutOff(channel: 'email' | 'sms'): Promise<string[]> {
    await reachable(channel)
    city.wait(1)
    let letGo: () => void = () => undefined
    const held = new Promise<void>((done) => (letGo = done))
    if (channel === 'email') mail.fail({ at: 'after', code: held })
    else sms.fail(held)
    const taken = channel === 'email' ? mail.mails : sms.messages
    const before = taken.length
    await told()
    const first = city.server.tick(city.server.world.clock())
    while (taken.length === before) await new Promise((done) => setTimeout(done, 5))
    later = 200_000
    const other = await second()
    await other.tick(city.server.world.clock() + later)
    const states = [(await deliveries())[0]!.state]
    letGo()
    await first
    states.push((await deliveries())[0]!.state)
    await other.stop()
    later = 0
    expect(taken.length).toBe(before + 1)
    return states
  }

  test('a mail whose server was cut off before it recorded is uncertain and stays so: the late one says nothing any more', async () => {
    expect(await cutOff('email')).toEqual(['uncertain', 'uncertain'])
  })

  test('an SMS is asked about again under its id by the other server, and arrives once', async () => {
    expect(await cutOff('sms')).toEqual(['sent', 'sent'])
  })
})

describe('settings', () => {
  const url = 'smtps://user:p%40ss@mail.city.example'
  test('come from the environment, a password from a file of its own', () => {
    const found = channelSettings({ SUANQUAN_SMTP_URL: url, SUANQUAN_SMTP_FROM: 'a@city.example' })
    expect(found).toEqual({
      email: {
        host: 'mail.city.example',
        port: 465,
        implicitTls: true,
        user: 'user',
        password: 'p@ss',
        from: 'a@city.example',
      },
    })
    expect(channelSettings({})).toEqual({})
  })

  test.each([
    [{ SUANQUAN_SMTP_URL: url }, 'SUANQUAN_SMTP_FROM'],
    [{ SUANQUAN_SMTP_URL: 'http://x', SUANQUAN_SMTP_FROM: 'a@b.example' }, 'SUANQUAN_SMTP_URL'],
    [{ SUANQUAN_SMTP_URL: url, SUANQUAN_SMTP_FROM: 'a@b.example\r\nBcc: x@y.example' }, 'SUANQUAN_SMTP_FROM'],
    [
      { SUANQUAN_WECOM_CORP: 'w', SUANQUAN_WECOM_AGENT: 'x', SUANQUAN_WECOM_SECRET: 's' },
      'SUANQUAN_WECOM_AGENT',
    ],
    [
      {
        SUANQUAN_SMS_URL: 'http://far.example/',
        SUANQUAN_SMS_APP: 'a',
        SUANQUAN_SMS_SECRET: 's',
        SUANQUAN_SMS_TEMPLATES: 'default=1',
      },
      'SUANQUAN_SMS_URL',
    ],
  ])('%j is refused, naming %s', (environment, name) => {
    expect(() => channelSettings(environment)).toThrow(ChannelSettingsRefusal)
    expect(() => channelSettings(environment)).toThrow(name)
  })
})

test('no secret stands in the database', async () => {
  const rows = await kysely.selectFrom('delivery').selectAll().execute()
  expect(
    JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  ).not.toContain(SECRET)
})
