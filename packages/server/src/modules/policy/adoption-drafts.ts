// Adoption step by step: one person opens it and answers, each answer with its source and name; another one signs, and
// the measure is in force. What is signed goes the same way as an adoption that comes in one piece.
import type { AnswerOf, RouteName, Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { adoptionFaults, foreseeCases, withDecisions } from '@suanquan/core/policy'
import type { Kysely, Selectable } from 'kysely'
import { timestamp, type Tables, type Transaction } from '../../database/index.ts'
import type { Handler, Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { tell } from '../message/index.ts'
import {
  adoptionOf,
  adoptionText,
  itemsOf,
  missingOf,
  type DraftTerms,
  type StoredAnswer,
  type StoredAnswers,
} from './adoption-items.ts'
import { storeAdoption, storeProgrammeFile } from './create-adoption.ts'
import type { Library, LibraryEntry } from './library.ts'

type View = AnswerOf<Routes['readAdoptionDraft']>
type Names = Extract<RouteName, `${string}AdoptionDraft` | 'listAdoptionDrafts' | 'answerAdoptionItem'>

interface Draft {
  readonly row: Selectable<Tables['adoption_draft']>
  readonly terms: DraftTerms
  readonly answers: StoredAnswers
  readonly entry: LibraryEntry
}

export function draftHandlers(world: World, library: Library): Handlers<Names> {
  const load = loader(library)
  const view = viewer(world, load)
  return {
    listAdoptionDrafts: {
      kind: 'query',
      run: async ({ person }, { db, touch }) => {
        touch({ kind: 'adoption_draft', id: null })
        const rows = await db
          .selectFrom('adoption_draft')
          .select('id')
          .where('discarded_at', 'is', null)
          .where(visibleRows(person!, 'adoption.draft', 'adoption_draft'))
          .orderBy('opened_at', 'desc')
          .execute()
        return accept({ items: await Promise.all(rows.map(({ id }) => view(db, id, person!.id))) })
      },
    },
    openAdoptionDraft: openDraft(world, library, view),
    readAdoptionDraft: {
      kind: 'query',
      run: async ({ params, person }, { db, touch }) => {
        touch({ kind: 'adoption_draft', id: params.id })
        const draft = await load(db, params.id)
        if (draft === undefined) return notFound('adoption_draft')
        if (!mayTouch(person, 'adoption.draft', draft.row))
          return outOfScope('adoption.draft', 'adoption_draft')
        return accept(await view(db, params.id, person!.id))
      },
    },
    answerAdoptionItem: answerItem(world, load, view),
    previewAdoptionDraft: {
      kind: 'query',
      run: async ({ params, person, today }, { db, touch }) => {
        touch({ kind: 'adoption_draft', id: params.id })
        const draft = await load(db, params.id)
        if (draft === undefined) return notFound('adoption_draft')
        if (!mayTouch(person, 'adoption.draft', draft.row))
          return outOfScope('adoption.draft', 'adoption_draft')
        const { programme: published, casesText } = draft.entry
        const decided = withDecisions(published, adoptionIn(world, draft, today))
        const forecasts = casesText === null ? [] : foreseeCases({ published, decided }, casesText)
        const items = forecasts.map((each) => ({
          name: each.name,
          published: { ...each.published },
          decided: { ...each.decided },
          same: JSON.stringify(each.published) === JSON.stringify(each.decided),
        }))
        return accept({ items })
      },
    },
    signAdoptionDraft: signDraft(world, load),
    discardAdoptionDraft: {
      kind: 'command',
      run: async ({ params, person, at }, { tx, touch }) => {
        const draft = await load(tx, params.id, 'lock')
        if (draft === undefined) return notFound('adoption_draft')
        touch({ kind: 'adoption_draft', id: params.id })
        if (!mayTouch(person, 'adoption.draft', draft.row))
          return outOfScope('adoption.draft', 'adoption_draft')
        if (isClosed(draft)) return refuse('adoption.draft_closed')
        const discarded = { discarded_at: timestamp(at) }
        await tx.updateTable('adoption_draft').set(discarded).where('id', '=', params.id).execute()
        return accept({ subject: params.id })
      },
      view: async () => ({ done: true as const }),
    },
  }
}

type Load = (db: Kysely<Tables>, id: string, lock?: 'lock') => Promise<Draft | undefined>
type ViewDraft = (db: Kysely<Tables>, id: string, asker: string) => Promise<View>

function loader(library: Library): Load {
  return async (db, id, lock) => {
    const found = db.selectFrom('adoption_draft').selectAll().where('id', '=', id)
    const row = await (lock === undefined ? found : found.forUpdate()).executeTakeFirst()
    if (row === undefined) return undefined
    const entry = await library.find(db, row.programme_hash)
    if (entry === undefined) return undefined
    return { row, entry, terms: row.terms as DraftTerms, answers: row.answers as unknown as StoredAnswers }
  }
}

function isClosed({ row }: Draft): boolean {
  return row.adoption_id !== null || row.discarded_at !== null
}

function adoptionIn(world: World, draft: Draft, today: string): ReturnType<typeof adoptionOf> {
  const { row, terms, answers, entry } = draft
  const place = { jurisdiction: world.site.jurisdiction, today }
  return adoptionOf(entry, { id: row.id, terms, answers }, place)
}

function openDraft(world: World, library: Library, view: ViewDraft): Handler<'openAdoptionDraft'> {
  return {
    kind: 'command',
    run: async ({ body, person, at }, { tx, newId, touch }) => {
      const entry = await library.find(tx, body.programmeHash)
      if (entry === undefined) return notFound('programme')
      const { programme, text, hash } = entry
      await storeProgrammeFile(tx, world, { programme, text, at })
      const id = newId()
      const { jurisdiction } = world.site
      const { programmeHash: _hash, ...terms } = body
      await tx
        .insertInto('adoption_draft')
        .values({
          id,
          jurisdiction,
          district: jurisdiction,
          programme_hash: hash,
          terms: JSON.stringify(terms),
          answers: '{}',
          opened_by: person!.id,
          opened_at: timestamp(at),
          changed_by: person!.id,
          changed_at: timestamp(at),
        })
        .execute()
      touch({ kind: 'adoption_draft', id })
      return accept({ subject: id })
    },
    view: (subject, { db }, { person }) => view(db, subject, person!.id),
  }
}

function answerItem(world: World, load: Load, view: ViewDraft): Handler<'answerAdoptionItem'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, touch }) => {
      const draft = await load(tx, params.id, 'lock')
      if (draft === undefined) return notFound('adoption_draft')
      touch({ kind: 'adoption_draft', id: params.id })
      if (!mayTouch(person, 'adoption.draft', draft.row))
        return outOfScope('adoption.draft', 'adoption_draft')
      if (isClosed(draft)) return refuse('adoption.draft_closed')
      const item = itemsOf(draft.entry.programme).find(({ key }) => key === body.key)
      if (item === undefined) return refuse('adoption.item_unknown', { key: body.key })
      const answer: StoredAnswer = {
        value: body.value,
        source: body.source,
        signedBy: person!.displayName,
        personId: person!.id,
        at,
      }
      // This answer alone: what others have been answered wrongly is not its fault.
      const alone = adoptionIn(world, { ...draft, answers: { [body.key]: answer } }, today)
      const faults = adoptionFaults(draft.entry.programme, alone).map(({ code }) => code)
      const value = body.value.join(', ')
      if (item.kind === 'competition' && !item.options.some((each) => each.value === value))
        return refuse('adoption.answer_unfit', { value, type: 'ground' })
      if (faults.includes('policy.adoption_bad_values') || faults.includes('policy.adoption_disagrees'))
        return refuse('adoption.answer_unfit', { value, type: item.type ?? 'accepted' })
      if (faults.includes('policy.adoption_beyond_bounds'))
        return refuse('adoption.answer_beyond_bounds', { value, published: item.published ?? '' })
      await tx
        .updateTable('adoption_draft')
        .set({
          answers: JSON.stringify({ ...draft.answers, [body.key]: answer }),
          changed_by: person!.id,
          changed_at: timestamp(at),
        })
        .where('id', '=', params.id)
        .execute()
      const answered = { ...draft, answers: { ...draft.answers, [body.key]: answer } }
      if (missingOf(draft.entry.programme, adoptionIn(world, answered, today)).length === 0)
        tellToSign(tx, answered)
      return accept({ subject: params.id })
    },
    view: (subject, { db }, { person }) => view(db, subject, person!.id),
  }
}

