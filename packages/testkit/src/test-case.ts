// Builders for tests: a whole draft, an application brought to a state, use of its contract, evidence.
import type { AnswerOf, BodyOf, Client, Routes } from '@suanquan/api'
import { startOf, type Day } from '@suanquan/core/calendar'
import { must, type TestCity, type TestOrganisation } from './test-city.ts'

type Draft = BodyOf<Routes['saveDraft']>
type Kind = Draft['documents'][number]['kind']
type Application = AnswerOf<Routes['readApplication']>

const DOCUMENTS: readonly Kind[] = [
  'business_licence',
  'industry_statement',
  'financial_statement',
  'credit_report',
  'subsidy_statement',
  'related_party_statement',
  'use_statement',
  'compute_contract',
]

/** A small, whole PDF. */
export function pdf(text = 'document'): Uint8Array {
  return new TextEncoder().encode(
    `%PDF-1.4\n% ${text}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  )
}

export async function upload(client: Client, kind: Kind, organisationId: string): Promise<string> {
  const file = { name: `${kind}.pdf`, bytes: pdf(kind), mediaType: 'application/pdf' }
  return must(await client.uploadAttachment({ query: { kind, organisationId }, file })).id
}

export async function draftOf(
  client: Client,
  city: TestCity,
  organisation: TestOrganisation,
  contract: Partial<Draft['contract']> = {},
): Promise<Draft> {
  const documents = []
  for (const kind of DOCUMENTS)
    documents.push({ kind, attachmentId: await upload(client, kind, organisation.id) })
  return {
    contract: {
      number: 'HT-2024-001',
      providerId: city.provider.id,
      signedOn: '2024-05-06',
      startsOn: '2024-05-10',
      endsOn: '2025-05-09',
      amountFen: '520000000',
      excludedFen: '20000000',
      use: 'training',
      prices: [{ chip: 'a100', priceFenPerCardHour: '1000' }],
      cluster: 'sqtest',
      account: `e${organisation.creditCode.toLowerCase()}`,
      ...contract,
    },
    statements: { relatedParties: false, otherCitySubsidy: false, purpose: '训练行业大模型', truthful: true },
    documents,
  }
}

/** An application that its firm has submitted. */
export async function applied(
  city: TestCity,
  clerk: string,
  organisation: TestOrganisation,
  contract: Partial<Draft['contract']> = {},
): Promise<Application> {
  const client = city.as(clerk)
  const opened = must(
    await client.openDraft({ body: { adoptionId: city.adoptionId, organisationId: organisation.id } }),
  )
  const body = await draftOf(client, city, organisation, contract)
  must(await client.saveDraft({ params: { id: opened.id }, body }))
  return must(await client.submitApplication({ params: { id: opened.id } }))
}

export const FINDINGS = { 'applicant.fits_city_ai_plan': true, 'applicant.sound_finance': true }

/** An application with its voucher: approved, announced, the notice over. Leaves the clock on 2024-05-20. */
export async function granted(
  city: TestCity,
  application: Application,
  amountFen: string,
): Promise<Application> {
  const reviewer = city.as('reviewer')
  const params = { id: application.id }
  const approve = { decision: 'approve' as const, amountFen, findings: FINDINGS, reason: '符合条件' }
  must(await reviewer.decideApplication({ params, body: approve }))
  must(
    await reviewer.publishNotice({ body: { adoptionId: city.adoptionId, applicationIds: [application.id] } }),
  )
  city.setDay('2024-05-20')
  await city.tick()
  return must(await reviewer.readApplication({ params }))
}

/** One run on whole cards. */
export interface TestRun {
  readonly account: string
  readonly day: Day
  readonly hours: number
  readonly cards: number
  readonly jobId?: number
}

/** Slurm accounting of one run, in sacct's own JSON. */
export function usedSacct({ account, day, hours, cards, jobId = 1 }: TestRun): Uint8Array {
  const start = startOf(day) / 1000
  const end = start + hours * 3600
  const tres = (type: string, name: string | null, count: number): object => ({ type, name, id: 1, count })
  const job = {
    account,
    cluster: 'sqtest',
    job_id: jobId,
    name: 'train',
    nodes: 'gn1',
    partition: 'a100',
    qos: 'normal',
    array: {
      job_id: 0,
      task_id: null,
    },
    het: {
      job_id: 0,
      job_offset: null,
    },
    comment: { job: null },
    kill_request_user: null,
    state: {
      current: 'COMPLETED',
      reason: 'None',
    },
    time: {
      submission: start - 5,
      eligible: start - 5,
      start,
      end,
      elapsed: end - start,
      suspended: 0,
      limit: 1e4,
    },
    tres: {
      allocated: [
        tres('cpu', null, 8),
        tres('node', null, 1),
        tres('gres', 'gpu', cards),
        tres('gres', 'gpu:a100', cards),
      ],
    },
  }
  const meta = {
    plugin: { type: 'openapi/dbv0.0.38', name: 'Slurm OpenAPI DB v0.0.38' },
    Slurm: { release: '22.05.8' },
  }
  return new TextEncoder().encode(JSON.stringify({ meta, errors: [], jobs: [job] }))
}
