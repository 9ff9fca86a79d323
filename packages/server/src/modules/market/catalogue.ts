// 算力目录 out of what this site really knows: providers in its register, the devices that supported contracts and
// imported usage name, and what was paid for them where enough firms did so that no contract can be read out of it.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { countedFp16, findAccelerator } from '@suanquan/core/capacity'
import { SMALLEST_GROUP } from '@suanquan/core/disclosure'
import { ownCheck } from '@suanquan/core/policy'
import type { Day } from '@suanquan/core/calendar'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import type { InForce } from '../policy/index.ts'
import { offerHandlers, offers, viewOffers } from './offers.ts'

type Offer = AnswerOf<Routes['listCatalogue']>['items'][number]

type Names = 'listCatalogue' | keyof ReturnType<typeof offerHandlers>

export function marketHandlers(world: World): Handlers<Names> {
  return {
    ...offerHandlers(),
    listCatalogue: {
      kind: 'query',
      run: async ({ today }, { db }) => {
        const providers = await db
          .selectFrom('organisation')
          .select(['id', 'name', 'region'])
          .where(sql<boolean>`'provider' = any(roles)`)
          .where('status', '=', 'active')
          .orderBy('name')
          .execute()
        const found = await devices(db)
        const adoptions = await db.selectFrom('adoption').select('id').orderBy('adopted_at').execute()
        const inForce = await Promise.all(adoptions.map(({ id }) => world.programmes.inForce(db, id)))
        const items = providers.flatMap((provider) =>
          found
            .filter((device) => device.provider_id === provider.id)
            .map((device) => ({
              providerId: provider.id,
              providerName: provider.name,
              region: provider.region,
              chip: device.chip,
              accelerator: acceleratorOf(device.chip),
              contracted: Number(device.contracts) > 0,
              metered: device.metered,
              price: priceOf(device, today),
              programmes: inForce.map((programme) => acceptance(programme, provider.region, today)),
            })),
        )
        const named = new Set(items.map(({ providerId }) => providerId))
        const published = await offers(db).where('withdrawn_on', 'is', null).orderBy('offer.number').execute()
        return accept({
          items,
          offers: await viewOffers(db, published),
          providersWithoutDevices: providers.filter(({ id }) => !named.has(id)).map(({ name }) => name),
        })
      },
    },
  }
}

interface Device {
  readonly provider_id: string
  readonly chip: string
  readonly contracts: bigint
  readonly firms: bigint
  readonly lowest: bigint | null
  readonly highest: bigint | null
  readonly metered: boolean
}

/** Each device a provider is known to have: from contracts whose application was supported, and from rated usage. */
async function devices(db: Kysely<Tables>): Promise<readonly Device[]> {
  const { rows } = await sql<Device>`
    with priced as (
      select distinct c.id, c.provider_id, c.organisation_id, lower(p.value ->> 'chip') as chip,
             (p.value ->> 'priceFenPerCardHour')::bigint as price
        from service_contract c
        join application a on a.contract_id = c.id and a.state = 'granted'
        cross join lateral jsonb_array_elements(c.prices::jsonb) p),
    contracted as (
      select provider_id, chip, count(distinct id) as contracts, count(distinct organisation_id) as firms,
             min(price) as lowest, max(price) as highest
        from priced group by provider_id, chip),
    metered as (select distinct provider_id, lower(chip) as chip from rated_line where chip <> '')
    select coalesce(c.provider_id, m.provider_id) as provider_id, coalesce(c.chip, m.chip) as chip,
           coalesce(c.contracts, 0) as contracts, coalesce(c.firms, 0) as firms, c.lowest, c.highest,
           m.chip is not null as metered
      from contracted c full join metered m on m.provider_id = c.provider_id and m.chip = c.chip
     order by 2`.execute(db)
  return rows
}

function priceOf({ contracts, firms, lowest, highest }: Device, until: Day): Offer['price'] {
  const enough = Number(contracts) >= SMALLEST_GROUP && Number(firms) >= SMALLEST_GROUP
  if (!enough || lowest === null || highest === null) return null
  return {
    lowestFen: lowest.toString(),
    highestFen: highest.toString(),
    contracts: Number(contracts),
    until,
  }
}

function acceleratorOf(chip: string): Offer['accelerator'] {
  const card = findAccelerator(chip)
  if (card === undefined) return null
  return {
    model: card.model,
    vendor: card.vendor,
    denseTflops: countedFp16(card) ?? null,
    sparseTflops: card.peaks.fp16?.sparse ?? null,
    memoryGib: card.memoryGib ?? null,
    source: card.source,
    checkedOn: card.checkedOn,
  }
}

/** What a programme's conditions about the provider say of one that is registered here. */
function acceptance(inForce: InForce, region: string, today: Day): Offer['programmes'][number] {
  const { id, programme } = inForce
  const made = ownCheck(programme, { 'provider.listed': true, 'provider.region': region }, today)
  const about = (made.ok ? made.value.determination.conditions : []).filter((condition) => {
    const read = Object.keys(condition.facts)
    return read.length > 0 && read.every((fact) => fact.startsWith('provider.'))
  })
  const failed = about.find(({ verdict }) => verdict === false)
  const open = about.find(({ verdict }) => verdict === 'unknown')
  return {
    id,
    title: programme.title,
    accepts: failed !== undefined ? 'no' : open !== undefined ? 'open' : 'yes',
    why: failed?.fail ?? open?.text ?? null,
  }
}
