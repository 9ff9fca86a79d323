import type { RefusalTexts } from './texts.ts'

export const message = {
  'message.required': {
    status: 422,
    zh: '决定和期限类消息依法须告知，不能在门户中关闭：{name}。可以改变邮件、短信等其他方式',
    en: 'decisions and deadlines must be told and stay on in the portal: {name}; mail and other channels are yours to choose',
  },
  'message.address_unfit': {
    status: 422,
    zh: '地址格式不对。邮箱形如 name@example.com；手机号为 11 位大陆号码；企业微信填写通讯录中的账号',
    en: 'the address does not fit: an e-mail address such as name@example.com, a mainland mobile number of 11 digits, or the account in the WeCom directory',
  },
  'message.channel_closed': {
    status: 409,
    zh: '本平台没有开通这种通知方式，请选择其他方式或联系管理员',
    en: 'this site does not send by this channel; choose another or ask the administrator',
  },
  'message.code_too_soon': {
    status: 429,
    zh: '验证码发送过于频繁，请在 {seconds} 秒后再试',
    en: 'codes were sent too often; try again in {seconds} seconds',
  },
  'message.code_wrong': {
    status: 422,
    zh: '验证码不正确或已失效（10 分钟内有效，最多试 5 次）。请核对，或重新发送',
    en: 'the code is wrong or no longer valid (ten minutes, five tries); check it or have another one sent',
  },
  'message.settings_unfit': {
    status: 422,
    zh: '消息通道的设置不完整或不正确：{names}。写法见 docs/operations/messages.md',
    en: 'the settings of a message channel are missing or do not fit: {names}; docs/operations/messages.md says how they are written',
  },
  'message.not_retryable': {
    status: 409,
    zh: '只有发送失败或结果不明的消息可以重新发送',
    en: 'only what failed or is uncertain can be sent again',
  },
} as const satisfies RefusalTexts
