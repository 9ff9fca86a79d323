// What was typed, and what it comes to. The measures are fetched once; from then on nothing goes over the network.
import { useEffect, useRef, useState } from 'react'
import { callFile } from '../../client/call.ts'
import type { Typed } from '../calculator/rules.ts'
import type { PackedMeasure, Reckoned, Words } from './reckon.ts'
import type { Answered, Asked } from './worker.ts'

/** milliseconds without a key before it is reckoned anew */
const PAUSE_MS = 150

export interface Reckoning {
  /** of each offer; empty until the measures are here */
  readonly reckoned: readonly Reckoned[]
  /** where the measures come from: code of GB/T 2260 → name */
  readonly places: ReadonlyMap<string, Words>
  readonly error: Error | null
}

export function useReckoning(offers: readonly Typed[]): Reckoning {
  const [reckoned, setReckoned] = useState<readonly Reckoned[]>([])
  const [error, setError] = useState<Error | null>(null)
  const [places, setPlaces] = useState<ReadonlyMap<string, Words>>(new Map())
  const worker = useRef<Worker>(undefined)
  const latest = useRef(0)
  useEffect(() => {
    const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    worker.current = made
    made.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
      if (data.id === latest.current) setReckoned(data.reckoned)
    })
    let gone = false
    async function load(): Promise<void> {
      try {
        const { blob } = await callFile('readAllOwnChecks', {})
        const { items } = JSON.parse(await blob.text()) as { readonly items: readonly PackedMeasure[] }
        if (gone) return
        made.postMessage({ ask: 'load', items } satisfies Asked, [])
        setPlaces(new Map(items.map(({ place, programme }) => [String(programme['jurisdiction']), place])))
      } catch (failed) {
        setError(failed as Error)
      }
    }
    void load()
    return () => {
      gone = true
      made.terminate()
    }
  }, [])
  useEffect(() => {
    if (places.size === 0) return undefined
    const waiting = setTimeout(() => {
      latest.current += 1
      worker.current?.postMessage({ ask: 'reckon', id: latest.current, offers } satisfies Asked, [])
    }, PAUSE_MS)
    return () => clearTimeout(waiting)
  }, [places, offers])
  return { reckoned, places, error }
}
