// A text editor for one file: findings underlined where they are, words offered while one types. The Tab key leaves it,
// as it leaves every other field.
import {
  autocompletion,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, defaultHighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  hoverTooltip,
  keymap,
  lineNumbers,
  type Tooltip,
} from '@codemirror/view'
import { useEffect, useRef, type ReactElement } from 'react'
import { useLanguage } from '../../components/use-language.ts'
import { useSay } from '../../components/use-say.ts'
import { meaningOf, offersAt, type Offered } from './completions.ts'
import type { Problem } from './look.ts'

interface EditorProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly problems: readonly Problem[]
  /** what completion and hover know; undefined until it is known */
  readonly offered: Offered | undefined
  /** where the cursor is put; a new object goes there again */
  readonly at: { readonly line: number; readonly column: number } | undefined
}

export function Editor({ label, value, onChange, problems, offered, at }: EditorProps): ReactElement {
  const say = useSay()
  const language = useLanguage()
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const live = useRef({ onChange, offered, say })
  live.current = { onChange, offered, say }
  useEffect(() => {
    const complete = (context: CompletionContext): CompletionResult | null => completed(context, live.current)
    const made = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: value,
        extensions: [
          lineNumbers(),
          history(),
          drawSelection(),
          bracketMatching(),
          highlightActiveLine(),
          yaml(),
          syntaxHighlighting(defaultHighlightStyle),
          autocompletion({ override: [complete] }),
          hoverTooltip((shown, position) => explained(shown, position, live.current)),
          lintGutter(),
          keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) live.current.onChange(update.state.doc.toString())
          }),
        ],
      }),
    })
    // the text scrolls by itself: whoever has no mouse reaches it like any other region
    made.scrollDOM.tabIndex = 0
    made.scrollDOM.setAttribute('role', 'region')
    made.scrollDOM.setAttribute('aria-label', label)
    view.current = made
    return () => made.destroy()
  }, [label])
  useEffect(() => {
    const made = view.current
    if (made === undefined || made.state.doc.toString() === value) return
    made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: value } })
  }, [value])
  useEffect(() => {
    const made = view.current
    if (made === undefined) return
    made.dispatch(
      setDiagnostics(
        made.state,
        problems.map((problem) => underlined(made.state, problem, say)),
      ),
    )
  }, [problems, language])
  useEffect(() => {
    const made = view.current
    if (made === undefined || at === undefined) return
    const position = positionOf(made.state, at)
    made.dispatch({
      selection: { anchor: position },
      effects: EditorView.scrollIntoView(position, { y: 'center' }),
    })
    made.focus()
  }, [at])
  return <div className="studio-editor code" ref={place} />
}

function positionOf(state: EditorState, { line, column }: { line: number; column: number }): number {
  const found = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines))
  return Math.min(found.from + Math.max(column - 1, 0), found.to)
}

/** From its place to the end of the word or value there. */
function underlined(state: EditorState, problem: Problem, say: ReturnType<typeof useSay>): Diagnostic {
  const from = positionOf(state, problem)
  const { text, from: lineFrom, to } = state.doc.lineAt(from)
  const length = /^[^\s,}\]]+/.exec(text.slice(from - lineFrom))?.[0].length ?? 1
  const suggestion = problem.suggestion === null ? '' : ` → ${problem.suggestion}`
  return {
    from,
    to: Math.min(from + length, to),
    severity: problem.severity,
    message: `${say(problem.message)}${suggestion}`,
  }
}

interface Live {
  readonly offered: Offered | undefined
  readonly say: ReturnType<typeof useSay>
}

function completed(context: CompletionContext, { offered, say }: Live): CompletionResult | null {
  const word = context.matchBefore(/[\w.]*/)
  if (offered === undefined || word === null || (word.from === word.to && !context.explicit)) return null
  const { doc } = context.state
  const { number, from, text } = doc.lineAt(context.pos)
  const lines = doc.toString().split('\n')
  const offers = offersAt(offered, lines, number - 1, text.slice(0, context.pos - from))
  if (offers.length === 0) return null
  return {
    from: word.from,
    validFor: /^[\w.]*$/,
    options: offers.map(({ label, kind, detail }) => ({
      label,
      type: kind,
      ...(kind === 'property' ? { apply: `${label}: ` } : {}),
      ...(detail === null ? {} : { detail: say(detail) }),
    })),
  }
}

function explained({ state }: EditorView, position: number, { offered, say }: Live): Tooltip | null {
  const { text, from } = state.doc.lineAt(position)
  const [before] = /[\w.]*$/.exec(text.slice(0, position - from))!
  const [after] = /^[\w.]*/.exec(text.slice(position - from))!
  const meaning = offered === undefined ? null : meaningOf(before + after, offered)
  if (meaning === null) return null
  return {
    pos: position - before.length,
    end: position + after.length,
    create: () => {
      const dom = document.createElement('div')
      dom.className = 'studio-meaning'
      dom.textContent = say(meaning)
      return { dom }
    },
  }
}