/** Everything is answered: whoever has no part in it may sign. */
function tellToSign(tx: Transaction['kysely'], { row, terms, answers }: Draft): void {
  tell(tx, {
    kind: 'adoption_to_sign',
    cause: `adoption_draft ${row.id}`,
    about: 'adoption_draft',
    aboutId: row.id,
    params: { title: terms.title.en, titleZh: terms.title.zh },
    place: row,
    except: [row.opened_by, ...Object.values(answers).map(({ personId }) => personId)],
  })
}

/** Who opened a draft or answered in it is its author; somebody else signs. */
function isAuthor({ row, answers }: Draft, personId: string): boolean {
  return row.opened_by === personId || Object.values(answers).some((answer) => answer.personId === personId)
}

function signDraft(world: World, load: Load): Handler<'signAdoptionDraft'> {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, newId, touch }) => {
      const draft = await load(tx, params.id, 'lock')
      if (draft === undefined) return notFound('adoption_draft')
      touch({ kind: 'adoption_draft', id: params.id })
      if (!mayTouch(person, 'adoption.sign', draft.row)) return outOfScope('adoption.sign', 'adoption_draft')
      if (isClosed(draft)) return refuse('adoption.draft_closed')
      if (isAuthor(draft, person!.id)) return refuse('adoption.own_draft')
      const stored = await storeAdoption(tx, world, {
        id: newId(),
        programmeText: draft.entry.text,
        adoptionText: adoptionText(adoptionIn(world, draft, today)),
        fundId: body.fundId ?? null,
        ownFundId: newId(),
        adoptedBy: person!.id,
        at,
      })
      if (!stored.ok) return stored
      await closeSigned(tx, params.id, {
        signed_by: person!.id,
        adoption_id: stored.value,
        signed_at: timestamp(at),
      })
      return accept({ subject: stored.value })
    },
    view: async (subject) => ({ adoptionId: subject }),
  }
}

