// Notices as plain HTML: read, searched and archived without a script. The same data as the portal's pages, from the
// same handlers.
import type { AnswerOf, Routes } from '@suanquan/api'
import { formatFen } from '@suanquan/core/money'
import { html, type Html } from './html.ts'
import { plainTexts, type PlainLanguage } from './texts.ts'

type Notice = AnswerOf<Routes['readNotice']>
type Row = AnswerOf<Routes['listNotices']>['items'][number]

/** What a page of either language needs. */
export interface Reader {
  readonly language: PlainLanguage
  readonly siteName: string
}

export function prefixOf(language: PlainLanguage): string {
  return language === 'en' ? '/plain/en' : '/plain'
}

export function noticeBody(notice: Notice, { language }: Reader): Html {
  const t = plainTexts[language]
  const rows = notice.items.map(
    (line) =>
      html`<tr>
        <td>${line.organisationName}</td>
        <td>${line.creditCode}</td>
        <td>${line.applicationNumber}</td>
        <td class="n">${formatFen(BigInt(line.amountFen))}</td>
        <td>${t.state[line.state]}</td>
      </tr>`,
  )
  return html`<h1>${notice.title[language]}</h1>
    <p>
      ${t.notice} ${notice.number} · ${t.period} ${notice.opensOn} – ${notice.closesOn} ·
      ${t[notice.state]}${notice.provisional ? html` · ${t.provisional}` : ''}
    </p>
    <table>
      <caption>
        ${t.lines}: ${notice.lines}, ${formatFen(BigInt(notice.totalFen))} ${t.yuan}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t.organisation}</th>
          <th scope="col">${t.code}</th>
          <th scope="col">${t.number}</th>
          <th scope="col" class="n">${t.amount}</th>
          <th scope="col">${t.stands}</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
    <p>${t.objections} <a href="/notices/${notice.id}">${t.toObject}</a>. ${t.contact}: ${notice.contact}</p>
    <p><a href="${prefixOf(language)}/notices">${t.all}</a></p>`
}

interface Listing {
  readonly items: readonly Pick<Row, 'id' | 'number' | 'title' | 'opensOn' | 'closesOn' | 'state'>[]
  readonly page: number
  readonly pages: number
  readonly words: string
}

export function noticeListBody({ items, page, pages, words }: Listing, { language }: Reader): Html {
  const t = plainTexts[language]
  const base = `${prefixOf(language)}/notices`
  const rows = items.map(
    (row) =>
      html`<li>
        <a href="${base}/${row.id}">${row.number} ${row.title[language]}</a> · ${row.opensOn} –
        ${row.closesOn} · ${t[row.state]}
      </li>`,
  )
  const link = (to: number, label: string): Html | string =>
    to < 1 || to > pages ? '' : html`<a href="${base}?page=${to}">${label}</a> `
  return html`<h1>${t.notices}</h1>
    <form action="${base}" method="get" role="search">
      <label>${t.searchLabel} <input name="q" value="${words}" maxlength="60" /></label>
      <button>${t.search}</button>
    </form>
    <ul>
      ${rows.length === 0 ? html`<li>${t.none}</li>` : rows}
    </ul>
    <p>${link(page - 1, t.newer)}${link(page + 1, t.older)}</p>`
}

export function wholePage(title: string, body: Html, { language, siteName }: Reader): string {
  const t = plainTexts[language]
  const other = language === 'en' ? 'zh-CN' : 'en'
  return `<!doctype html>
${
  html`<html lang="${language === 'en' ? 'en' : 'zh-CN'}">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title} · ${siteName}</title>
      <style>
        body {
          max-width: 60rem;
          margin: 2rem auto;
          padding: 0 1rem;
          font:
            1rem/1.7 system-ui,
            sans-serif;
          color: #1d2327;
          overflow-wrap: anywhere;
        }
        table {
          border-collapse: collapse;
          width: 100%;
        }
        caption {
          text-align: left;
          font-weight: 600;
          padding: 0.5rem 0;
        }
        th,
        td {
          border: 1px solid #b9b5a8;
          padding: 0.4rem 0.6rem;
          text-align: left;
        }
        .n {
          text-align: right;
          font-variant-numeric: tabular-nums;
        }
        a {
          color: #0b5876;
        }
        @media (max-width: 40rem) {
          thead {
            display: none;
          }
          td {
            display: block;
            border-width: 0 1px;
          }
          tr {
            border: 1px solid #b9b5a8;
          }
          td.n {
            text-align: left;
          }
        }
      </style>
    </head>
    <body>
      <p>
        <a href="/">${siteName}</a> ·
        <a lang="${other}" href="${language === 'en' ? '/plain' : '/plain/en'}/notices">${t.otherLanguage}</a>
      </p>
      <main>${body}</main>
    </body>
  </html>`.text
}`
}
