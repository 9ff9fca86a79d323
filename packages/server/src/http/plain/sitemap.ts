// The public pages for search engines and archives (sitemaps.org 0.9).
import { escaped } from './html.ts'

const PAGES = ['/', '/notices', '/calculator', '/catalogue', '/open-data', '/appraisals', '/ask', '/progress']

interface Listed {
  readonly adoptions: readonly { readonly id: string }[]
  readonly notices: readonly { readonly id: string; readonly opensOn: string }[]
}

export function sitemapOf(origin: string, { adoptions, notices }: Listed): string {
  const urls = [
    ...PAGES.map((path) => ({ path, day: undefined })),
    ...adoptions.map(({ id }) => ({ path: `/programmes/${id}`, day: undefined })),
    ...notices.flatMap(({ id, opensOn }) => [
      { path: `/plain/notices/${id}`, day: opensOn },
      { path: `/plain/en/notices/${id}`, day: opensOn },
    ]),
  ]
  const entries = urls.map(({ path, day }) => {
    const changed = day === undefined ? '' : `<lastmod>${day}</lastmod>`
    return `<url><loc>${escaped(origin + path)}</loc>${changed}</url>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join('\n')}
</urlset>
`
}
