// 提出争议: of a month's total, or of one reason for which a claim left money unpaid.
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { AreaField, ChoiceField, SelectField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'

type Statement = Answer<'readStatement'>

interface Choice {
  readonly value: string
  readonly label: string
  readonly month: string
  readonly mostFen: string
  readonly shortfall: { readonly claimId: string; readonly code: string } | null
}

export function OpenDispute({ statement }: { statement: Statement }): ReactElement | null {
  const { t } = useTranslation('dispute')
  const { day, read } = useFormat()
  const navigate = useNavigate()
  const act = useAct('openDispute', ({ id }) => void navigate({ to: '/disputes/$id', params: { id } }))
  const choices = useChoices(statement)
  const [chosen, choose] = useState('')
  const [direction, setDirection] = useState<'too_much' | 'too_little'>('too_much')
  const [amountFen, setAmount] = useState<string | undefined>(undefined)
  const [reason, setReason] = useState('')
  const [first] = choices
  if (first === undefined) return null
  const about = choices.find(({ value }) => value === chosen) ?? first
  const until = statement.byMonth.find(({ month }) => month === about.month)?.disputeUntil ?? null
  function send(event: FormEvent): void {
    event.preventDefault()
    if (amountFen === undefined) return
    act.mutate({
      params: { id: statement.contractId },
      body: {
        month: about.month,
        subject: about.shortfall === null ? { kind: 'total' } : { kind: 'shortfall', ...about.shortfall },
        direction: about.shortfall === null ? direction : 'too_little',
        amountFen,
        reason,
        attachmentIds: [],
      },
    })
  }
  return (
    <Sheet title={t('open')} aside={until === null ? '' : t('open.until', { day: day(until) })}>
      <form className="sheet-body stack" onSubmit={send}>
        <SelectField label={t('open.what')} value={about.value} onChange={choose} choices={choices} />
        {about.shortfall === null && (
          <ChoiceField
            label={t('open.direction')}
            value={direction}
            onChange={(value) => setDirection(value === 'too_little' ? 'too_little' : 'too_much')}
            choices={(['too_much', 'too_little'] as const).map((value) => ({
              value,
              label: t(`direction.${value}`),
            }))}
          />
        )}
        <MoneyField
          label={t('open.amount', { most: read(about.mostFen) })}
          fen={amountFen}
          onChange={setAmount}
        />
        <AreaField
          label={t('open.reason')}
          help={t('open.help')}
          value={reason}
          onChange={setReason}
          rows={4}
          maxLength={2000}
        />
        <ErrorNote error={act.error} />
        <button
          className="button"
          disabled={act.isPending || amountFen === undefined || reason.trim().length < 2}
        >
          {t('open.send')}
        </button>
      </form>
    </Sheet>
  )
}

/** The months that can still be disputed, the latest first, and the shortfalls of the claims that end in them. */
function useChoices(statement: Statement): readonly Choice[] {
  const { t } = useTranslation('dispute')
  const say = useSay()
  const open = statement.byMonth.filter(({ mayDispute }) => mayDispute)
  const totals = open.toReversed().map(({ month, ratedFen }): Choice => ({
    value: month,
    label: t('open.total', { month }),
    month,
    mostFen: ratedFen,
    shortfall: null,
  }))
  const shortfalls = statement.claims.flatMap(({ id, number, periodTo, matched }) => {
    const month = periodTo.slice(0, 7)
    if (matched === null || !open.some((each) => each.month === month)) return []
    return matched.shortfalls.map(({ code, text, differenceFen }): Choice => ({
      value: `${id} ${code}`,
      label: t('open.shortfall', { number, why: say(text) }),
      month,
      mostFen: differenceFen,
      shortfall: { claimId: id, code },
    }))
  })
  return [...totals, ...shortfalls]
}
