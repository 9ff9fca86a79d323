// How a person wants to be told: the language, the addresses (each verified by a code before it is used), and by kind which
// channels. Decisions and deadlines stay on in the portal.
import { messageChannels, messageKindNames, messageKinds, type AnswerOf, type Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import type { Kysely } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { KindSettings } from '../../database/message-tables.ts'
import type { Handlers, Person } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { fits } from './channels/channel.ts'
import { CODE_MINUTES, CODE_TRIES, codeHash, newCode, waitSeconds } from './codes.ts'
import { maskAddress } from './letter.ts'

type View = AnswerOf<Routes['readMessageSettings']>
type Names =
  | 'readMessageSettings'
  | 'changeMessageSettings'
  | 'addContact'
  | 'confirmContact'
  | 'removeContact'

export function settingsHandlers(world: World): Handlers<Names> {
  const view = async (
    _subject: string,
    { db }: { readonly db: Kysely<Tables> },
    { person, at }: { readonly person: Person | null; readonly at: number },
  ): Promise<View> => viewSettings(world, db, person!, at)
  return {
    readMessageSettings: {
      kind: 'query',
      run: async ({ person, at }, { db, touch }) => {
        touch({ kind: 'person', id: person!.id })
        return accept(await viewSettings(world, db, person!, at))
      },
    },
    changeMessageSettings: changeSettings(world, view),
    addContact: addContact(world, view),
    confirmContact: confirmContact(view),
    removeContact: {
      kind: 'command',
      run: async ({ body, person }, { tx, touch }) => {
        touch({ kind: 'person', id: person!.id })
        // how many codes were sent, and when, stays: taking an address away is no way around the wait for the next one
        await tx
          .updateTable('contact')
          .set({ address: '', verified_at: null, code_hash: null })
          .where('person_id', '=', person!.id)
          .where('channel', '=', body.channel)
          .execute()
        return accept({ subject: person!.id })
      },
      view,
    },
  }
}

type ViewIt = (
  subject: string,
  read: { readonly db: Kysely<Tables> },
  asked: { readonly person: Person | null; readonly at: number },
) => Promise<View>

/** What a kind does for whoever has not said otherwise; the statement of the outbox does the same. */
function usual(kind: (typeof messageKindNames)[number]): KindSettings[string] {
  return {
    portal: true,
    channels: messageChannels.filter((each) => each !== 'sms' || messageKinds[kind].urgent),
  }
}

async function viewSettings(world: World, db: Kysely<Tables>, person: Person, at: number): Promise<View> {
  const setting = await db
    .selectFrom('message_setting')
    .select(['language', 'kinds'])
    .where('person_id', '=', person.id)
    .executeTakeFirst()
  const contacts = await db.selectFrom('contact').selectAll().where('person_id', '=', person.id).execute()
  const held = new Set<string>(person.grants.map(({ role }) => role))
  return {
    language: setting?.language ?? 'zh',
    contacts: messageChannels.map((channel) => {
      const row = contacts.find((each) => each.channel === channel)
      const verified = row !== undefined && row.verified_at !== null
      const live = row?.code_sent_at != null && at - row.code_sent_at < CODE_MINUTES * 60_000
      return {
        channel,
        offered: world.channels[channel] !== undefined,
        addressMasked: row === undefined || row.address === '' ? null : maskAddress(channel, row.address),
        verified,
        awaitsCode: row?.code_hash != null && live && row.code_tries < CODE_TRIES,
      }
    }),
    kinds: messageKindNames
      .filter((kind) => messageKinds[kind].to.some((role) => held.has(role)))
      .map((kind) => {
        const { portal, channels } = setting?.kinds[kind] ?? usual(kind)
        const { name, required } = messageKinds[kind]
        return { kind, name, required, portal: portal || required, channels: [...channels] }
      }),
  }
}

function changeSettings(world: World, view: ViewIt): Handlers<Names>['changeMessageSettings'] {
  return {
    kind: 'command',
    run: async ({ body, person, at }, { tx, touch }) => {
      touch({ kind: 'person', id: person!.id })
      const off = body.kinds.find(({ kind, portal }) => !portal && messageKinds[kind].required)
      if (off !== undefined) {
        const { zh, en } = messageKinds[off.kind].name
        return refuse('message.required', { name: en, nameZh: zh })
      }
      const kinds = Object.fromEntries(
        body.kinds.map(({ kind, portal, channels }) => [kind, { portal, channels: [...new Set(channels)] }]),
      )
      const changed = { language: body.language, kinds: JSON.stringify(kinds), changed_at: timestamp(at) }
      const { jurisdiction } = world.site
      await tx
        .insertInto('message_setting')
        .values({ ...changed, person_id: person!.id, jurisdiction, district: jurisdiction })
        .onConflict((conflict) => conflict.column('person_id').doUpdateSet(changed))
        .execute()
      return accept({ subject: person!.id })
    },
    view,
  }
}

function addContact(world: World, view: ViewIt): Handlers<Names>['addContact'] {
  return {
    kind: 'command',
    run: async ({ body: { channel, address: typed }, person, at, today }, { tx, newId, touch }) => {
      touch({ kind: 'person', id: person!.id })
      const address = typed.trim()
      if (world.channels[channel] === undefined) return refuse('message.channel_closed')
      if (!fits(channel, address)) return refuse('message.address_unfit')
      const earlier = await tx
        .selectFrom('contact')
        .selectAll()
        .where('person_id', '=', person!.id)
        .where('channel', '=', channel)
        .forUpdate()
        .executeTakeFirst()
      const seconds = waitSeconds(earlier, at)
      if (seconds > 0) return refuse('message.code_too_soon', { seconds })
      const code = newCode()
      const place = { jurisdiction: world.site.jurisdiction, district: world.site.jurisdiction }
      const asked = {
        address,
        verified_at: null,
        code_hash: codeHash(person!.id, address, code),
        code_sent_at: timestamp(at),
        code_tries: 0,
        codes_on: today,
        codes: earlier?.codes_on === today ? earlier.codes + 1 : 1,
      }
      await tx
        .insertInto('contact')
        .values({ ...place, ...asked, person_id: person!.id, channel })
        .onConflict((conflict) => conflict.columns(['person_id', 'channel']).doUpdateSet(asked))
        .execute()
      const waiting = { kind: 'code', code, state: 'waiting' as const, attempts: 0, fence: 0n }
      const when = { next_at: timestamp(at), created_at: timestamp(at) }
      await tx
        .insertInto('delivery')
        .values({ ...place, ...waiting, ...when, id: newId(), person_id: person!.id, channel })
        .execute()
      return accept({ subject: person!.id })
    },
    view,
  }
}

function confirmContact(view: ViewIt): Handlers<Names>['confirmContact'] {
  return {
    kind: 'command',
    // a wrong try is counted although the act is refused
    check: async ({ body, person, at }, { db, touch }) => {
      touch({ kind: 'person', id: person!.id })
      const row = await db
        .updateTable('contact')
        .set((eb) => ({ code_tries: eb('code_tries', '+', 1) }))
        .where('person_id', '=', person!.id)
        .where('channel', '=', body.channel)
        .where('code_hash', 'is not', null)
        .returning(['address', 'code_hash', 'code_tries', 'code_sent_at'])
        .executeTakeFirst()
      // a retry of what was done finds its first answer; without a code there is nothing to try
      if (row === undefined) return accept(null)
      const live = row.code_sent_at !== null && at - row.code_sent_at < CODE_MINUTES * 60_000
      if (!live || row.code_tries > CODE_TRIES) return refuse('message.code_wrong')
      if (row.code_hash !== codeHash(person!.id, row.address, body.code)) return refuse('message.code_wrong')
      return accept(null)
    },
    run: async ({ body, person, at }, { tx, touch }) => {
      touch({ kind: 'person', id: person!.id })
      // the code that was checked, or none: another one may have been sent meanwhile
      const row = await tx
        .selectFrom('contact')
        .select(['address', 'code_hash'])
        .where('person_id', '=', person!.id)
        .where('channel', '=', body.channel)
        .forUpdate()
        .executeTakeFirst()
      if (row === undefined || row.code_hash !== codeHash(person!.id, row.address, body.code))
        return refuse('message.code_wrong')
      await tx
        .updateTable('contact')
        .set({ verified_at: timestamp(at), code_hash: null, code_tries: 0 })
        .where('person_id', '=', person!.id)
        .where('channel', '=', body.channel)
        .execute()
      return accept({ subject: person!.id })
    },
    view,
  }
}
