// A page as blocks, and its two forms: Markdown for repositories and mail, HTML for printing and the web.

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table'
      readonly header: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }

/** Marks of Markdown in a text stand for themselves. */
function plainMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, (mark) => `\\${mark}`).replace(/\s+/g, ' ')
}

export function toMarkdown(blocks: readonly Block[]): string {
  const parts = blocks.map((block) => {
    if (block.kind === 'heading') return `${'#'.repeat(block.level)} ${plainMarkdown(block.text)}`
    if (block.kind === 'text') return plainMarkdown(block.text)
    if (block.kind === 'list') return block.items.map((item) => `- ${plainMarkdown(item)}`).join('\n')
    const row = (cells: readonly string[]): string => `| ${cells.map(plainMarkdown).join(' | ')} |`
    return [row(block.header), `|${block.header.map(() => '---').join('|')}|`, ...block.rows.map(row)].join(
      '\n',
    )
  })
  return `${parts.join('\n\n')}\n`
}

function plainHtml(text: string): string {
  const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"]/g, (mark) => marks[mark]!)
}

/** @param language of the texts, for the `lang` of the page */
export function toHtml(blocks: readonly Block[], language: 'zh' | 'en'): string {
  const title = blocks.find((block) => block.kind === 'heading')?.text ?? ''
  const body = blocks.map((block) => {
    if (block.kind === 'heading') return `<h${block.level}>${plainHtml(block.text)}</h${block.level}>`
    if (block.kind === 'text') return `<p>${plainHtml(block.text)}</p>`
    if (block.kind === 'list')
      return `<ul>\n${block.items.map((item) => `<li>${plainHtml(item)}</li>`).join('\n')}\n</ul>`
    const row = (cells: readonly string[], tag: 'th scope="col"' | 'td'): string =>
      `<tr>${cells.map((cell) => `<${tag}>${plainHtml(cell)}</${tag.slice(0, 2)}>`).join('')}</tr>`
    const rows = block.rows.map((cells) => row(cells, 'td')).join('\n')
    return `<table>\n<thead>${row(block.header, 'th scope="col"')}</thead>\n<tbody>\n${rows}\n</tbody>\n</table>`
  })
  const style =
    'body{font:16px/1.6 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}th,td{border:1px solid #bbb;padding:.3rem .6rem;text-align:left;vertical-align:top}'
  return `<!doctype html>\n<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>${plainHtml(title)}</title>\n<style>${style}</style>\n</head>\n<body>\n${body.join('\n')}\n</body>\n</html>\n`
}
