import { toProblem, type AnswerOf, type Routes } from '@suanquan/api'
import { accept, refuse } from '@suanquan/core'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import { fileNameOf } from '../../files/file-name.ts'
import type { Handlers } from '../../http/world.ts'
import type { World } from '../../http/world-options.ts'
import { mayTouch, notFound, outOfScope, visibleRows } from '../../identity/scope.ts'
import { readContractUsage } from './contract-usage.ts'
import { readCompleteness } from './completeness.ts'
import { exploreUsage } from './explore-usage.ts'
import { readLadder } from './ladder.ts'
import { feedHandlers } from './feeds.ts'
import { checkUsage } from './check-usage.ts'
import { rawRequestHandlers } from './raw-requests.ts'
import { periodHandlers } from './periods.ts'
import { alertHandlers } from './usage-alerts.ts'
import { feedUsage } from './take-batch.ts'
import { takeUsageEvents } from './usage-events.ts'
import { listBalances } from './list-balances.ts'
import { contractHandlers } from './state-contract.ts'
import { importUsage, type ImportProblem } from './import-usage.ts'
import { upstreamHandlers } from './upstream-contracts.ts'

type Names =
  | 'listUsagePeriods'
  | 'proposeUsageClose'
  | 'decideUsageClose'
  | 'changeUsageRules'
  | 'listUsageAlerts'
  | 'settleUsageAlert'
  | 'readCompleteness'
  | 'exploreUsage'
  | 'feedUsage'
  | 'enrolFeed'
  | 'withdrawFeed'
  | 'listFeeds'
  | 'importUsage'
  | 'checkUsage'
  | 'takeUsageEvents'
  | 'listRawFiles'
  | 'askRawFile'
  | 'readRawFile'
  | 'answerRawRequest'
  | 'listUsageImports'
  | 'readContractUsage'
  | 'readLadder'
  | 'listBalances'
  | 'listSales'
  | 'listStatedContracts'
  | 'stateContract'
  | 'demandConfirmation'
  | 'listUpstreamContracts'
  | 'stateUpstreamContract'
  | 'confirmUpstreamContract'
  | 'linkUpstreamContract'
type ImportView = AnswerOf<Routes['importUsage']>

export function meteringHandlers(world: World): Handlers<Names> {
  return {
    ...contractHandlers(world),
    ...feedHandlers(),
    ...upstreamHandlers(),
    ...periodHandlers(world),
    ...alertHandlers(),
    readCompleteness: readCompleteness(),
    exploreUsage: exploreUsage(),
    feedUsage: feedUsage(),
    takeUsageEvents: takeUsageEvents(),
    checkUsage: checkUsage(),
    ...rawRequestHandlers(world),
    readLadder: readLadder(),
    listBalances: listBalances(),
    importUsage: {
      kind: 'command',
      run: async ({ query, file, person, at }, { tx, newId, touch }) => {
        const provider = await tx
          .selectFrom('organisation')
          .select(['id', 'jurisdiction', 'district'])
          .where('id', '=', query.organisationId)
          .executeTakeFirst()
        if (!provider) return notFound('organisation')
        touch({ kind: 'usage_import', id: null, organisationId: provider.id })
        if (!mayTouch(person, 'usage.import', { ...provider, organisationIds: [provider.id] })) {
          return outOfScope('usage.import', 'organisation')
        }
        const fileName = fileNameOf(file!.name)
        if (fileName === null) return refuse('attachment.name_refused')
        const id = newId()
        const imported = await importUsage(tx, newId, {
          id,
          providerId: provider.id,
          place: { jurisdiction: provider.jurisdiction, district: provider.district },
          fileName,
          bytes: file!.bytes,
          format: query.format,
          sha256: file!.sha256,
          importedBy: person!.id,
          at,
        })
        if (!imported.ok) return imported
        touch({ kind: 'usage_import', id, organisationId: provider.id })
        return accept({ subject: id })
      },
      view: async (subject, { db }) => {
        const row = await imports(db).where('usage_import.id', '=', subject).executeTakeFirstOrThrow()
        return viewImport(row)
      },
    },
    listUsageImports: {
      kind: 'query',
      run: async ({ query, person }, { db, touch }) => {
        touch({ kind: 'usage_import', id: null })
        const rows = await imports(db)
          .where(visibleRows(person!, 'usage.read', 'usage_import', 'usage_import.provider_id'))
          .orderBy('imported_at', 'desc')
          .orderBy('usage_import.id')
          .execute()
        const from = (query.page - 1) * query.size
        return accept({ total: rows.length, items: rows.slice(from, from + query.size).map(viewImport) })
      },
    },
    readContractUsage: readContractUsage(),
  }
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely infers the row from the query
function imports(db: Kysely<Tables>) {
  return db
    .selectFrom('usage_import')
    .innerJoin('organisation', 'organisation.id', 'usage_import.provider_id')
    .selectAll('usage_import')
    .select('organisation.name as providerName')
}

type ImportRow = Awaited<ReturnType<ReturnType<typeof imports>['execute']>>[number]

type Counted = Pick<
  ImportView,
  'records' | 'added' | 'superseded' | 'unchanged' | 'conflicts' | 'unmatched' | 'ratedLines' | 'ratedFen'
>

function viewImport(row: ImportRow): ImportView {
  return {
    ...(row.counts as unknown as Counted),
    id: row.id,
    at: new Date(row.imported_at).toISOString(),
    fileName: row.file_name,
    sha256: row.sha256,
    shape: row.shape,
    providerName: row.providerName,
    problems: (row.problems as unknown as ImportProblem[]).map((found) => ({
      ...found,
      message: toProblem(found).message,
    })),
  }
}
