// 年度结账: what is left in the year's accounts and where it goes, by the rule that each programme is given; past closings
// with their statements.
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { ChoiceField } from '../../components/field.tsx'
import { Facts } from '../../components/facts.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { Grounds, groundsAreWhole, NO_GROUNDS } from '../ledger/grounds.tsx'
import type { FundView } from './programmes.tsx'
import { Decision, StateOf } from './two-people.tsx'
import { YearStatement } from './year-statement.tsx'

type Close = FundView['closes'][number]
type Rule = Close['rules'][number]['rule']

export function YearEnd({ fund, mayAct }: { fund: FundView; mayAct: boolean }): ReactElement {
  const { t } = useTranslation('fund')
  const open = fund.closes.some(({ state, year }) => state === 'proposed' && year === fund.openYear)
  const isOver = Number(fund.asOf.slice(0, 4)) > fund.openYear
  return (
    <>
      {fund.closes.toReversed().map((close) => (
        <Closed key={close.id} close={close} mayAct={mayAct} />
      ))}
      {!open && (
        <Sheet title={t('year.next', { year: fund.openYear })} aside={t('year.why')}>
          {fund.yearEnd.lines.length === 0 ? (
            <EmptyState>{t('year.nothing')}</EmptyState>
          ) : (
            <YearStatement statement={fund.yearEnd} caption={t('year.next', { year: fund.openYear })} />
          )}
          {mayAct && (isOver ? <Propose fund={fund} /> : <EmptyState>{t('year.not_over')}</EmptyState>)}
        </Sheet>
      )}
    </>
  )
}

function Closed({ close, mayAct }: { close: Close; mayAct: boolean }): ReactElement {
  const { t } = useTranslation('fund')
  const { day } = useFormat()
  const text = useSay()
  const act = useAct('decideYearClose')
  const title = t('year', { year: close.year })
  return (
    <Sheet title={title} aside={t(`year.${close.state}`)}>
      <Facts
        facts={[
          {
            id: 'document',
            label: t('column.document'),
            value: close.documentNumber,
            source: t('act.proposed_by', { who: close.proposedBy, on: day(close.documentOn) }),
          },
          {
            id: 'rules',
            label: t('year.rules'),
            value: close.rules
              .map(({ programme, rule }) =>
                t('year.rule', {
                  what: programme === null ? t('shared') : text(programme),
                  rule: t(`rule.${rule}`),
                }),
              )
              .join(t('and')),
          },
          { id: 'state', label: t('column.state'), value: <StateOf row={close} /> },
        ]}
      />
      {close.statement !== null && <YearStatement statement={close.statement} caption={title} />}
      {close.state === 'proposed' && mayAct && (
        <div className="sheet-body">
          <Decision row={close} act={act} decide={(body) => ({ params: { id: close.id }, body })} />
        </div>
      )}
    </Sheet>
  )
}

function Propose({ fund }: { fund: FundView }): ReactElement {
  const { t } = useTranslation('fund')
  const text = useSay()
  const [form, setForm] = useState(NO_GROUNDS)
  const [rules, setRules] = useState<Readonly<Record<string, Rule>>>({})
  const act = useAct('proposeYearClose')
  const asked = [
    ...fund.programmes.map(({ adoptionId, title }) => ({ adoptionId, label: text(title) })),
    { adoptionId: null, label: t('shared') },
  ].filter((each) =>
    fund.yearEnd.lines.some(({ adoptionId, at }) => adoptionId === each.adoptionId && at !== 'management'),
  )
  const whole =
    groundsAreWhole(form) && asked.every(({ adoptionId }) => rules[adoptionId ?? ''] !== undefined)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!whole) return
    const stated = asked.map(({ adoptionId }) => ({ adoptionId, rule: rules[adoptionId ?? '']! }))
    act.mutate({ params: { id: fund.id }, body: { ...form, year: fund.openYear, rules: stated } })
  }
  return (
    <form className="form" onSubmit={submit}>
      <div className="wide stack">
        {asked.map(({ adoptionId, label }) => (
          <ChoiceField
            key={adoptionId ?? 'shared'}
            label={label}
            value={rules[adoptionId ?? ''] ?? ''}
            onChange={(rule) => setRules({ ...rules, [adoptionId ?? '']: rule as Rule })}
            choices={(['carry', 'lapse'] as const).map((rule) => ({ value: rule, label: t(`rule.${rule}`) }))}
          />
        ))}
      </div>
      <Grounds form={form} onChange={setForm} />
      <div className="wide stack">
        <ErrorNote error={act.error} />
        <button className="button" disabled={!whole || act.isPending}>
          {t('year.propose', { year: fund.openYear })}
        </button>
      </div>
    </form>
  )
}
