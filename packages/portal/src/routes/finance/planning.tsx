// 批次规划: before money is divided, what falls out under each rule, and then the list that is published.
import { sharesPicture } from '@suanquan/api'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PictureFigure } from '../../charts/picture.tsx'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { SelectField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useLanguage } from '../../components/use-language.ts'
import { useSay } from '../../components/use-say.ts'
import { ByProgramme } from '../../features/ledger/by-programme.tsx'
import { usePartName, type Part } from '../../features/ledger/pool-places.ts'
import { ComputeSheet } from '../../features/round/compute-sheet.tsx'
import { OpenRound } from '../../features/round/open-round.tsx'
import { PlanLines } from '../../features/round/plan-lines.tsx'
import { RoundList } from '../../features/round/round-list.tsx'

type Plan = Answer<'planRound'>

export function Planning(): ReactElement {
  const { t } = useTranslation('round')
  const none = t('plan.none')
  return (
    <ByProgramme label={t('plan.choose')} none={{ title: none, sheet: t('plan.compare'), text: none }}>
      {(id) => <OneProgramme key={id} adoptionId={id} />}
    </ByProgramme>
  )
}

function OneProgramme({ adoptionId }: { adoptionId: string }): ReactElement {
  const { t } = useTranslation('round')
  const text = useSay()
  const language = useLanguage()
  const { parts } = useAnswer('readPools', { params: { id: adoptionId } })
  const [chosen, setAllotment] = useState<string | undefined>()
  const allotmentId = chosen ?? whereMostWait(parts)
  const [minimumFen, setMinimum] = useState<string | undefined>()
  const asked = {
    ...(allotmentId === '' ? {} : { allotmentId }),
    ...(minimumFen === undefined || minimumFen === '0' ? {} : { minimumFen }),
  }
  const plan = useAnswer('planRound', { params: { id: adoptionId }, query: asked })
  const rounds = useAnswer('listRounds').items.filter((each) => each.adoptionId === adoptionId)
  return (
    <Page
      crumbs={[{ label: t('plan.crumb') }, { label: text(plan.title) }]}
      title={useTitle(plan)}
      lead={t('plan.lead')}
    >
      <Sheet title={t('plan.compare')}>
        <PictureFigure picture={sharesPicture(plan, language)} />
        {!plan.hasOrder && <p className="sheet-body quiet">{t('plan.merit_none')}</p>}
        <div className="form">
          <WhichPool parts={parts} value={allotmentId} onChange={setAllotment} />
          <MoneyField
            label={t('plan.minimum')}
            help={t('plan.minimum.help')}
            fen={minimumFen}
            onChange={setMinimum}
            optional
          />
        </div>
      </Sheet>
      <ComputeSheet adoptionId={adoptionId} asked={asked} />
      <PlanLines plan={plan} />
      <OpenRound plan={plan} asked={asked} />
      <Sheet title={t('plan.rounds')}>
        <RoundList rounds={rounds} />
      </Sheet>
    </Page>
  )
}

function useTitle({ claimsFen, poolFen, lines }: Plan): string {
  const { t } = useTranslation('round')
  const { say } = useFormat()
  if (lines.length === 0) return t('plan.title_nobody')
  const short = BigInt(claimsFen) - BigInt(poolFen)
  if (short > 0n) return t('plan.title_short', { short: say(short) })
  return t('plan.title_enough', { pool: say(poolFen), count: lines.length })
}

/** The money that the most approved applications wait for: the id of an allotment, empty for the programme's own. */
function whereMostWait(parts: readonly Part[]): string {
  const most = parts.reduce((one, other) =>
    other.waitingApplications > one.waitingApplications ? other : one,
  )
  return most.kind === 'district' ? most.id! : ''
}

interface WhichPoolProps {
  readonly parts: readonly Part[]
  readonly value: string
  readonly onChange: (id: string) => void
}

function WhichPool({ parts, value, onChange }: WhichPoolProps): ReactElement | null {
  const { t } = useTranslation('round')
  const nameOf = usePartName()
  const districts = parts.filter(({ kind, funded }) => kind === 'district' && funded)
  const own = parts.find(({ kind }) => kind === 'own')
  const waited = (name: string, count: number): string => t('plan.pool.waited', { name, count })
  if (districts.length === 0) return null
  return (
    <SelectField
      label={t('plan.pool')}
      value={value}
      onChange={onChange}
      none={waited(t('plan.pool.own'), own?.waitingApplications ?? 0)}
      choices={districts.map((part) => ({
        value: part.id!,
        label: waited(nameOf(part), part.waitingApplications),
      }))}
    />
  )
}
