import { defineConfig } from 'vitest/config'

// Tests run the sources: the export condition `source` of each package points at src/, so no build is needed.
// Journeys need the build and a browser: tools/test.mjs finds one and runs them apart.
const journeys = process.env['SUANQUAN_CHROMIUM'] ? ['packages/*/journeys/**/*.journey.ts'] : []

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'tools/**/*.test.ts', ...journeys],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    // a worker loads the sources once for all its files: what a file changes in its process, it puts back
    isolate: false,
  },
})
