// The columns of offers as TypeScript sees them; migrations/0031-offers.ts is their definition. Amounts travel and rest as
// texts of whole fen.
import type { Day } from '@suanquan/core/calendar'
import type { AgreedPrice, LineTariff } from '@suanquan/core/metering'
import type { OfferMode, PriceTerms } from '@suanquan/core/market'
import type { ColumnType } from 'kysely'
import type { InstantColumn } from './tables.ts'

type Json<Value> = ColumnType<Value, string, string>

interface Placed {
  jurisdiction: string
  district: string
}

/** A value as JSON keeps it: every bigint a text. */
type Stored<Value> = Value extends bigint
  ? string
  : Value extends readonly (infer Item)[]
    ? Stored<Item>[]
    : Value extends object
      ? { -readonly [Key in keyof Value]: Stored<Value[Key]> }
      : Value

export type StoredTerms = Stored<PriceTerms>
export type StoredAgreed = Stored<AgreedPrice>
export type StoredTariff = Stored<LineTariff>

export interface OfferTables {
  offer: Placed & {
    id: string
    provider_id: string
    number: string
    name: string
    mode: OfferMode
    chip: string
    cards_per_device: number
    slices_per_card: number
    published_by: string
    published_at: InstantColumn
    withdrawn_by: string | null
    withdrawn_on: Day | null
  }
  offer_price: Placed & {
    id: string
    offer_id: string
    version: number
    starts_on: Day
    terms: Json<StoredTerms>
    published_by: string
    published_at: InstantColumn
  }
}
