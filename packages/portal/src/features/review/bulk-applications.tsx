import type { BodyOf, Routes } from '@suanquan/api'
import { useSuspenseQueries } from '@tanstack/react-query'
import { Suspense, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { call, type Answer } from '../../client/call.ts'
import { keyOf, useAct } from '../../client/queries.ts'
import { ChoiceField } from '../../components/field.tsx'
import { Pending } from '../../components/pending.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import type { ApplicationRow } from '../application/columns.tsx'
import { Bulk, type Done } from './bulk.tsx'
import { BulkReason } from './bulk-reason.tsx'
import { CorrectionFields, correctionsOf, type Corrections } from './correction-fields.tsx'
import { askedFacts, type FindingsByFact } from './findings.ts'

type Application = Answer<'readApplication'>
type Act = BodyOf<Routes['decideApplications']>['act']

const KINDS = ['approve', 'request_correction', 'refuse'] as const
type Kind = (typeof KINDS)[number]

interface BulkApplicationsProps {
  readonly rows: readonly Pick<ApplicationRow, 'id'>[]
  readonly onClose: () => void
}

/** Several applications that wait for a review. */
export function BulkApplications({ rows, onClose }: BulkApplicationsProps): ReactElement {
  return (
    <Bulk count={rows.length} onClose={onClose}>
      {(id, onDone) => (
        <Suspense fallback={<Pending />}>
          <BulkForm id={id} ids={rows.map((row) => row.id)} onDone={onDone} />
        </Suspense>
      )}
    </Bulk>
  )
}

interface BulkFormProps {
  readonly id: string
  readonly ids: readonly string[]
  readonly onDone: (done: Done) => void
}

function BulkForm({ id, ids, onDone }: BulkFormProps): ReactElement {
  const { t } = useTranslation(['desk', 'review'])
  const { read } = useFormat()
  const cases = useSuspenseQueries({
    queries: ids.map((each) => ({
      queryKey: keyOf('readApplication', { params: { id: each } }),
      queryFn: () => call('readApplication', { params: { id: each } }),
    })),
  }).map(({ data }) => data)
  const [kind, setKind] = useState<Kind>('approve')
  const [findings, setFindings] = useState<FindingsByFact>({})
  const [corrections, setCorrections] = useState<Corrections>({})
  const [reason, setReason] = useState('')
  const act = useAct('decideApplications', onDone)
  const total = cases.reduce((sum, { ceilingFen }) => sum + BigInt(ceilingFen ?? '0'), 0n)
  const decided = actOf(kind, cases, { findings, corrections })
  const words = { count: cases.length, total: read(total) }
  return (
    <div className="stack">
      <ChoiceField
        label={t('review:decide.how')}
        value={kind}
        onChange={(value) => setKind(KINDS.find((known) => known === value) ?? 'approve')}
        choices={KINDS.map((value) => ({ value, label: t(`review:decide.${value}`) }))}
      />
      {kind === 'approve' && <SharedFindings cases={cases} findings={findings} onChange={setFindings} />}
      {kind === 'request_correction' && (
        <CorrectionFields
          application={cases[0]!}
          fields={sharedFields(cases)}
          corrections={corrections}
          onChange={setCorrections}
        />
      )}
      <BulkReason
        label={t(`bulk.${kind}`, words)}
        stops={kind === 'refuse'}
        ready={decided !== null}
        reason={reason}
        onReason={setReason}
        act={act}
        onDecide={() => decided !== null && act.mutate({ body: { id, reason, act: decided } })}
      />
    </div>
  )
}

interface Typed {
  readonly findings: FindingsByFact
  readonly corrections: Corrections
}

/** The act as it is sent, or null while something is missing. Of the findings each case gets those that it asks for. */
function actOf(kind: Kind, cases: readonly Application[], { findings, corrections }: Typed): Act | null {
  const found = ({ determination }: Application): FindingsByFact =>
    Object.fromEntries(
      askedFacts(determination)
        .filter(({ id }) => findings[id] !== undefined)
        .map(({ id }) => [id, findings[id]!]),
    )
  if (kind === 'refuse') {
    return { decision: kind, items: cases.map((each) => ({ id: each.id, findings: found(each) })) }
  }
  if (kind === 'request_correction') {
    const fields = correctionsOf(corrections)
    return fields === null ? null : { decision: kind, fields, items: cases.map(({ id }) => ({ id })) }
  }
  const asked = cases.flatMap(({ determination }) => askedFacts(determination))
  if (asked.some(({ id }) => findings[id] === undefined)) return null
  const items = cases.map((each) => ({
    id: each.id,
    amountFen: each.ceilingFen ?? '0',
    findings: found(each),
  }))
  return { decision: kind, items }
}

/** Fields that each of the cases has. */
function sharedFields(cases: readonly Application[]): readonly string[] {
  const [first, ...rest] = cases
  return (first?.correctable ?? []).filter((field) =>
    rest.every(({ correctable }) => correctable.includes(field)),
  )
}

interface SharedFindingsProps {
  readonly cases: readonly Application[]
  readonly findings: FindingsByFact
  readonly onChange: (findings: FindingsByFact) => void
}

/** What only a person can find, answered once for all that ask it. */
function SharedFindings({ cases, findings, onChange }: SharedFindingsProps): ReactElement {
  const { t } = useTranslation(['review', 'desk'])
  const say = useSay()
  const asked = new Map(
    cases.flatMap(({ determination }) => askedFacts(determination)).map((fact) => [fact.id, fact]),
  )
  return (
    <>
      {[...asked.values()].map((fact) => (
        <ChoiceField
          key={fact.id}
          label={t('desk:bulk.finding', { fact: say(fact.label) })}
          value={findings[fact.id] === undefined ? '' : findings[fact.id] === true ? 'yes' : 'no'}
          onChange={(value) => onChange({ ...findings, [fact.id]: value === 'yes' })}
          choices={[
            { value: 'yes', label: t('review:yes') },
            { value: 'no', label: t('review:no') },
          ]}
        />
      ))}
    </>
  )
}
