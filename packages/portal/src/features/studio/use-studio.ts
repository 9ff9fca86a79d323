// The text one works on and what is said of it: looked at while one types, scored on a press. What is typed stays in this
// browser until it is stored in the library, so that a closed window loses nothing.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Vocabulary } from './completions.ts'
import type { Looked, Scored, Texts } from './look.ts'
import type { Answered, Asked, Tried } from './worker.ts'

/** milliseconds without a key before the text is looked at */
const PAUSE_MS = 250

export interface Studio {
  readonly texts: Texts
  readonly change: (texts: Partial<Texts>) => void
  /** undefined until the first look */
  readonly looked: Looked | undefined
  /** of this very text; undefined before it was asked for */
  readonly scored: Scored | null | undefined
  /** while the score is worked out: how far it is */
  readonly trying: Tried | undefined
  readonly score: () => void
  readonly stop: () => void
  /** undefined until the worker has sent it */
  readonly vocabulary: Vocabulary | undefined
  /** what is typed differs from what one began with */
  readonly isChanged: boolean
  readonly startAgain: () => void
}

export function useStudio(key: string, start: Texts, before: string | null): Studio {
  const place = `suanquan.studio.${key}`
  const [texts, setTexts] = useState<Texts>(() => kept(place) ?? start)
  const [looked, setLooked] = useState<Looked>()
  const [vocabulary, setVocabulary] = useState<Vocabulary>()
  const { scored, trying, score, stop } = useScore()
  const worker = useRef<Worker>(undefined)
  const latest = useRef(0)
  useEffect(() => {
    const made = newWorker(({ id, looked: seen, vocabulary: sent }) => {
      if (seen !== undefined && id === latest.current) setLooked(seen)
      if (sent !== undefined) setVocabulary(sent)
    })
    worker.current = made
    made.postMessage({ id: 0, ask: 'vocabulary', texts: start, before: null } satisfies Asked, [])
    return () => made.terminate()
  }, [])
  useEffect(() => {
    const waiting = setTimeout(() => {
      latest.current += 1
      worker.current?.postMessage({ id: latest.current, ask: 'look', texts, before } satisfies Asked, [])
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
      stop()
    },
    [place, stop],
  )
  return {
    texts,
    change,
    looked,
    scored,
    trying,
    vocabulary,
    score: () => score(texts),
    stop,
    isChanged: texts.programme !== start.programme || texts.cases !== start.cases,
    startAgain: () => {
      change(start)
      localStorage.removeItem(place)
    },
  }
}

interface Scoring {
  readonly scored: Scored | null | undefined
  readonly trying: Tried | undefined
  readonly score: (texts: Texts) => void
  readonly stop: () => void
}

/** The score is worked out by a worker of its own: looking never waits for it, and it ends when it is stopped. */
function useScore(): Scoring {
  const [scored, setScored] = useState<Scored | null>()
  const [trying, setTrying] = useState<Tried>()
  const worker = useRef<Worker>(undefined)
  const stop = useCallback(() => {
    worker.current?.terminate()
    worker.current = undefined
    setTrying(undefined)
    setScored(undefined)
  }, [])
  const score = useCallback(
    (texts: Texts) => {
      stop()
      setTrying({ tried: 0, all: 0 })
      const made = newWorker(({ tried, scored: done }) => {
        if (tried !== undefined) setTrying(tried)
        if (done === undefined) return
        made.terminate()
        setTrying(undefined)
        setScored(done)
      })
      worker.current = made
      made.postMessage({ id: 0, ask: 'score', texts, before: null } satisfies Asked, [])
    },
    [stop],
  )
  useEffect(() => () => worker.current?.terminate(), [])
  return { scored, trying, score, stop }
}

function newWorker(heard: (answer: Answered) => void): Worker {
  const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  made.addEventListener('message', ({ data }: MessageEvent<Answered>) => heard(data))
  return made
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
