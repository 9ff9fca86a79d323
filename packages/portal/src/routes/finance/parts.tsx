// 分账与调剂: the money of a programme in its parts, as of any day, and the moves between them.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { Page } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { ByProgramme } from '../../features/ledger/by-programme.tsx'
import { OpenAllotment } from '../../features/ledger/open-allotment.tsx'
import { PoolMoves } from '../../features/ledger/pool-moves.tsx'
import { ProposeMove } from '../../features/ledger/propose-move.tsx'
import { PoolParts } from '../../features/ledger/pool-parts.tsx'

export function Parts(): ReactElement {
  const { t } = useTranslation('pool')
  return (
    <ByProgramme label={t('choose')} none={{ title: t('none'), sheet: t('parts'), text: t('none') }}>
      {(id) => <OneProgramme key={id} adoptionId={id} />}
    </ByProgramme>
  )
}

function OneProgramme({ adoptionId }: { adoptionId: string }): ReactElement {
  const { t } = useTranslation('pool')
  const { say } = useFormat()
  const text = useSay()
  const session = useSession()
  const mayAct = session !== null && rolesOf(session).has('finance')
  const pools = useAnswer('readPools', { params: { id: adoptionId } })
  const left = pools.parts.reduce((sum, { leftFen }) => sum + BigInt(leftFen), 0n)
  const allotted = pools.parts.filter(({ kind, funded }) => kind !== 'own' && funded).length
  return (
    <Page
      crumbs={[{ label: t('crumb') }, { label: text(pools.title) }]}
      title={
        allotted === 0
          ? t('title.undivided', { left: say(left) })
          : t('title', { left: say(left), count: allotted })
      }
      lead={t('lead')}
    >
      <PoolParts adoptionId={adoptionId} />
      <PoolMoves adoptionId={adoptionId} mayAct={mayAct} />
      {mayAct && <ProposeMove adoptionId={adoptionId} />}
      {mayAct && <OpenAllotment adoptionId={adoptionId} />}
    </Page>
  )
}
