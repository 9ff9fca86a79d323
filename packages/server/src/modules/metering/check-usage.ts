// A dry run of a usage file: what it would change, and everything that is wrong with it by row and column. Nothing is written.
import { toProblem } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import { mergeUsage, RUN_COLUMNS } from '@suanquan/core/metering'
import { fileNameOf } from '../../files/file-name.ts'
import type { Handlers } from '../../http/world.ts'
import { mayTouch, notFound, outOfScope } from '../../identity/scope.ts'
import { contractsOf, matchContract } from './contracts.ts'
import { knownRecords, readUsageFile } from './import-usage.ts'

const MOST_FAULTS = 1000

export function checkUsage(): Handlers<'checkUsage'>['checkUsage'] {
  return {
    kind: 'query',
    run: async ({ query, file, person }, { db, touch }) => {
      const provider = await db
        .selectFrom('organisation')
        .select(['id', 'jurisdiction', 'district'])
        .where('id', '=', query.organisationId)
        .executeTakeFirst()
      if (!provider) return notFound('organisation')
      touch({ kind: 'usage_import', id: null, organisationId: provider.id })
      if (!mayTouch(person, 'usage.import', { ...provider, organisationIds: [provider.id] }))
        return outOfScope('usage.import', 'organisation')
      if (fileNameOf(file!.name) === null) return refuse('attachment.name_refused')
      const read = await readUsageFile(file!.bytes, query.format)
      if (!read.ok) return read
      const { records, faults } = read.value
      const merged = mergeUsage(await knownRecords(db, provider.id, records), records)
      const contracts = await contractsOf(db, provider.id)
      return accept({
        records: records.length,
        added: merged.added.length,
        superseded: merged.superseded.length,
        unchanged: merged.unchanged,
        conflicts: merged.conflicts.length,
        unmatched: records.filter((record) => matchContract(record, contracts) === null).length,
        faults: faults.slice(0, MOST_FAULTS).map(({ row, column, field, value, refusal }) => {
          const { zh, en } = RUN_COLUMNS.find((each) => each.field === field)!
          return {
            row,
            column,
            head: { zh, en },
            value,
            code: refusal.code,
            message: toProblem(refusal).message,
          }
        }),
      })
    },
  }
}
