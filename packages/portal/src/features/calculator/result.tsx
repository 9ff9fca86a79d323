// What one programme comes to on the facts so far: the answer, the reckoning with the cap that bit, every condition, what
// is still to be told, and the way to apply with all this.
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { carry } from '../../client/carried.ts'
import { Sheet } from '../../components/page.tsx'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { DeterminationConditions, DeterminationReceipt } from '../policy/determination.tsx'
import { foreseen } from '../policy/foreseen.ts'
import type { Checked, Typed } from './rules.ts'

const TONES: Readonly<Record<Checked['verdict'], Tone>> = { fits: 'done', open: 'waits', not: 'stopped' }

export function Result({ checked, typed }: { checked: Checked; typed: Typed }): ReactElement {
  const { t } = useTranslation('calculator')
  const text = useSay()
  const { rules, view, verdict } = checked
  const failed = view.conditions.filter((condition) => condition.verdict === 'failed')
  const clauses = failed.map(({ text: says, fail }) => text(fail ?? says))
  return (
    <Sheet
      title={text(rules.item.title)}
      aside={<StatusTag tone={TONES[verdict]}>{t(`verdict.${verdict}`)}</StatusTag>}
      actions={<Actions checked={checked} typed={typed} />}
    >
      <Answer checked={checked} />
      {verdict === 'not' && clauses.length > 0 && (
        <ul className="sheet-body own-check-reasons">
          {clauses.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {verdict !== 'not' && foreseen(view) !== null && <DeterminationReceipt determination={view} />}
      <Details checked={checked} />
    </Sheet>
  )
}

function Answer({ checked }: { checked: Checked }): ReactElement {
  const { t } = useTranslation('calculator')
  const text = useSay()
  const { day } = useFormat()
  const { needed, toFind, verdict, rules, view } = checked
  const labels = (all: readonly { zh: string; en: string }[]): string => all.map(text).join(t('comma'))
  return (
    <div className="sheet-body">
      {!view.governed && verdict === 'not' && (
        <p>{t('not_governed', { from: day(rules.item.opensOn), to: day(rules.item.closesOn) })}</p>
      )}
      {verdict === 'open' && needed.length > 0 && (
        <p>{t('needed', { facts: labels(needed.map(({ label }) => label)) })}</p>
      )}
      {verdict !== 'not' && toFind.length > 0 && <p>{t('to_find', { facts: labels(toFind) })}</p>}
      {verdict !== 'not' && <p className="quiet small">{t('unused')}</p>}
    </div>
  )
}

function Details({ checked }: { checked: Checked }): ReactElement {
  const { t } = useTranslation('calculator')
  const text = useSay()
  const { view, rules } = checked
  return (
    <details className="sheet-fold own-check-fold">
      <summary>{t('details', { count: view.conditions.length })}</summary>
      <DeterminationConditions determination={view} />
      <div className="sheet-body">
        <p>
          {t('documents', {
            documents: rules.item.documents.map((document) => text(document.text)).join(t('comma')),
          })}
        </p>
      </div>
    </details>
  )
}

function Actions({ checked, typed }: { checked: Checked; typed: Typed }): ReactElement {
  const { t } = useTranslation('calculator')
  const navigate = useNavigate()
  const { day } = useFormat()
  const { item } = checked.rules
  function apply(): void {
    carry({ adoptionId: item.id, facts: typed })
    void navigate({ to: '/apply' })
  }
  return (
    <>
      {item.open && checked.verdict !== 'not' && (
        <button type="button" className="button" onClick={apply}>
          {t('apply')}
        </button>
      )}
      <Link to="/programmes/$id" params={{ id: item.id }}>
        {t('guide')}
      </Link>
      <span className="note">
        {t(item.open ? 'open_until' : 'closed', { to: day(item.closesOn), from: day(item.opensOn) })}
      </span>
    </>
  )
}
