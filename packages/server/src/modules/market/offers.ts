// Providers publish what they sell and at what price. A published price is never changed; the next one starts on a later
// day; a withdrawal only stops new contracts.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { checkTerms, comparablePrice, nextVersion } from '@suanquan/core/market'
import { sql, type Kysely, type Selectable } from 'kysely'
import { timestamp, type Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { termsFrom } from './terms.ts'

type Names = 'publishOffer' | 'publishPrice' | 'withdrawOffer' | 'listOffers'
export type OfferView = AnswerOf<Routes['publishOffer']>

export function offerHandlers(): Handlers<Names> {
  return {
    publishOffer: publishOffer(),
    publishPrice: publishPrice(),
    withdrawOffer: withdrawOffer(),
    listOffers: {
      kind: 'query',
      run: async ({ query, person }, { db, touch }) => {
        touch({ kind: 'offer', id: null })
        const rows = await offers(db)
          .where(visibleRows(person!, 'offer.publish', 'offer', 'offer.provider_id'))
          .orderBy('published_at', 'desc')
          .orderBy('offer.id')
          .execute()
        const from = (query.page - 1) * query.size
        const items = await viewOffers(db, rows.slice(from, from + query.size))
        return accept({ total: rows.length, items })
      },
    },
  }
}

function publishOffer(): Handlers<Names>['publishOffer'] {
  return {
    kind: 'command',
    run: async ({ body, person, at, today }, { tx, newId, touch }) => {
      const provider = await tx
        .selectFrom('organisation')
        .select(['id', 'jurisdiction', 'district'])
        .where('id', '=', body.providerId)
        .where(sql<boolean>`'provider' = any(roles)`)
        .forUpdate()
        .executeTakeFirst()
      if (!provider) return notFound('organisation')
      touch({ kind: 'offer', id: null, organisationId: provider.id })
      if (!mayTouch(person, 'offer.publish', { ...provider, organisationIds: [provider.id] }))
        return outOfScope('offer.publish', 'organisation')
      const terms = checkTerms(body.mode, termsFrom(body.terms))
      if (!terms.ok) return terms
      const next = nextVersion(null, { terms: terms.value, startsOn: body.startsOn, today })
      if (!next.ok) return next
      const [id, year] = [newId(), today.slice(0, 4)]
      const { rows } = await sql<{ taken: number }>`
        select count(*)::int as taken from offer where provider_id = ${provider.id}`.execute(tx)
      const place = { jurisdiction: provider.jurisdiction, district: provider.district }
      const published = { published_by: person!.id, published_at: timestamp(at) }
      await tx
        .insertInto('offer')
        .values({
          id,
          ...place,
          provider_id: provider.id,
          number: `BJ-${year}-${id.slice(-6).toUpperCase()}-${(rows[0]?.taken ?? 0) + 1}`,
          name: body.name,
          mode: body.mode,
          chip: body.chip,
          cards_per_device: body.mode === 'whole_device' ? body.cardsPerDevice : 1,
          slices_per_card: body.mode === 'slice' ? body.slicesPerCard : 1,
          ...published,
          withdrawn_by: null,
          withdrawn_on: null,
        })
        .execute()
      await tx
        .insertInto('offer_price')
        .values({
          id: newId(),
          ...place,
          offer_id: id,
          version: next.value,
          starts_on: body.startsOn,
          terms: JSON.stringify(body.terms),
          ...published,
        })
        .execute()
      touch({ kind: 'offer', id, organisationId: provider.id })
      return accept({ subject: id })
    },
    view: (subject, { db }) => viewOffer(db, subject),
  }
}

function publishPrice(): Handlers<Names>['publishPrice'] {
  return {
    kind: 'command',
    run: async ({ params, body, person, at, today }, { tx, newId, touch }) => {
      const offer = await tx
        .selectFrom('offer')
        .selectAll()
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (!offer) return notFound('offer')
      touch({ kind: 'offer', id: offer.id, organisationId: offer.provider_id })
      if (!mayTouch(person, 'offer.publish', { ...offer, organisationIds: [offer.provider_id] }))
        return outOfScope('offer.publish', 'offer')
      if (offer.withdrawn_on !== null) return refuse('market.offer_ended', { offer: offer.number })
      const terms = checkTerms(offer.mode, termsFrom(body.terms))
      if (!terms.ok) return terms
      const last = (await pricesOf(tx, [offer.id])).at(-1)
      const before =
        last === undefined
          ? null
          : {
              offerNo: offer.number,
              version: last.version,
              startsOn: last.starts_on,
              terms: termsFrom(last.terms),
            }
      const next = nextVersion(before, { terms: terms.value, startsOn: body.startsOn, today })
      if (!next.ok) return next
      await tx
        .insertInto('offer_price')
        .values({
          id: newId(),
          jurisdiction: offer.jurisdiction,
          district: offer.district,
          offer_id: offer.id,
          version: next.value,
          starts_on: body.startsOn,
          terms: JSON.stringify(body.terms),
          published_by: person!.id,
          published_at: timestamp(at),
        })
        .execute()
      return accept({ subject: offer.id })
    },
    view: (subject, { db }) => viewOffer(db, subject),
  }
}

function withdrawOffer(): Handlers<Names>['withdrawOffer'] {
  return {
    kind: 'command',
    run: async ({ params, person, today }, { tx, touch }) => {
      const offer = await tx
        .selectFrom('offer')
        .selectAll()
        .where('id', '=', params.id)
        .forUpdate()
        .executeTakeFirst()
      if (!offer) return notFound('offer')
      touch({ kind: 'offer', id: offer.id, organisationId: offer.provider_id })
      if (!mayTouch(person, 'offer.publish', { ...offer, organisationIds: [offer.provider_id] }))
        return outOfScope('offer.publish', 'offer')
      await tx
        .updateTable('offer')
        .set({ withdrawn_by: person!.id, withdrawn_on: today })
        .where('id', '=', offer.id)
        .where('withdrawn_on', 'is', null)
        .execute()
      return accept({ subject: offer.id })
    },
    view: () => Promise.resolve({ done: true as const }),
  }
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
export function offers(db: Kysely<Tables>) {
  return db
    .selectFrom('offer')
    .innerJoin('organisation', 'organisation.id', 'offer.provider_id')
    .selectAll('offer')
    .select('organisation.name as providerName')
}

type OfferRow = Awaited<ReturnType<ReturnType<typeof offers>['execute']>>[number]

async function pricesOf(
  db: Kysely<Tables>,
  offerIds: readonly string[],
): Promise<Selectable<Tables['offer_price']>[]> {
  return db
    .selectFrom('offer_price')
    .selectAll()
    .where('offer_id', '=', sql<string>`any(${[...offerIds]}::uuid[])`)
    .orderBy('offer_id')
    .orderBy('version')
    .execute()
}

async function viewOffer(db: Kysely<Tables>, id: string): Promise<OfferView> {
  const row = await offers(db).where('offer.id', '=', id).executeTakeFirstOrThrow()
  return (await viewOffers(db, [row]))[0]!
}

export async function viewOffers(db: Kysely<Tables>, rows: readonly OfferRow[]): Promise<OfferView[]> {
  const all = await pricesOf(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => {
    const own = all.filter(({ offer_id: id }) => id === row.id)
    return {
      id: row.id,
      number: row.number,
      providerId: row.provider_id,
      providerName: row.providerName,
      name: row.name,
      mode: row.mode,
      chip: row.chip,
      cardsPerDevice: row.cards_per_device,
      slicesPerCard: row.slices_per_card,
      publishedAt: new Date(row.published_at).toISOString(),
      withdrawnOn: row.withdrawn_on,
      prices: own.map((price) => viewPrice(row, price)),
    }
  })
}

function viewPrice(
  { mode, chip, cards_per_device: cardsPerDevice }: OfferRow,
  { id, version, starts_on: startsOn, terms }: Selectable<Tables['offer_price']>,
): OfferView['prices'][number] {
  const { fenPerCardHour, fenPerPetaflopHour } = comparablePrice(
    { mode, chip, cardsPerDevice },
    termsFrom(terms),
  )
  return {
    id,
    version,
    startsOn,
    terms: terms as OfferView['prices'][number]['terms'],
    fenPerCardHour: fenPerCardHour?.toString() ?? null,
    fenPerPetaflopHour: fenPerPetaflopHour?.toString() ?? null,
  }
}
