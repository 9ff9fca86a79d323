// The reckoning beside the page, so that typing never waits for it.
import type { Typed } from '../calculator/rules.ts'
import { measuresOf, reckon, type Measure, type PackedMeasure, type Reckoned } from './reckon.ts'

/** First the measures, once; then one offer after the other. */
export type Asked =
  | { readonly ask: 'load'; readonly items: readonly PackedMeasure[] }
  | { readonly ask: 'reckon'; readonly id: number; readonly offers: readonly Typed[] }

export interface Answered {
  readonly id: number
  readonly reckoned: readonly Reckoned[]
}

interface Scope {
  readonly addEventListener: (type: 'message', heard: (event: MessageEvent<Asked>) => void) => void
  readonly postMessage: (answer: Answered, transfer: readonly Transferable[]) => void
}

const scope = globalThis as unknown as Scope
let measures: readonly Measure[] = []

scope.addEventListener('message', ({ data }) => {
  if (data.ask === 'load') {
    measures = measuresOf(data.items)
    return
  }
  const reckoned = data.offers.map((offer) => reckon(measures, offer))
  scope.postMessage({ id: data.id, reckoned }, [])
})
