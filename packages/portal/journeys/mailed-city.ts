// A city that sends mail, to a receiver on this machine: its clerk has given an address and confirmed it by the code.
import {
  APPEALS,
  mailReceiver,
  must,
  PASSWORD,
  testCity,
  type MailReceiver,
  type TestCity,
} from '@suanquan/testkit'

export const MESSAGE_PAGES = { messages: '/messages', 'message-settings': '/messages/settings' }

export async function mailedCity(): Promise<{ readonly city: TestCity; readonly mail: MailReceiver }> {
  const duty = { zh: '企业经办人', en: 'clerk of a firm' }
  const mail = await mailReceiver()
  const from = 'suanquan@city.example'
  const city = await testCity({
    adoption: (text) => text + APPEALS,
    demoAccounts: [{ login: 'clerk', password: PASSWORD, duty, name: '某某' }],
    channels: {
      email: { host: '127.0.0.1', port: mail.port, implicitTls: false, user: null, password: null, from },
    },
  })
  const clerk = city.as('clerk')
  must(await clerk.addContact({ body: { channel: 'email', address: 'clerk@firm.example' } }))
  await city.tick()
  const [code = ''] = /\d{6}/.exec(mail.mails[0]?.text ?? '') ?? []
  must(await clerk.confirmContact({ body: { channel: 'email', code } }))
  const stop = async (): Promise<void> => {
    await city.stop()
    await mail.stop()
  }
  return { city: { ...city, stop }, mail }
}