async function closeSigned(
  tx: Transaction['kysely'],
  id: string,
  signed: { readonly signed_by: string; readonly adoption_id: string; readonly signed_at: string },
): Promise<void> {
  await tx.updateTable('adoption_draft').set(signed).where('id', '=', id).execute()
}

function viewer(world: World, load: Load): ViewDraft {
  return async (db, id, asker) => {
    const draft = (await load(db, id))!
    const { row, terms, answers, entry } = draft
    const people = await db
      .selectFrom('person')
      .select(['id', 'display_name'])
      .where('id', 'in', [row.opened_by, row.signed_by ?? row.opened_by])
      .execute()
    const nameOf = (personId: string | null): string | null =>
      people.find((each) => each.id === personId)?.display_name ?? null
    const missing = missingOf(entry.programme, adoptionIn(world, draft, '2000-01-01'))
    const items = itemsOf(entry.programme).map((item) => ({ ...item, answer: viewAnswer(answers[item.key]) }))
    const open = missing.length === 0 ? 'ready' : 'answering'
    const state = row.adoption_id !== null ? 'in_force' : row.discarded_at !== null ? 'discarded' : open
    return {
      id,
      programmeHash: row.programme_hash,
      programmeId: entry.programme.id,
      programmeVersion: entry.programme.version,
      title: terms.title,
      authority: terms.authority,
      openedBy: nameOf(row.opened_by) ?? '',
      openedAt: new Date(row.opened_at).toISOString(),
      changedAt: new Date(row.changed_at).toISOString(),
      missing: items.filter(({ required, answer }) => required && answer === null).length,
      state,
      adoptionId: row.adoption_id,
      mine: isAuthor(draft, asker),
      signedBy: nameOf(row.signed_by),
      signedAt: row.signed_at === null ? null : new Date(row.signed_at).toISOString(),
      items,
    }
  }
}

function viewAnswer(answer: StoredAnswer | undefined): View['items'][number]['answer'] {
  if (answer === undefined) return null
  const { value, source, signedBy, at } = answer
  return { value: [...value], source, signedBy, at: new Date(at).toISOString() }
}
