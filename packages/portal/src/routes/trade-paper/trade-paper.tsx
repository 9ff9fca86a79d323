// One paper: what it says line by line, what of it the programme does not support, what the tax authority answered, and
// every case that uses it.
import { useParams } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, type Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { useActsAs } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Facts, Timeline, type Fact } from '../../components/facts.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Money } from '../../components/money.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { StandingTag } from '../../features/trade-paper/paper-tags.tsx'
import { UseBar, Uses } from '../../features/trade-paper/paper-uses.tsx'
import { ledgerMoney } from '../../format/money.ts'

type Paper = Answer<'readTradePaper'>
type Line = Paper['lines'][number]

export function TradePaperPage(): ReactElement {
  const { t } = useTranslation('trade-paper')
  const { id } = useParams({ from: '/signed-in/trade-papers/$id' })
  const paper = useAnswer('readTradePaper', { params: { id } })
  const { read, say } = useFormat()
  const verifies = useActsAs('reviewer', 'finance')
  const left = paper.amountFen === null ? null : (BigInt(paper.amountFen) - BigInt(paper.usedFen)).toString()
  const title =
    left === null ? 'paper.title_certificate' : BigInt(left) < 0n ? 'paper.title_red' : 'paper.title'
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/trade-papers' }, { label: paper.number }]}
      title={t(title, {
        kind: t(`kind.${paper.kind}`),
        left: say(left ?? '0'),
        amount: say(paper.amountFen ?? '0'),
      })}
      lead={t('paper.lead', {
        from: paper.fromName || paper.fromCode,
        to: paper.toName || paper.toCode,
        origin: t(`origin.${paper.origin}`),
      })}
    >
      <Columns
        main={
          <>
            {paper.lines.length > 0 && <Lines paper={paper} />}
            {paper.devices.length > 0 && (
              <Sheet title={t('devices')}>
                <Facts
                  facts={paper.devices.map(({ name, count }) => ({ id: name, label: name, value: count }))}
                />
              </Sheet>
            )}
            <Sheet title={t('uses')} aside={t('uses.count', { count: paper.uses.length })}>
              <div className="sheet-body stack">
                <UseBar paper={paper} />
                <Uses uses={paper.uses} />
                {paper.excludedFen !== '0' && (
                  <p className="small quiet">{t('uses.excluded', { amount: read(paper.excludedFen) })}</p>
                )}
              </div>
            </Sheet>
          </>
        }
        side={
          <>
            <About paper={paper} />
            {paper.kind === 'invoice' && <Answers paper={paper} />}
            {paper.kind === 'invoice' && verifies && (
              <RecordAnswer key={paper.answers.length} id={paper.id} />
            )}
          </>
        }
      />
    </Page>
  )
}

function Lines({ paper }: { paper: Paper }): ReactElement {
  const { t } = useTranslation('trade-paper')
  const said = ({ excluded }: Line): string =>
    excluded === null ? '' : t(excluded.doubtful ? 'line.doubtful' : `line.${excluded.kind}`)
  const columns: readonly Column<Line>[] = [
    {
      id: 'name',
      label: t('line.name'),
      leads: true,
      text: (line) => line.name,
      cell: (line) => (
        <>
          {line.name}
          {line.excluded !== null && <small>{said(line)}</small>}
        </>
      ),
    },
    {
      id: 'rate',
      label: t('line.rate'),
      numeric: true,
      text: (line) => (line.taxRate === null ? '' : `${line.taxRate / 100} %`),
      cell: (line) => (line.taxRate === null ? '—' : `${line.taxRate / 100} %`),
    },
    {
      id: 'amount',
      label: t('line.amount'),
      numeric: true,
      text: (line) => ledgerMoney(line.amountFen),
      cell: (line) => <Money fen={line.amountFen} form="ledger" />,
    },
    {
      id: 'tax',
      label: t('line.tax'),
      numeric: true,
      text: (line) => ledgerMoney(line.taxFen),
      cell: (line) => <Money fen={line.taxFen} form="ledger" />,
    },
  ]
  return (
    <Sheet title={t('lines')} aside={t('lines.unit')}>
      <DataTable
        columns={columns}
        rows={paper.lines}
        rowId={(line) => `${paper.lines.indexOf(line)}`}
        caption={t('lines')}
        empty={null}
      />
    </Sheet>
  )
}

