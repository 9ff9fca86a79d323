// The text one works on and what is said of it: looked at while one types, scored on a press. What is typed stays in this
// browser until it is stored in the library, so that a closed window loses nothing.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Looked, Scored, Texts, Word } from './look.ts'
import type { Answered, Asked } from './worker.ts'

/** milliseconds without a key before the text is looked at */
const PAUSE_MS = 250

export interface Studio {
  readonly texts: Texts
  readonly change: (texts: Partial<Texts>) => void
  /** undefined until the first look */
  readonly looked: Looked | undefined
  /** of this very text; undefined before it was asked for, 'running' while it is worked out */
  readonly scored: Scored | null | 'running' | undefined
  readonly score: () => void
  readonly words: readonly Word[]
  /** what is typed differs from what one began with */
  readonly isChanged: boolean
  readonly startAgain: () => void
}

export function useStudio(key: string, start: Texts, before: string | null): Studio {
  const place = `suanquan.studio.${key}`
  const [texts, setTexts] = useState<Texts>(() => kept(place) ?? start)
  const [looked, setLooked] = useState<Looked>()
  const [scored, setScored] = useState<Studio['scored']>()
  const [words, setWords] = useState<readonly Word[]>([])
  const worker = useRef<Worker>(undefined)
  const latest = useRef({ look: 0, score: 0 })
  useEffect(() => {
    const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    made.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
      if (data.looked !== undefined && data.id === latest.current.look) setLooked(data.looked)
      if (data.scored !== undefined && data.id === latest.current.score) setScored(data.scored)
      if (data.words !== undefined) setWords(data.words)
    })
    worker.current = made
    made.postMessage({ id: 0, ask: 'words', texts: start, before: null } satisfies Asked, [])
    return () => made.terminate()
  }, [])
  useEffect(() => {
    const waiting = setTimeout(() => {
      latest.current.look += 1
      worker.current?.postMessage({ id: latest.current.look, ask: 'look', texts, before } satisfies Asked, [])
    }, PAUSE_MS)
    return () => clearTimeout(waiting)
  }, [texts, before])
  const change = useCallback(
    (changed: Partial<Texts>) => {
      setTexts((known) => {
        const next = { ...known, ...changed }
        keep(place, next)
        return next
      })
      latest.current.score += 1
      setScored(undefined)
    },
    [place],
  )
  return {
    texts,
    change,
    looked,
    scored,
    words,
    score: () => {
      setScored('running')
      latest.current.score += 1
      const { score: id } = latest.current
      worker.current?.postMessage({ id, ask: 'score', texts, before: null } satisfies Asked, [])
    },
    isChanged: texts.programme !== start.programme || texts.cases !== start.cases,
    startAgain: () => {
      change(start)
      localStorage.removeItem(place)
    },
  }
}

function kept(place: string): Texts | undefined {
  const text = localStorage.getItem(place)
  if (text === null) return undefined
  try {
    const { programme, cases } = JSON.parse(text) as Partial<Texts>
    return typeof programme === 'string' && typeof cases === 'string' ? { programme, cases } : undefined
  } catch {
    return undefined
  }
}

/** A full or forbidden store costs the safety net, not the work. */
function keep(place: string, texts: Texts): void {
  try {
    localStorage.setItem(place, JSON.stringify(texts))
  } catch {
    localStorage.removeItem(place)
  }
}
