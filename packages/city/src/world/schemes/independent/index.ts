// The schemes of the second author, who had read the tables of the world and the documented cases and nothing of the
// rules that look for schemes.
import type { IndependentKind } from '../../truth.ts'
import { borrowedNames } from './crowd.ts'
import { silentPartner } from './insiders.ts'
import { onePurse, subsidySharedAsServices } from './money.ts'
import { oldContractNewPaper, returnedAfterSubsidy } from './papers.ts'
import type { LayOutApart } from './parts.ts'
import { twoPrices } from './prices.ts'
import { divestedAffiliate, ownMachinesRentedBack } from './relations.ts'
import { oneJobManyBuyers, scriptedWork, shavedMeter } from './usage.ts'

export const independentSchemes: Readonly<Record<IndependentKind, LayOutApart>> = {
  I01: divestedAffiliate,
  I02: ownMachinesRentedBack,
  I03: subsidySharedAsServices,
  I04: onePurse,
  I05: returnedAfterSubsidy,
  I06: oldContractNewPaper,
  I07: oneJobManyBuyers,
  I08: scriptedWork,
  I09: shavedMeter,
  I10: twoPrices,
  I11: borrowedNames,
  I12: silentPartner,
}
