// The organisations of the demo city as the file that an administrator would get from the register.
import { flagWords, importKinds, type ImportColumn } from '@suanquan/api'
import type { Organisation } from '@suanquan/city'
import { formatFen } from '@suanquan/core/money'

export function organisationList(organisations: readonly Organisation[]): Uint8Array {
  const { columns } = importKinds.organisations
  const rows = organisations.map((organisation) => columns.map((column) => said(column, organisation)))
  const lines = [columns.map(({ head }) => head.zh), ...rows].map((cells) => cells.join(','))
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8')
}

function said({ id, type, choices }: ImportColumn, organisation: Organisation): string {
  const { role, dishonest, ...rest } = organisation
  const values: Readonly<Record<string, unknown>> = {
    ...rest,
    roles: role,
    dishonestWithinThreeYears: dishonest,
  }
  const value = values[id]
  // what the register does not say
  if (value === undefined) return ''
  if (typeof value === 'bigint') return formatFen(value).replaceAll(',', '')
  if (type === 'flag') return flagWords[String(value)]!.zh
  return choices?.[String(value)]?.zh ?? String(value)
}
