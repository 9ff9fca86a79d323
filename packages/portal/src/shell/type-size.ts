// Large type: 18 px and everything that is measured by it. Kept in the browser.
const STORED = 'suanquan.type'

export type TypeSize = 'normal' | 'large'

export function storedTypeSize(): TypeSize {
  return localStorage.getItem(STORED) === 'large' ? 'large' : 'normal'
}

export function applyTypeSize(size: TypeSize): void {
  localStorage.setItem(STORED, size)
  document.documentElement.dataset['type'] = size
}
