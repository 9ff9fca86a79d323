// The bank's answer as a file: checked first, line by line, beside what was instructed; recorded as a whole or not at all.
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { TextField } from '../../components/field.tsx'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { Upload } from '../../components/upload.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ledgerMoney } from '../../format/money.ts'

type Batch = Answer<'readDisbursement'>
type Check = Answer<'checkBankAnswer'>
type Line = Check['lines'][number]

const TONES = { take: 'done', known: 'quiet', waits: 'waits', fault: 'stopped' } as const

export function BankAnswer({ batch }: { batch: Batch }): ReactElement {
  const { t } = useTranslation('treasury')
  const { today } = useAnswer('readSite')
  const [onDay, setOnDay] = useState(today)
  const [reference, setReference] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const check = useAct('checkBankAnswer')
  const record = useAct('recordBankAnswer', () => {
    setFile(null)
    check.reset()
  })
  const asked = {
    params: { id: batch.id },
    query: { ...(onDay === '' ? {} : { onDay }), ...(reference === '' ? {} : { reference }) },
  }
  async function send(chosen: File, onProgress: (share: number) => void): Promise<void> {
    setFile(null)
    await check.mutateAsync({ ...asked, file: chosen, onProgress })
    setFile(chosen)
  }
  return (
    <Sheet title={t('answer')} aside={t('answer.aside')}>
      <div className="sheet-body stack">
        <TextField
          label={t('answer.on')}
          help={t('answer.on.help')}
          type="date"
          value={onDay}
          onChange={setOnDay}
        />
        <TextField
          label={t('answer.reference')}
          help={t('answer.reference.help')}
          value={reference}
          onChange={setReference}
          maxLength={60}
          optional
        />
        <Upload
          label={t('answer.file')}
          help={t('answer.help')}
          accept=".csv,.txt,.xlsx,.xml"
          files={[]}
          send={send}
        />
      </div>
      {file !== null && check.data !== undefined && (
        <Checked
          name={file.name}
          check={check.data}
          pending={record.isPending}
          onRecord={() => record.mutate({ ...asked, file })}
        />
      )}
      <ErrorNote error={record.error} />
    </Sheet>
  )
}

interface CheckedProps {
  readonly name: string
  readonly check: Check
  readonly pending: boolean
  readonly onRecord: () => void
}

function Checked({ name, check, pending, onRecord }: CheckedProps): ReactElement {
  const { t } = useTranslation('treasury')
  const { read } = useFormat()
  const news = check.paid.count + check.returned.count
  const found = t('answer.found', {
    paid: check.paid.count,
    paidTotal: read(check.paid.totalFen),
    returned: check.returned.count,
    returnedTotal: read(check.returned.totalFen),
  })
  return (
    <>
      <div className="sheet-body stack">
        {check.faults > 0 ? (
          <Note tone="stopped">{t('answer.faults', { count: check.faults })}</Note>
        ) : (
          <Note tone={news === 0 ? 'waits' : 'done'}>{news === 0 ? t('answer.nothing_new') : found}</Note>
        )}
      </div>
      <Lines name={name} lines={check.lines} />
      {check.faults === 0 && news > 0 && (
        <p className="sheet-body">
          <button type="button" className="button" disabled={pending} onClick={onRecord}>
            {t('answer.record', { count: news })}
          </button>
        </p>
      )}
    </>
  )
}

function Lines({ name, lines }: { name: string; lines: readonly Line[] }): ReactElement {
  const { t } = useTranslation('treasury')
  const verdict = (line: Line): string =>
    line.fault === null ? t(`verdict.${line.verdict}`) : t(`fault.${line.fault}`)
  const columns: readonly Column<Line>[] = [
    {
      id: 'row',
      label: t('column.row'),
      numeric: true,
      text: (line) => String(line.row),
      cell: (line) => line.row,
    },
    {
      id: 'instruction',
      label: t('column.instruction'),
      leads: true,
      text: (line) => line.instructionId,
      cell: (line) => (
        <>
          <span className="code">{line.instructionId}</span>
          <small>{line.organisationName ?? t('column.nobody')}</small>
        </>
      ),
    },
    {
      id: 'amount',
      label: t('column.amount'),
      numeric: true,
      text: (line) => (line.amountFen === null ? '' : ledgerMoney(line.amountFen)),
      cell: (line) => (
        <>
          {line.amountFen === null ? '—' : <Money fen={line.amountFen} form="ledger" />}
          {line.fault === 'amount_differs' && line.instructedFen !== null && (
            <small>{t('column.instructed', { amount: ledgerMoney(line.instructedFen) })}</small>
          )}
        </>
      ),
    },
    {
      id: 'outcome',
      label: t('column.outcome'),
      text: (line) => (line.outcome === null ? '' : t(`outcome.${line.outcome}`)),
      cell: (line) => (
        <>
          {line.outcome === null ? '—' : t(`outcome.${line.outcome}`)}
          {line.reason !== null && line.outcome === 'returned' && <small>{line.reason}</small>}
        </>
      ),
    },
    {
      id: 'verdict',
      label: t('column.verdict'),
      text: verdict,
      cell: (line) => <StatusTag tone={TONES[line.verdict]}>{verdict(line)}</StatusTag>,
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={lines}
      rowId={(line) => String(line.row)}
      caption={name}
      allRows={async () => lines}
      fileName={name}
      empty={null}
    />
  )
}
