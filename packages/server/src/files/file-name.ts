/** The last part of a file's name as it came, or null when it cannot be one: empty, too long, hidden characters. */
export function fileNameOf(name: string): string | null {
  const last = name.replace(/^.*[\\/]/, '').trim()
  const fits = last !== '' && last.length <= 150 && !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(last)
  return fits ? last : null
}
