// Measures for their authors: versions, one beside its clauses and cases, checks, differences by value.
import { sentence, type AnswerOf, type RouteName, type Routes } from '@suanquan/api'
import { accept } from '@suanquan/core'
import {
  checkProgramme,
  compareProgrammes,
  programmeSummary,
  rulesOf,
  runCases,
  type CaseResult,
  type Diagnostic,
  type Programme,
} from '@suanquan/core/policy'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { Handlers } from '../../http/world.ts'
import { notFound } from '../../identity/scope.ts'
import type { Library, LibraryEntry } from './library.ts'
import { spoken } from './view.ts'

type Row = AnswerOf<Routes['listProgrammes']>['items'][number]
type Names = Extract<RouteName, 'listProgrammes' | 'readProgramme' | 'compareProgrammes' | 'checkProgramme'>

export function libraryHandlers(library: Library): Handlers<Names> {
  return {
    listProgrammes: {
      kind: 'query',
      run: async (_, { db, touch }) => {
        touch({ kind: 'programme', id: null })
        const entries = await library.entries(db)
        return accept({ items: await Promise.all(entries.map((entry) => viewRow(db, entry))) })
      },
    },
    readProgramme: {
      kind: 'query',
      run: async ({ params }, { db, touch }) => {
        touch({ kind: 'programme', id: null })
        const entry = await library.find(db, params.hash)
        if (entry === undefined) return notFound('programme')
        return accept(await viewProgramme(db, entry))
      },
    },
    compareProgrammes: {
      kind: 'query',
      run: async ({ params, query }, { db, touch }) => {
        touch({ kind: 'programme', id: null })
        const [before, after] = [await library.find(db, query.before), await library.find(db, params.hash)]
        if (before === undefined || after === undefined) return notFound('programme')
        const items = compareProgrammes(before.programme, after.programme).map((item) => ({
          ...item,
          text: spoken(item.text, after.programme),
        }))
        return accept({ items })
      },
    },
    checkProgramme: {
      kind: 'query',
      run: async ({ body }, { touch }) => {
        touch({ kind: 'programme', id: null })
        const { diagnostics, programme } = checkProgramme(body.text, 'programme.yaml')
        const run = programme === undefined ? null : casesOf(programme, body.casesText)
        return accept({
          diagnostics: [...diagnostics, ...(run?.diagnostics ?? [])].map(viewDiagnostic),
          programme: programme === undefined ? null : shown(programme),
          caseResults: (run?.results ?? []).map(viewCase),
        })
      },
    },
  }
}

function shown(programme: Programme): {
  id: string
  version: string
  title: Programme['title']
  rules: number
} {
  const { id, version, title } = programme
  return { id, version, title, rules: rulesOf(programme).length }
}

function casesOf(programme: Programme, text: string | null): ReturnType<typeof runCases> | null {
  return text === null || text.trim() === '' ? null : runCases(programme, text, 'cases.yaml')
}

async function viewRow(db: Kysely<Tables>, entry: LibraryEntry): Promise<Row> {
  const { hash, programme, shipped, casesText } = entry
  const adoptions = await db
    .selectFrom('adoption')
    .select(['id', 'authority', 'opens_on'])
    .where('programme_hash', '=', hash)
    .orderBy('adopted_at')
    .execute()
  return {
    hash,
    id: programme.id,
    version: programme.version,
    title: programme.title,
    jurisdiction: programme.jurisdiction,
    way: programme.procedure?.way ?? null,
    shipped,
    clauses: programme.sources.reduce((sum, { clauses }) => sum + Object.keys(clauses).length, 0),
    rules: rulesOf(programme).length,
    cases: casesOf(programme, casesText)?.results.length ?? 0,
    openQuestions: programme.openQuestions.length,
    assumptions: programme.assumptions.length,
    adoptions: adoptions.map(({ id, authority, opens_on: opensOn }) => ({ id, authority, opensOn })),
  }
}

async function viewProgramme(
  db: Kysely<Tables>,
  entry: LibraryEntry,
): Promise<AnswerOf<Routes['readProgramme']>> {
  const { programme, text, casesText } = entry
  return {
    ...(await viewRow(db, entry)),
    text,
    casesText,
    clauseTexts: programmeSummary(programme).citations.map(({ cite, source, clause, grade, text: said }) => ({
      cite,
      source,
      clause,
      grade,
      text: said,
    })),
    ruleTexts: rulesOf(programme).map((rule) => ({ ...rule, text: spoken(rule.text, programme) })),
    questions: programme.openQuestions.map(({ id, ask, blocks }) => ({
      id,
      ask,
      blocks: blocks === 'in_force',
    })),
    caseResults: (casesOf(programme, casesText)?.results ?? []).map(viewCase),
  }
}

function viewCase({
  name,
  line,
  passed,
  differences,
}: CaseResult): AnswerOf<Routes['checkProgramme']>['caseResults'][number] {
  return { name, line, passed, differences: differences.map((each) => ({ ...each })) }
}

function viewDiagnostic(item: Diagnostic): AnswerOf<Routes['checkProgramme']>['diagnostics'][number] {
  const { file, line, column, severity, code, suggestion = null } = item
  return {
    file,
    line,
    column,
    severity,
    code,
    suggestion,
    message: { zh: sentence(item, 'zh'), en: sentence(item, 'en') },
  }
}
