// Diagnostics as SARIF 2.1.0, the form in which code hosts and editors show the findings of a checker.
import { sentence } from '@suanquan/api'
import type { Diagnostic } from '@suanquan/core/policy'

import { language } from '../language.ts'

/** A SARIF log of one run; paths as they were given, with forward slashes. */
export function sarifLog(diagnostics: readonly Diagnostic[]): Record<string, unknown> {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].toSorted()
  const results = diagnostics.map((item) => ({
    ruleId: item.code,
    ruleIndex: codes.indexOf(item.code),
    level: item.severity,
    message: { text: messageOf(item) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(item.file.replaceAll('\\', '/')) },
          region: { startLine: item.line, startColumn: item.column },
        },
      },
    ],
  }))
  const rules = codes.map((id) => ({ id }))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'suanquan', rules } }, columnKind: 'utf16CodeUnits', results }],
  }
}

function messageOf(item: Diagnostic): string {
  const { suggestion } = item
  const said = sentence(item, language())
  if (suggestion === undefined) return said
  return `${said} ${sentence({ code: 'policy.did_you_mean', params: { suggestion } }, language())}`
}
