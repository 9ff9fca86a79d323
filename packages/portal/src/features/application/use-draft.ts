// A draft saves itself shortly after each change and brings back what would come of it. What is typed is never lost:
// while a save fails it stays in the form and the failure is shown; the next change, or the button, tries again.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { call, type Answer } from '../../client/call.ts'
import { keyOf } from '../../client/queries.ts'
import { noteExpiry, useExpired } from '../../client/expiry.ts'

export type Application = Answer<'readApplication'>
export type Draft = Application['draft']
export type Contract = Draft['contract']
export type Statements = Draft['statements']

const PAUSE_MS = 600

export interface DraftForm {
  readonly draft: Draft
  readonly change: (draft: Draft) => void
  readonly save: () => Promise<void>
  readonly saving: boolean
  /** something typed is not with the server yet */
  readonly unsaved: boolean
  readonly error: Error | null
}

export function useDraft(application: Application): DraftForm {
  const client = useQueryClient()
  const [draft, setDraft] = useState(application.draft)
  const [unsaved, setUnsaved] = useState(false)
  const latest = useRef(draft)
  const params = { id: application.id }
  const basedOn = useRef(application.draftMark)
  const act = useMutation({
    scope: { id: `draft-${application.id}` },
    mutationFn: (body: Draft) => call('saveDraft', { params, query: { basedOn: basedOn.current }, body }),
    onSuccess: (saved, body) => {
      basedOn.current = saved.draftMark
      client.setQueryData(keyOf('readApplication', { params }), saved)
      if (latest.current === body) setUnsaved(false)
    },
    onError: noteExpiry,
  })
  const { mutateAsync } = act
  const expired = useExpired()
  useEffect(() => {
    if (!unsaved || expired) return undefined
    const timer = setTimeout(() => void mutateAsync(draft).catch(() => undefined), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [draft, unsaved, expired, mutateAsync])
  return {
    draft,
    change: (next) => {
      latest.current = next
      setDraft(next)
      setUnsaved(true)
    },
    save: async () => {
      if (unsaved) await mutateAsync(latest.current)
    },
    saving: act.isPending,
    unsaved,
    error: act.error,
  }
}

/** A record with one field set, or left out when there is nothing in it. */
export function withField<Fields extends object, Key extends keyof Fields>(
  record: Fields,
  key: Key,
  value: Fields[Key] | undefined,
): Fields {
  const next = { ...record }
  if (value === undefined || value === '') delete next[key]
  else next[key] = value as Fields[Key]
  return next
}
