// A contract that is registered after its use: the records that name its account and have no living contract become its
// own and are rated. What it had before is given back first, so that a corrected contract claims anew.
import type { UsageRecord } from '@suanquan/core/metering'
import type { Instant } from '@suanquan/core/calendar'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { closingOf } from './closing.ts'
import { trusted } from './confirmation.ts'
import { contractsOf, loadContract, matchContract, meteredBy } from './contracts.ts'
import { giveContracts } from './import-usage.ts'
import { rateContracts } from './rate-contracts.ts'

export async function claimUse(
  tx: Transaction<Tables>,
  newId: () => string,
  contractId: string,
  at: Instant,
): Promise<void> {
  const contract = await loadContract(tx, contractId)
  const { jurisdiction, district } = contract
  const providerId = await meteredBy(tx, contract)
  await tx.selectFrom('organisation').select('id').where('id', '=', providerId).forUpdate().execute()
  const living = (await contractsOf(tx, providerId)).filter(({ id }) => id !== contractId)
  await tx
    .updateTable('usage_record')
    .set({ contract_id: null })
    .where('contract_id', '=', contractId)
    .execute()
  const { closedThrough } = await closingOf(tx, { providerId, place: { jurisdiction, district } })
  await tx
    .deleteFrom('rated_line')
    .where('contract_id', '=', contractId)
    .where('booked_month', '>', closedThrough ?? '')
    .execute()
  const free = await tx
    .selectFrom('usage_record')
    .select('record')
    .where('provider_id', '=', providerId)
    .where(sql<string>`record ->> 'cluster'`, '=', contract.cluster)
    .where(sql<string>`record ->> 'account'`, '=', contract.account)
    .where((eb) =>
      living.length === 0
        ? eb.val(true)
        : eb.or([
            eb('contract_id', 'is', null),
            eb(
              'contract_id',
              'not in',
              living.map(({ id }) => id),
            ),
          ]),
    )
    .execute()
  // where the site demands a confirmation that is missing, nothing becomes its own yet
  const own =
    (await trusted(tx, [contract])).length === 0
      ? []
      : free.flatMap(({ record: stored }) => {
          const record = stored as unknown as UsageRecord
          return matchContract(record, [...living, contract])?.id === contractId ? [{ record, contract }] : []
        })
  await giveContracts(tx, { providerId, place: { jurisdiction, district } }, own)
  await rateContracts(
    tx,
    newId,
    { providerId, place: { jurisdiction, district }, at },
    { contracts: [contract] },
  )
}
