/** Hands a file to the browser as the reader's own. */
export function saveFile(name: string, file: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

/** The same for a text. */
export function saveText(name: string, text: string, mediaType: string): void {
  saveFile(name, new Blob([text], { type: `${mediaType};charset=utf-8` }))
}
