// What a file is, by its first bytes and its end, never by its name. Accepted documents: PDF, OFD (GB/T 33190, a ZIP
// with OFD.xml), XML (电子发票), PNG and JPEG. Anything else, and a name that says otherwise, is refused.

export type FileKind = 'pdf' | 'ofd' | 'xml' | 'png' | 'jpg'

export const acceptedKinds: readonly FileKind[] = ['pdf', 'ofd', 'xml', 'png', 'jpg']

const mediaTypes: Readonly<Record<FileKind, string>> = {
  pdf: 'application/pdf',
  ofd: 'application/ofd',
  xml: 'application/xml',
  png: 'image/png',
  jpg: 'image/jpeg',
}

const extensions: Readonly<Record<string, FileKind>> = {
  pdf: 'pdf',
  ofd: 'ofd',
  xml: 'xml',
  png: 'png',
  jpg: 'jpg',
  jpeg: 'jpg',
}

export type Sniffed =
  | { readonly kind: FileKind; readonly mediaType: string; readonly whole: boolean }
  | { readonly kind: null; readonly looksLike: string }

export function kindOfName(fileName: string): FileKind | null {
  const extension = /\.([A-Za-z0-9]+)$/.exec(fileName)?.[1]?.toLowerCase()
  return extension === undefined ? null : (extensions[extension] ?? null)
}

/** What the bytes are; `whole` is false when the end of the file is missing. */
export function sniff(bytes: Uint8Array): Sniffed {
  const head = latin(bytes.subarray(0, 1024))
  const tail = latin(bytes.subarray(Math.max(0, bytes.length - 2048)))
  if (head.startsWith('%PDF-')) return found('pdf', tail.includes('%%EOF'))
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return found('png', tail.includes('IEND'))
  if (head.startsWith('\xff\xd8\xff')) return found('jpg', tail.endsWith('\xff\xd9'))
  if (head.startsWith('PK\x03\x04')) {
    return head.includes('OFD.xml') || latin(bytes).includes('OFD.xml')
      ? found('ofd', tail.includes('PK\x05\x06'))
      : { kind: null, looksLike: 'ZIP' }
  }
  const text = head.replace(/^\xef\xbb\xbf/, '').trimStart()
  if (/^<(!doctype html|html|svg|script)/i.test(text)) return { kind: null, looksLike: 'HTML' }
  if (text.startsWith('<?xml') || /^<[A-Za-z][\w:.-]*[\s>]/.test(text)) {
    if (/<!(doctype|entity)/i.test(latin(bytes))) return { kind: null, looksLike: 'XML with a DTD' }
    if (/<svg[\s>]/i.test(head)) return { kind: null, looksLike: 'SVG' }
    return found('xml', tail.trimEnd().endsWith('>'))
  }
  return {
    kind: null,
    looksLike: head.startsWith('MZ') ? 'EXE' : head.startsWith('\x7fELF') ? 'ELF' : 'unknown',
  }
}

function found(kind: FileKind, whole: boolean): Sniffed {
  return { kind, mediaType: mediaTypes[kind], whole }
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