function About({ paper }: { paper: Paper }): ReactElement {
  const { t } = useTranslation('trade-paper')
  const { day, instant } = useFormat()
  const facts: Fact[] = [
    { id: 'number', label: t('column.number'), value: paper.number },
    { id: 'from', label: t(`from.${paper.kind}`), value: paper.fromName || '—', source: paper.fromCode },
    { id: 'to', label: t(`to.${paper.kind}`), value: paper.toName || '—', source: paper.toCode },
    { id: 'on', label: t('column.on'), value: day(paper.datedOn) },
  ]
  if (paper.amountFen !== null)
    facts.push({
      id: 'amount',
      label: t('column.amount'),
      value: <Money fen={paper.amountFen} form="ledger" />,
    })
  if (paper.redLetterOf !== null)
    facts.push({ id: 'red', label: t('paper.red_of'), value: paper.redLetterOf })
  if (paper.contractNumber !== null)
    facts.push({ id: 'contract', label: t('paper.contract'), value: paper.contractNumber })
  if (paper.signedByProviderOn !== null && paper.signedByFirmOn !== null)
    facts.push({
      id: 'signed',
      label: t('paper.signed'),
      value: t('paper.signed_on', {
        provider: day(paper.signedByProviderOn),
        firm: day(paper.signedByFirmOn),
      }),
    })
  facts.push({
    id: 'registered',
    label: t('paper.registered'),
    value: paper.organisationName,
    source: instant(paper.registeredAt),
  })
  return (
    <Sheet title={t('paper.about')}>
      <Facts facts={facts} />
      {paper.attachmentId !== null && (
        <p className="table-foot">
          <a
            href={addressOf('readAttachment', { params: { id: paper.attachmentId } })}
            target="_blank"
            rel="noreferrer"
          >
            {t('paper.file')}
          </a>
        </p>
      )}
    </Sheet>
  )
}

function Answers({ paper }: { paper: Paper }): ReactElement {
  const { t } = useTranslation('trade-paper')
  const { day } = useFormat()
  return (
    <Sheet title={t('answers.of')} aside={<StandingTag paper={paper} />}>
      <div className="sheet-body">
        {paper.answers.length === 0 ? (
          <p className="quiet">{t('answers.none')}</p>
        ) : (
          <Timeline
            entries={paper.answers.map(({ outcome, source, answeredOn, recordedAt }) => ({
              id: recordedAt,
              when: day(answeredOn),
              what: t(`standing.${outcome}`),
              who: source,
            }))}
          />
        )}
      </div>
    </Sheet>
  )
}

const OUTCOMES = ['verified', 'voided', 'not_found'] as const

function RecordAnswer({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('trade-paper')
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>('verified')
  const [source, setSource] = useState('')
  const [on, setOn] = useState('')
  const act = useAct('answerTradePaper')
  const ready = source.trim().length >= 2 && on !== ''
  return (
    <Sheet title={t('record')}>
      <div className="sheet-body stack">
        <SelectField
          label={t('record.outcome')}
          value={outcome}
          onChange={(value) => setOutcome(OUTCOMES.find((each) => each === value) ?? 'verified')}
          choices={OUTCOMES.map((value) => ({ value, label: t(`standing.${value}`) }))}
        />
        <TextField
          label={t('answers.source')}
          help={t('answers.source_help')}
          value={source}
          onChange={setSource}
          maxLength={200}
        />
        <TextField label={t('record.on')} type="date" value={on} onChange={setOn} />
        <ErrorNote error={act.error} />
        <button
          type="button"
          className="button"
          disabled={!ready || act.isPending}
          onClick={() =>
            act.mutate({ params: { id }, body: { outcome, source, answeredOn: on, attachmentId: null } })
          }
        >
          {t('record.do')}
        </button>
      </div>
    </Sheet>
  )
}
