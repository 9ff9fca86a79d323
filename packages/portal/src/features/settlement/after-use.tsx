import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { Note } from '../../components/empty-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { MatchSheet } from './match-result.tsx'
import { Proofs } from './proofs.tsx'

/** What the proofs of an application after use come to, and the proofs themselves; nothing where they come with a claim. */
export function AfterUse({ application }: { application: Answer<'readApplication'> }): ReactElement | null {
  const { t } = useTranslation('settlement')
  const { day } = useFormat()
  const { matched, draft } = application
  const { startsOn, endsOn } = draft.contract
  if (matched === null || draft.proofs === undefined || !startsOn || !endsOn) return null
  const metered = matched.legs.find(({ leg }) => leg === 'metered')
  return (
    <>
      {metered?.applies === false && <Note tone="waits">{t('after_use.metered_later')}</Note>}
      <MatchSheet matched={matched} period={[day(startsOn), day(endsOn)]} />
      <Proofs body={draft.proofs} />
    </>
  )
}
