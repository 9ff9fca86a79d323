// A paper as a link: it travels behind the #, which no browser sends to a server.

export function verifyLink(text: string): string {
  const bytes = new TextEncoder().encode(text)
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  const code = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  return `${location.origin}/verify#${code}`
}

/** The paper that a link carries, or an empty text. */
export function paperOfHash(hash: string): string {
  const code = hash.replace(/^#/, '').replaceAll('-', '+').replaceAll('_', '/')
  try {
    const bytes = Uint8Array.from(atob(code), (character) => character.charCodeAt(0))
    return new TextDecoder().decode(bytes)
  } catch {
    return ''
  }
}
