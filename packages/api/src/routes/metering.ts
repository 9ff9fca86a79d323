// Usage from a centre's scheduler: import, what became of each record, and the rated lines of a contract.
import { z } from 'zod'
import { usageImportRefusals } from '../refusals/metering.ts'
import { route } from '../route.ts'
import { dayText, idParams, idText, instantText, pageOf, pageQuery } from '../wire.ts'

const usageImport = z
  .object({
    id: idText,
    at: instantText,
    fileName: z.string(),
    sha256: z.string(),
    shape: z.string(),
    providerName: z.string(),
    records: z.number().int(),
    added: z.number().int(),
    superseded: z.number().int(),
    unchanged: z.number().int(),
    conflicts: z.number().int(),
    unmatched: z.number().int(),
    ratedLines: z.number().int(),
    ratedFen: z.string(),
    problems: z.array(
      z.object({
        code: z.string(),
        params: z.record(z.string(), z.string()),
        message: z.object({ zh: z.string(), en: z.string() }),
        count: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'UsageImport' })

export const ratedLine = z
  .object({
    id: idText,
    jobId: z.string(),
    cluster: z.string(),
    state: z.string(),
    chip: z.string(),
    /** whole cards, or shards of a card when unitsPerCard is above 1 */
    units: z.number().int(),
    unitsPerCard: z.number().int(),
    month: z.string(),
    startedAt: instantText,
    endedAt: instantText,
    seconds: z.number().int(),
    suspendedSeconds: z.number().int(),
    priceFenPerCardHour: z.string(),
    /** what the use is worth */
    valueFen: z.string(),
    /** what counts: 0 with a reason other than rated */
    amountFen: z.string(),
    reason: z.string(),
    open: z.boolean(),
  })
  .meta({ id: 'RatedLine' })

export const meteringRoutes = {
  importUsage: route('POST /api/usage/imports', {
    summary: { zh: '导入调度器记账文件', en: 'import scheduler accounting' },
    access: 'usage.import',
    transport: 'upload',
    query: z.object({ organisationId: idText, format: z.enum(['slurm']).default('slurm') }),
    answer: usageImport,
    refusals: [...usageImportRefusals, 'attachment.half_written', 'attachment.name_refused'],
  }),
  listUsageImports: route('GET /api/usage/imports', {
    summary: { zh: '导入记录', en: 'imports' },
    access: 'usage.read',
    query: pageQuery,
    answer: pageOf(usageImport),
  }),
  readContractUsage: route('GET /api/contracts/:id/usage', {
    summary: { zh: '合同用量与计费', en: 'usage and rated lines of a contract' },
    access: 'usage.read',
    params: idParams,
    query: pageQuery.extend({
      month: z
        .string()
        .regex(/^\d{4}-\d{2}$/)
        .optional(),
    }),
    answer: pageOf(ratedLine).extend({
      contractNumber: z.string(),
      totalFen: z.string(),
      months: z.array(
        z.object({
          month: z.string(),
          cardSeconds: z.number().int(),
          amountFen: z.string(),
          zeroRatedSeconds: z.number().int(),
        }),
      ),
      startsOn: dayText,
      endsOn: dayText,
    }),
  }),
} as const
