// A broken invariant is our own fault, never the caller's: it throws, the transaction rolls back, an alarm rings.

/**
 * Throws when an invariant of the code does not hold.
 * @param condition what must be true here whatever the input was
 * @param sentence the invariant in words, for the log
 */
export function assert(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Error(`broken invariant: ${sentence}`)
}
