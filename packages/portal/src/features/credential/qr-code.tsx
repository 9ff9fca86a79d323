// A code to scan, drawn as one shape. The library comes with it: this file is loaded where a paper is shown.
import type { ReactElement } from 'react'
import { encode } from 'uqr'

/** The most bytes that a code of the lowest correction holds (ISO/IEC 18004, version 40-L). */
const MOST = 2953

/** @returns null when the text does not fit into a code */
export default function QrCode({ text, label }: { text: string; label: string }): ReactElement | null {
  if (text.length > MOST) return null
  const { data, size } = encode(text, { border: 4, ecc: 'L' })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x},${y}h1v1h-1z` : ''))).join('')
  return (
    <svg className="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#1b2220" />
    </svg>
  )
}
