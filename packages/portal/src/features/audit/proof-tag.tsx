import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { StatusTag } from '../../components/status-tag.tsx'

type Proof = Pick<Answer<'startProof'>, 'state' | 'clean'>

export function ProofTag({ proof }: { proof: Proof }): ReactElement {
  const { t } = useTranslation('audit')
  if (proof.state === 'running') return <StatusTag tone="waits">{t('proof.running')}</StatusTag>
  if (proof.state === 'broken_off') return <StatusTag tone="stopped">{t('proof.broken_off')}</StatusTag>
  return proof.clean === true ? (
    <StatusTag tone="done">{t('proof.clean')}</StatusTag>
  ) : (
    <StatusTag tone="stopped">{t('proof.wrong')}</StatusTag>
  )
}
