// 消息: what a person was told, how else they want to be told, and whether those whom an office wrote to have read it. For
// administrators, what left by mail, SMS and 企业微信 and what did not.
import { z } from 'zod'
import { messageChannels, messageKindNames, type MessageKindName } from '../messages/kinds.ts'
import { route } from '../route.ts'
import { dayText, done, idParams, idText, instantText, pageOf, pageQuery, plainText } from '../wire.ts'

const kind = z.enum(messageKindNames as [MessageKindName, ...MessageKindName[]])
const channel = z.enum(messageChannels)
const bilingual = z.object({ zh: z.string(), en: z.string() })

/** What a message is about: where its link leads. */
const about = z.enum([
  'pool_move',
  'fund',
  'take_over',
  'round',
  'application',
  'claim',
  'voucher',
  'disbursement',
  'appropriation',
  'adoption',
  'adoption_draft',
  'programme_proposal',
  'clawback',
  'dispute',
  'project',
  'selection',
  'usage_feed',
])

const message = z
  .object({
    id: idText,
    kind,
    title: bilingual,
    body: bilingual,
    about,
    aboutId: idText,
    /** the fields of a correction */
    fields: z.array(z.string()),
    deadlineOn: dayText.nullable(),
    /** null without a deadline, or where it lies beyond the known calendar */
    workingDaysLeft: z.number().int().nullable(),
    at: instantText,
    readAt: instantText.nullable(),
  })
  .meta({ id: 'Message' })

const contact = z
  .object({
    channel,
    /** the site has set this channel up */
    offered: z.boolean(),
    addressMasked: z.string().nullable(),
    verified: z.boolean(),
    /** a code was sent and can still be typed in */
    awaitsCode: z.boolean(),
  })
  .meta({ id: 'Contact' })

const settings = z
  .object({
    language: z.enum(['zh', 'en']),
    contacts: z.array(contact),
    kinds: z.array(
      z.object({
        kind,
        name: bilingual,
        required: z.boolean(),
        portal: z.boolean(),
        channels: z.array(channel),
      }),
    ),
  })
  .meta({ id: 'MessageSettings' })

export const deliveryStates = ['waiting', 'sending', 'sent', 'failed', 'uncertain', 'cancelled'] as const

const delivery = z
  .object({
    id: idText,
    kind: z.string(),
    name: bilingual,
    channel,
    personName: z.string(),
    addressMasked: z.string(),
    state: z.enum(deliveryStates),
    attempts: z.number().int(),
    createdAt: instantText,
    nextAt: instantText.nullable(),
    endedAt: instantText.nullable(),
    error: z.string().nullable(),
    retryReason: z.string().nullable(),
  })
  .meta({ id: 'Delivery' })

export const messageRoutes = {
  countUnread: route('GET /api/messages/unread', {
    summary: { zh: '未读消息数', en: 'how many messages are unread' },
    access: 'message.read',
    answer: z.object({ unread: z.number().int() }),
  }),
  listMessages: route('GET /api/messages', {
    summary: { zh: '我的消息', en: 'my messages' },
    access: 'message.read',
    query: pageQuery.extend({
      show: z.enum(['unread', 'read', 'deadline']).optional(),
      q: plainText(60).optional(),
    }),
    answer: pageOf(message).extend({ unread: z.number().int() }),
  }),
  readMessage: route('POST /api/messages/:id/read', {
    summary: { zh: '标为已读', en: 'mark a message as read' },
    access: 'message.read',
    params: idParams,
    answer: done,
  }),
  readAllMessages: route('POST /api/messages/read', {
    summary: { zh: '全部标为已读', en: 'mark all messages as read' },
    access: 'message.read',
    answer: done,
  }),
  listReceipts: route('GET /api/receipts/:id', {
    summary: { zh: '消息回执', en: 'who was told of a case, and when they read it' },
    access: 'receipt.read',
    params: idParams,
    answer: z.object({
      items: z.array(
        z
          .object({
            kind,
            name: bilingual,
            at: instantText,
            deadlineOn: dayText.nullable(),
            readers: z.array(z.object({ personName: z.string(), readAt: instantText.nullable() })),
          })
          .meta({ id: 'Receipt' }),
      ),
    }),
  }),
  readMessageSettings: route('GET /api/message-settings', {
    summary: { zh: '我的通知方式', en: 'how I am told' },
    access: 'message.set',
    answer: settings,
  }),
  changeMessageSettings: route('POST /api/message-settings', {
    summary: { zh: '修改通知方式', en: 'change how I am told' },
    access: 'message.set',
    body: z.object({
      language: z.enum(['zh', 'en']),
      kinds: z
        .array(
          z.object({ kind, portal: z.boolean(), channels: z.array(channel).max(messageChannels.length) }),
        )
        .max(messageKindNames.length),
    }),
    answer: settings,
    refusals: ['message.required'],
  }),
  addContact: route('POST /api/message-contacts', {
    summary: { zh: '登记联系方式并发送验证码', en: 'give an address; a code is sent to it' },
    access: 'message.set',
    body: z.object({ channel, address: z.string().max(254) }),
    answer: settings,
    refusals: ['message.address_unfit', 'message.channel_closed', 'message.code_too_soon'],
  }),
  confirmContact: route('POST /api/message-contacts/confirm', {
    summary: { zh: '用验证码确认联系方式', en: 'confirm an address by its code' },
    access: 'message.set',
    body: z.object({ channel, code: z.string().regex(/^\d{6}$/) }),
    answer: settings,
    refusals: ['message.code_wrong'],
  }),
  removeContact: route('POST /api/message-contacts/remove', {
    summary: { zh: '删除联系方式', en: 'remove an address' },
    access: 'message.set',
    body: z.object({ channel }),
    answer: settings,
  }),
  listDeliveries: route('GET /api/deliveries', {
    summary: { zh: '消息发送情况', en: 'what was sent, what was not' },
    access: 'delivery.read',
    query: pageQuery.extend({ state: z.enum(deliveryStates).optional(), channel: channel.optional() }),
    answer: pageOf(delivery).extend({
      counts: z.record(z.enum(deliveryStates), z.number().int()),
      channels: z.array(z.object({ channel, offered: z.boolean() })),
    }),
  }),
  retryDelivery: route('POST /api/deliveries/:id/retry', {
    summary: { zh: '重新发送', en: 'send again' },
    access: 'delivery.retry',
    params: idParams,
    body: z.object({ reason: plainText(500, 2) }),
    answer: done,
    refusals: ['message.not_retryable'],
  }),
} as const
