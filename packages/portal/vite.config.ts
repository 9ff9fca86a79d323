// The portal is built into the server's package, which serves it from the city's own host: no CDN, font or map service.
import { routes } from '@suanquan/api'
import react from '@vitejs/plugin-react'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

/** components that public pages do without */
const OFFICE =
  /components\/(data-table|table-tools|saved-views|upload|match-table|voucher-card|reasoned-act|document-button)|client\/all-rows/

/** what shows a determination: the calculator, which anybody opens, and the offices */
const RESULT = /components\/(money-field|reckoning|condition-list)|features\/policy\/(determination|foreseen)/

/** the filter of a list, kept in the address */
const FILTERS = /components\/list-filter/

/** the engine that decides, which only the calculator needs in a browser */
const ENGINE = /core\/src\/policy\//

/** what checks signatures and proofs, and draws codes: after a press */
const SIGNATURES = /node_modules\/(sm-crypto-v2|@noble)\//

/** what of core no public page needs before a press: proofs, and the tables of the ways */
const CHECKED = /core\/src\/(ledger|voucher|signature|canonical|application)/

const FRAME = /portal\/src\/(client|components|format|shell)\/|core\/src|api\/src\/format\//

const DRAWING = /api\/src\/pictures\/(bars|letters|paint|picture|scene)/

/** pictures that office pages alone show */
const OFFICE_PICTURES =
  /api\/src\/pictures\/(shares|compute|feed-days|flow|funnel|caps|ladder|offered|payments|usage-hours|waterfall)/

const PICTURES = /portal\/src\/charts\/|api\/src\/pictures\//

const CALLS = /^\0?virtual:calls\/(everybody|signed-in)$/

/** what a visitor may call; the rest comes with a session */
const everybodys = (access: string): boolean => access === 'public' || access.startsWith('session.')

/** The route table without its schemas: browsers need where to call, the server checks what is said. */
function callTable(): Plugin {
  const tableOf = (whose: string): string => {
    const lines = Object.entries(routes)
      .filter(([, { access }]) => everybodys(access) === (whose === 'everybody'))
      .map(([name, { method, path, transport }]) =>
        [name, method, path.replace('/api/', ''), ...(transport === 'json' ? [] : [transport])].join(' '),
      )
    return JSON.stringify(lines.join('|'))
  }
  const read = `(line) => { const [name, method, path, transport = 'json'] = line.split(' ')
    return [name, { method, path: '/api/' + path, transport }] }`
  return {
    name: 'suanquan-calls',
    resolveId: (id) => (CALLS.test(id) ? `\0${id}` : undefined),
    load: (id) => {
      const whose = CALLS.exec(id)?.[1]
      return whose && `export default Object.fromEntries(${tableOf(whose)}.split('|').map(${read}))`
    },
  }
}

/** Each asset also stands beside itself compressed as tightly as it goes: once here, not at every request. */
function compressAssets(): Plugin {
  const folder = join(import.meta.dirname, '../server/portal/assets')
  return {
    name: 'suanquan-compress',
    closeBundle: () => {
      for (const name of readdirSync(folder)) {
        if (!/\.(js|css)$/.test(name)) continue
        const bytes = readFileSync(join(folder, name))
        writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9, memLevel: 9 }))
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes))
      }
    },
  }
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), callTable(), compressAssets()],
  resolve: { conditions: ['source', 'module', 'browser', 'import', 'default'] },
  build: {
    outDir: '../server/portal',
    emptyOutDir: true,
    target: 'chrome88',
    // browsers without preloading load a little later, and need no code for it
    modulePreload: { polyfill: false },
    // a data: URI would need a hole in the content security policy
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // few files, each with a reason to load on its own: the libraries, what every page is made of, what only office
    // pages are made of, and the pages
    rolldownOptions: {
      // core and api are pure: what is not used of them may go
      treeshake: { moduleSideEffects: (id) => !/packages\/(core|api)\//.test(id) },
      output: {
        codeSplitting: {
          groups: [
            // a group takes along what its modules need: what loads pages is everybody's, so it goes first
            { name: 'frame', test: /vite.preload-helper|oxc-project.runtime/ },
            { name: 'signatures', test: SIGNATURES },
            { name: 'codes', test: /node_modules\/uqr\// },
            {
              name: 'editor',
              test: /node_modules\/(@codemirror|@lezer|@marijn|style-mod|w3c-keyname|crelt)\//,
            },
            { name: 'libraries', test: /node_modules/ },
            {
              name: 'frame',
              test: (id: string) =>
                FRAME.test(id) && ![OFFICE, FILTERS, RESULT, ENGINE, CHECKED].some((other) => other.test(id)),
            },
            { name: 'filters', test: FILTERS },
            { name: 'office', test: OFFICE },
            { name: 'drawing', test: DRAWING },
            { name: 'office-pictures', test: OFFICE_PICTURES },
            { name: 'pictures', test: PICTURES },
            { name: 'result', test: RESULT },
            { name: 'engine', test: ENGINE },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': `http://127.0.0.1:${process.env['PORT'] ?? '3000'}` } },
})
