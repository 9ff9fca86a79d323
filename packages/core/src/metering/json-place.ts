// JSON as a value, or the place where it stops being JSON. The engine's own messages differ between versions, so the
// place is found by a small scanner that runs only when the engine has said no.
import { accept, refuse, type Decision } from '../refusal.ts'

/**
 * @returns the value, `metering.json_truncated` when the text ends too early, else `metering.json_broken`; both with
 *   line and column counted from 1
 */
export function parseJson(
  text: string,
): Decision<unknown, 'metering.json_truncated' | 'metering.json_broken'> {
  try {
    return accept(JSON.parse(text))
  } catch {
    const end = firstFault(text)
    const before = text.slice(0, end)
    const place = { line: before.split('\n').length, column: end - before.lastIndexOf('\n') }
    if (end >= text.trimEnd().length) return refuse('metering.json_truncated', place)
    return refuse('metering.json_broken', { ...place, near: text.slice(end, end + 20) })
  }
}

const OPENED = String.raw`"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*`
const NUMBER = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`
const SPACE = /[ \t\n\r]*/uy
const SCALAR = new RegExp(`${OPENED}"|${NUMBER}|true|false|null`, 'uy')
const KEY = new RegExp(String.raw`${OPENED}"[ \t\n\r]*:`, 'uy')
const UNFINISHED = new RegExp(String.raw`${OPENED}(?:\\u?[0-9a-fA-F]{0,3}|"[ \t\n\r]*)?$|[-+.\w]+$`, 'uy')

/** The index of the first character that cannot belong to a JSON text; the length when the text only ends too early. */
function firstFault(text: string): number {
  const open: ('{' | '[')[] = []
  let index = 0
  const eat = (pattern: RegExp): boolean => {
    pattern.lastIndex = index
    const found = pattern.exec(text)
    if (found) index += found[0].length
    return found !== null
  }
  let expected: 'value' | 'key' | 'after' = 'value'
  let mayClose = false
  for (;;) {
    eat(SPACE)
    const symbol = text[index]
    if (symbol === undefined) return text.length
    if (mayClose && (symbol === '}' || symbol === ']')) {
      if (open.pop() !== (symbol === '}' ? '{' : '[')) return index
      index++
      expected = 'after'
    } else if (expected === 'after') {
      if (open.length === 0) return index
      if (symbol !== ',') return cutOff(text, index)
      index++
      expected = open.at(-1) === '{' ? 'key' : 'value'
      mayClose = false
      continue
    } else if (expected === 'key') {
      if (!eat(KEY)) return cutOff(text, index)
      expected = 'value'
      mayClose = false
      continue
    } else if (symbol === '{' || symbol === '[') {
      open.push(symbol)
      index++
      expected = symbol === '{' ? 'key' : 'value'
      mayClose = true
      continue
    } else if (!eat(SCALAR)) return cutOff(text, index)
    else expected = 'after'
    mayClose = open.length > 0
  }
}

/** A string, key or word that the end of the text cuts off is a truncation, not a fault of its own. */
function cutOff(text: string, index: number): number {
  UNFINISHED.lastIndex = index
  return UNFINISHED.test(text) ? text.length : index
}
