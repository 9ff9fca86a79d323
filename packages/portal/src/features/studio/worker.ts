// The studio's work beside the page, so that typing never waits for it.
import type { Vocabulary } from './completions.ts'
import { lookAt, score, vocabulary, type Looked, type Scored, type Texts } from './look.ts'

export interface Asked {
  readonly id: number
  readonly ask: 'look' | 'score' | 'vocabulary'
  readonly texts: Texts
  readonly before: string | null
}

export interface Answered {
  readonly id: number
  readonly looked?: Looked
  readonly tried?: Tried
  readonly scored?: Scored | null
  readonly vocabulary?: Vocabulary
}

/** How far the planted faults have been tried. */
export interface Tried {
  readonly tried: number
  readonly all: number
}

/** faults between two words about how far it is */
const STEP = 10

interface Scope {
  readonly addEventListener: (type: 'message', heard: (event: MessageEvent<Asked>) => void) => void
  readonly postMessage: (answer: Answered, transfer: readonly Transferable[]) => void
}

const scope = globalThis as unknown as Scope

scope.addEventListener('message', ({ data: { id, ask, texts, before } }) => {
  if (ask === 'look') scope.postMessage({ id, looked: lookAt(texts, before) }, [])
  else if (ask === 'vocabulary') scope.postMessage({ id, vocabulary: vocabulary() }, [])
  else {
    const scored = score(texts, (tried, all) => {
      if (tried % STEP === 0) scope.postMessage({ id, tried: { tried, all } }, [])
    })
    scope.postMessage({ id, scored }, [])
  }
})
