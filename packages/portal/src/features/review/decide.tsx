// The decision: approve up to the ceiling, ask for a correction field by field, or refuse with the clauses that fail.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { BodyOf, Routes } from '@suanquan/api'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { useClauseName } from '../../components/clause.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, ChoiceField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { StatedFact } from '../application/stated-fact.tsx'
import { withField } from '../application/use-draft.ts'
import { CorrectionFields, correctionsOf, type Corrections } from './correction-fields.tsx'
import { askedFacts, failingReason, type FindingsByFact } from './findings.ts'

type Application = Answer<'readApplication'>
type Decision = BodyOf<Routes['decideApplication']>
type Kind = Decision['decision']

export function Decide({ application }: { application: Application }): ReactElement {
  const { t } = useTranslation('review')
  const can = new Set(application.allowed.map(({ event }) => event))
  const kinds = (['approve', 'request_correction', 'refuse'] as const).filter((kind) => can.has(kind))
  if (kinds.length === 0) {
    return (
      <Sheet title={t('decide')}>
        <EmptyState>{t('decide.nothing')}</EmptyState>
      </Sheet>
    )
  }
  return <DecideForm application={application} kinds={kinds} />
}

interface DecideFormProps {
  readonly application: Application
  readonly kinds: readonly Kind[]
}

function DecideForm({ application, kinds }: DecideFormProps): ReactElement {
  const { t } = useTranslation('review')
  const text = useSay()
  const failing = failingReason(application.determination, text, useClauseName())
  const [kind, setKind] = useState<Kind>(application.eligible === 'no' ? 'refuse' : kinds[0]!)
  const [amount, setAmount] = useState<string | undefined>(mostOf(application).toString())
  const [findings, setFindings] = useState<FindingsByFact>({})
  const [corrections, setCorrections] = useState<Corrections>({})
  const [reason, setReason] = useState(application.eligible === 'no' ? failing : '')
  const act = useAct('decideApplication')
  const decision = decisionOf({ application, kind, amount, findings, corrections, reason })
  function choose(next: string): void {
    setKind(next as Kind)
    if (next === 'refuse' && reason === '') setReason(failing)
  }
  return (
    <Sheet
      title={t('decide')}
      actions={
        <>
          <button
            type="button"
            className="button"
            data-kind={kind === 'refuse' ? 'stop' : undefined}
            disabled={decision === null || act.isPending}
            onClick={() =>
              decision !== null && act.mutate({ params: { id: application.id }, body: decision })
            }
          >
            {t(`decide.${kind}`)}
          </button>
          {decision === null && <span className="note">{t(`decide.missing.${kind}`)}</span>}
        </>
      }
    >
      <div className="sheet-body stack">
        <ChoiceField
          label={t('decide.how')}
          value={kind}
          onChange={choose}
          choices={kinds.map((value) => ({ value, label: t(`decide.${value}`) }))}
        />
        {kind !== 'request_correction' && (
          <Findings application={application} findings={findings} onChange={setFindings} />
        )}
        {kind === 'approve' && <Amount application={application} fen={amount} onChange={setAmount} />}
        {kind === 'request_correction' && (
          <CorrectionFields
            application={application}
            fields={application.correctable}
            corrections={corrections}
            onChange={setCorrections}
          />
        )}
        <AreaField
          label={t('decide.reason')}
          help={t('decide.reason_help')}
          rows={4}
          value={reason}
          onChange={setReason}
          maxLength={2000}
        />
        <ErrorNote error={act.error} />
      </div>
    </Sheet>
  )
}

interface FindingsProps {
  readonly application: Application
  readonly findings: FindingsByFact
  readonly onChange: (findings: FindingsByFact) => void
}

export function Findings({ application, findings, onChange }: FindingsProps): ReactElement {
  const { t } = useTranslation('review')
  const text = useSay()
  return (
    <>
      {askedFacts(application.determination).map((fact) => (
        <ChoiceField
          key={fact.id}
          label={text(fact.label)}
          value={findings[fact.id] === undefined ? '' : findings[fact.id] === true ? 'yes' : 'no'}
          onChange={(value) => onChange({ ...findings, [fact.id]: value === 'yes' })}
          choices={[
            { value: 'yes', label: t('yes') },
            { value: 'no', label: t('no') },
          ]}
        />
      ))}
      {application.asks.values.map((asked) => (
        <StatedFact
          key={asked.fact}
          asked={asked}
          value={findings[asked.fact]}
          onChange={(value) => onChange(withField(findings, asked.fact, value))}
        />
      ))}
    </>
  )
}

interface AmountProps {
  readonly application: Application
  readonly fen: string | undefined
  readonly onChange: (fen: string | undefined) => void
}

function Amount({ application, fen, onChange }: AmountProps): ReactElement {
  const { t } = useTranslation('review')
  const { read, say } = useFormat()
  const { sharedCap } = application
  const ceiling = mostOf(application).toString()
  const above = fen !== undefined && BigInt(fen) > BigInt(ceiling)
  return (
    <>
      <MoneyField
        label={t('decide.amount', { ceiling: read(ceiling) })}
        fen={fen}
        onChange={onChange}
        {...(above ? { error: t('decide.above') } : {})}
      />
      {sharedCap !== null && (
        <p className="quiet">
          {t('decide.shared_cap', { year: sharedCap.year, left: say(sharedCap.leftFen) })}
        </p>
      )}
    </>
  )
}

/** The ceiling, or what the programmes of the fund together may still grant the firm where that is less. */
function mostOf({ ceilingFen, sharedCap }: Application): bigint {
  const ceiling = BigInt(ceilingFen ?? '0')
  const left = sharedCap === null ? ceiling : BigInt(sharedCap.leftFen)
  return left < ceiling ? left : ceiling
}

interface Typed {
  readonly application: Application
  readonly kind: Kind
  readonly amount: string | undefined
  readonly findings: FindingsByFact
  readonly corrections: Corrections
  readonly reason: string
}

/** The decision as it is sent, or null while something is missing. */
function decisionOf(typed: Typed): Decision | null {
  const { kind, amount, findings, corrections, reason } = typed
  if (reason.trim().length < 2) return null
  if (kind === 'refuse') return { decision: 'refuse', findings, reason }
  if (kind === 'approve') {
    // what only a reviewer can find is all needed; the ceiling may follow only from an amount that people decide
    const { determination, asks } = typed.application
    const found = askedFacts(determination).every(({ id }) => findings[id] !== undefined)
    const fits =
      amount !== undefined &&
      amount !== '0' &&
      (asks.values.length > 0 || BigInt(amount) <= mostOf(typed.application))
    return found && fits ? { decision: 'approve', amountFen: amount, findings, reason } : null
  }
  const fields = correctionsOf(corrections)
  return fields === null ? null : { decision: 'request_correction', fields, reason }
}
