// What pages read and do: reads are cached under the route's name, acts refresh what they may have changed.
import type { RouteName } from '@suanquan/api'
import {
  MutationCache,
  QueryCache,
  QueryClient,
  useMutation,
  useQueryClient,
  useSuspenseQuery,
  type UseMutationResult,
} from '@tanstack/react-query'
import { useRef } from 'react'
import { noteExpiry } from './expiry.ts'
import { call, newKey, Refused, Unreachable, type Answer, type Input } from './call.ts'

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteExpiry }),
  mutationCache: new MutationCache({ onError: noteExpiry }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => error instanceof Unreachable && failures < 2,
    },
  },
})

/** The answer of a reading route; the page waits for it. */
export function useAnswer<Name extends RouteName>(name: Name, input: Input<Name> = {}): Answer<Name> {
  return useSuspenseQuery({ queryKey: keyOf(name, input), queryFn: () => call(name, input) }).data
}

export function keyOf<Name extends RouteName>(name: Name, input: Input<Name>): readonly unknown[] {
  return [name, input.params ?? {}, input.query ?? {}]
}

export type Act<Name extends RouteName> = UseMutationResult<Answer<Name>, Error, Input<Name>>

/**
 * An act that changes something. One press is one act: if the connection breaks and the same thing is sent again, it
 * carries the same key, so that the server does it once.
 */
export function useAct<Name extends RouteName>(
  name: Name,
  onDone?: (answer: Answer<Name>) => unknown,
): Act<Name> {
  const client = useQueryClient()
  const unsettled = useRef<{ said: string; key: string } | null>(null)
  return useMutation({
    mutationFn: async (input: Input<Name>) => {
      const said = JSON.stringify([input.params, input.query, input.body, input.file?.name])
      const key = unsettled.current?.said === said ? unsettled.current.key : newKey()
      unsettled.current = { said, key }
      try {
        const answer = await call(name, { ...input, key })
        unsettled.current = null
        return answer
      } catch (error) {
        if (error instanceof Refused) unsettled.current = null
        throw error
      }
    },
    onSuccess: async (answer) => {
      await onDone?.(answer)
      await client.invalidateQueries()
    },
  })
}
