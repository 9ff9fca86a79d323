import { describe, expect, test } from 'vitest'
import { kindOfName, sniff } from './sniff.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

describe('a file is what its bytes say', () => {
  test.each([
    ['%PDF-1.7\n…\n%%EOF\n', 'pdf', true],
    ['%PDF-1.7\n… broken off', 'pdf', false],
    ['\x89PNG\r\n\x1a\n....IEND\xaeB`\x82', 'png', true],
    ['\xff\xd8\xff\xe0....\xff\xd9', 'jpg', true],
    ['\xff\xd8\xff\xe0....', 'jpg', false],
    ['PK\x03\x04....OFD.xml....PK\x05\x06', 'ofd', true],
    ['<?xml version="1.0"?><EInvoice></EInvoice>', 'xml', true],
    ['<?xml version="1.0"?><EInvoice><He', 'xml', false],
  ])('%j is %s, whole: %s', (text, kind, whole) => expect(sniff(bytes(text))).toMatchObject({ kind, whole }))

  test.each([
    ['<html><script>alert(1)</script>', 'HTML'],
    ['<?xml version="1.0"?><svg onload="x">', 'SVG'],
    ['<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a/>', 'XML with a DTD'],
    ['PK\x03\x04 word/document.xml', 'ZIP'],
    ['MZ\x90\x00', 'EXE'],
    ['plain words', 'unknown'],
  ])('%j is not accepted: it looks like %s', (text, looksLike) =>
    expect(sniff(bytes(text))).toEqual({ kind: null, looksLike }),
  )
})

test('the kind of a name is its last extension only', () => {
  expect(kindOfName('合同.PDF')).toBe('pdf')
  expect(kindOfName('contract.pdf.exe')).toBeNull()
  expect(kindOfName('noextension')).toBeNull()
})
