import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusTag } from '../../components/status-tag.tsx'

interface Account {
  readonly active: boolean
  readonly enrolled: boolean
}

export function stateOf({ active, enrolled }: Account): 'active' | 'disabled' | 'waiting' {
  if (!active) return 'disabled'
  return enrolled ? 'active' : 'waiting'
}

const TONES = { active: 'done', waiting: 'waits', disabled: 'stopped' } as const

export function StateTag({ person }: { person: Account }): ReactElement {
  const { t } = useTranslation('people')
  const state = stateOf(person)
  return <StatusTag tone={TONES[state]}>{t(`state.${state}`)}</StatusTag>
}
