// Characters that no text on the wire may hold: control characters (but tab and line ends), which neither people type
// nor the database keeps, halves of surrogate pairs, and direction overrides, which make a text read other than it is.
const UNFIT = /[^\P{Cc}\t\n\r]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/u

export function isUnfit(text: string): boolean {
  return UNFIT.test(text)
}

export class UnfitTextError extends Error {}

/** JSON whose texts are all fit, without `__proto__`. @throws SyntaxError, UnfitTextError */
export function parseFitJson(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => {
    if (isUnfit(key) || (typeof value === 'string' && isUnfit(value))) throw new UnfitTextError(key)
    return key === '__proto__' ? undefined : value
  })
}
