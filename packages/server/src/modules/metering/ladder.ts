// 利用率阶梯 as pages read it: of every centre that the reader may see, each rung from its own feed, the terms that end, what
// contradicts what, and what is sold, sold later and active as one value. The rules are core's.
import type { AnswerOf, Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import { addDays, addMonths, type Day } from '@suanquan/core/calendar'
import {
  ACTIVE_PERCENT,
  classesOf,
  ladderContradictions,
  ladderOf,
  soldAndActive,
  soldIn,
  termsEnding,
  type CentreMonth,
  type LadderContradiction,
  type Rung,
  type SoldTerm,
} from '@suanquan/core/metering'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handler, Person } from '../../http/world.ts'
import { visibleRows } from '../../identity/scope.ts'
import { cellsOf, termsOf } from './ladder-feeds.ts'

type Answer = AnswerOf<Routes['readLadder']>
type RungView = Answer['total']['rungs'][number]
type Contradiction = Answer['centres'][number]['contradictions'][number]

/** Whether terms end is seen a year ahead. */
const MONTHS_AHEAD = 12

export function readLadder(): Handler<'readLadder'> {
  return {
    kind: 'query',
    run: async ({ query, person, today }, { db, touch }) => {
      touch({ kind: 'capacity', id: null })
      const month = query.month ?? lastWholeMonth(today)
      const centres = await centresOf(db, person!)
      const months = Array.from({ length: MONTHS_AHEAD + 2 }, (_, index) =>
        addMonths(`${month}-01`, index).slice(0, 7),
      )
      const ids = centres.map(({ id }) => id)
      const terms = await termsOf(db, ids)
      const cells = await cellsOf(db, { ids, month, months, terms })
      const districts = [...new Set(centres.map(({ district }) => district))].sort()
      const view = { cells, terms, month, months }
      return accept({
        month,
        activePercent: ACTIVE_PERCENT,
        centres: centres.map((centre) => ({ ...centre, ...viewCentre(view, centre.id) })),
        districts: districts.map((district) => ({
          district,
          ...viewGroup(
            view,
            centres.filter((each) => each.district === district).map(({ id }) => id),
          ),
        })),
        total: viewGroup(view, ids),
      })
    },
  }
}

function lastWholeMonth(today: Day): string {
  return addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7)
}

async function centresOf(
  db: Kysely<Tables>,
  person: Person,
): Promise<{ id: string; name: string; district: string }[]> {
  return db
    .selectFrom('organisation')
    .select(['id', 'name', 'district'])
    .where(visibleRows(person, 'capacity.read', 'organisation', 'organisation.id'))
    .where('status', '=', 'active')
    .where((eb) => eb(eb.val('provider'), '=', eb.fn.any('roles')))
    .orderBy('name')
    .execute()
}

interface Viewed {
  readonly cells: readonly CentreMonth[]
  readonly terms: readonly SoldTerm[]
  readonly month: string
  readonly months: readonly string[]
}

function viewGroup({ cells, terms, month }: Viewed, ids: readonly string[]): Answer['total'] {
  const own = cells.filter(({ centre }) => ids.includes(centre))
  const sold = terms.filter(({ centre }) => ids.includes(centre))
  const { ending, ...standing } = soldAndActive(own, sold, month)
  return {
    rungs: ladderOf(own.filter((cell) => cell.month === month)).map(viewRung),
    standing: {
      ...standing,
      ending: ending && { month: ending.month, contracts: ending.contracts, share: ending.share },
    },
  }
}

function viewCentre(view: Viewed, id: string): Omit<Answer['centres'][number], 'id' | 'name' | 'district'> {
  const own = view.cells.filter(({ centre }) => centre === id)
  const asked = own.filter(({ month }) => month === view.month)
  const terms = view.terms.filter(({ centre }) => centre === id)
  return {
    ...viewGroup(view, [id]),
    chips: classesOf(asked).map((chip) => ({ chip, rungs: ladderOf(asked, chip).map(viewRung) })),
    contradictions: ladderContradictions(asked).map(viewContradiction),
    ends: termsEnding(terms, view.month).map(({ month, contracts, share }) => ({ month, contracts, share })),
    ahead: view.months.map((month) => viewMonth(own, terms, month)),
  }
}

/** What is there and what is sold of it; what contracts sell is known of months that the centre has not stated. */
function viewMonth(
  cells: readonly CentreMonth[],
  terms: readonly SoldTerm[],
  month: string,
): Answer['centres'][number]['ahead'][number] {
  const [installed, , sold] = ladderOf(cells.filter((cell) => cell.month === month))
  const byContracts = soldIn(terms, month).reduce((sum, { cardSeconds }) => sum + cardSeconds, 0)
  return {
    month,
    installedCardHours: installed!.unknownOf > 0 ? null : hours(installed!.cardSeconds),
    soldCardHours: sold!.unknownOf > 0 ? null : hours(sold!.cardSeconds),
    contractsCardHours: hours(byContracts),
  }
}

function viewRung({ cardSeconds, pflopHours, seen, ...rung }: Rung): RungView {
  const silent = rung.sources.length === 0
  return {
    name: rung.name,
    cardHours: silent ? null : hours(cardSeconds),
    pflopHours: pflopHours === null ? null : Math.round(pflopHours * 10) / 10,
    unknownOf: rung.unknownOf,
    of: rung.of,
    sources: [...rung.sources],
    seenShare: seen === null || seen.of === 0 ? null : Math.min(1, ratio(seen.seconds, seen.of)),
  }
}

function viewContradiction(each: LadderContradiction): Contradiction {
  return {
    chip: each.chip,
    rung: each.rung,
    cardHours: hours(each.cardSeconds),
    sources: [...each.sources],
    within: each.within,
    withinCardHours: hours(each.withinCardSeconds),
    withinSources: [...each.withinSources],
  }
}

function hours(cardSeconds: number): number {
  return Math.round(cardSeconds / 360) / 10
}

function ratio(part: number, whole: number): number {
  return Math.round((part / whole) * 10_000) / 10_000
}
