// The studio's work beside the page, so that typing never waits for it.
import { lookAt, score, words, type Looked, type Scored, type Texts, type Word } from './look.ts'

export interface Asked {
  readonly id: number
  readonly ask: 'look' | 'score' | 'words'
  readonly texts: Texts
  readonly before: string | null
}

export interface Answered {
  readonly id: number
  readonly looked?: Looked
  readonly scored?: Scored | null
  readonly words?: readonly Word[]
}

interface Scope {
  readonly addEventListener: (type: 'message', heard: (event: MessageEvent<Asked>) => void) => void
  readonly postMessage: (answer: Answered, transfer: readonly Transferable[]) => void
}

const scope = globalThis as unknown as Scope

scope.addEventListener('message', ({ data: { id, ask, texts, before } }) => {
  if (ask === 'look') scope.postMessage({ id, looked: lookAt(texts, before) }, [])
  else if (ask === 'score') scope.postMessage({ id, scored: score(texts) }, [])
  else scope.postMessage({ id, words: words() }, [])
})
