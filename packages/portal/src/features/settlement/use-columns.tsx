// Rated use with where its record came from: a file, or an agent's batch whose signature was checked when it was read.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import type { Column } from '../../components/data-table.tsx'
import { Money } from '../../components/money.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ledgerMoney } from '../../format/money.ts'

export type UsedLine = Answer<'readPaymentChain'>['use']['items'][number]

export function useUseColumns(): readonly Column<UsedLine>[] {
  const { t } = useTranslation('treasury')
  const { instant } = useFormat()
  const cards = (line: UsedLine): string =>
    line.unitsPerCard === 1 ? String(line.units) : `${line.units}/${line.unitsPerCard}`
  return [
    {
      id: 'run',
      label: t('use.run'),
      leads: true,
      text: (line) => `${line.job} ${line.cluster}`,
      cell: (line) => (
        <>
          {t('use.job', { job: line.job })}
          <small>
            {line.cluster} · {line.chip}
          </small>
        </>
      ),
    },
    {
      id: 'from',
      label: t('use.from'),
      text: (line) => `${line.startedAt} ${line.endedAt}`,
      cell: (line) => (
        <>
          {instant(line.startedAt)}
          <small>{t('use.until', { at: instant(line.endedAt) })}</small>
        </>
      ),
    },
    { id: 'cards', label: t('use.cards'), numeric: true, text: cards, cell: cards },
    {
      id: 'amount',
      label: t('use.amount'),
      numeric: true,
      text: (line) => ledgerMoney(line.amountFen),
      cell: (line) => (
        <>
          <Money fen={line.amountFen} form="ledger" />
          <small>{t('use.price', { price: ledgerMoney(line.priceFenPerCardHour) })}</small>
        </>
      ),
    },
    {
      id: 'evidence',
      label: t('use.evidence'),
      text: (line) => line.evidence?.fileName ?? '',
      cell: (line) => <Evidence line={line} />,
    },
  ]
}

function Evidence({ line }: { line: UsedLine }): ReactElement {
  const { t } = useTranslation('treasury')
  const { evidence } = line
  if (evidence === null) return <StatusTag tone="stopped">{t('evidence.none')}</StatusTag>
  const { batch, raw } = evidence
  return (
    <>
      {batch === null ? (
        evidence.fileName
      ) : (
        <StatusTag tone={batch.genuine ? 'done' : 'stopped'}>
          {t(batch.genuine ? 'evidence.genuine' : 'evidence.false', {
            feed: batch.feed,
            number: batch.number,
          })}
        </StatusTag>
      )}
      <details>
        <summary>{t('evidence.more')}</summary>
        <small>
          {t('evidence.record', { hash: line.recordHash ?? '—' })}
          <br />
          SHA-256 {evidence.sha256}
          {batch !== null && (
            <>
              <br />
              {t('evidence.key', { algorithm: batch.algorithm, key: batch.key })}
            </>
          )}
          {raw.map((file) => (
            <span key={file.sm3}>
              <br />
              {t('evidence.raw', { name: file.name, count: file.samples, sm3: file.sm3 })}
            </span>
          ))}
        </small>
      </details>
    </>
  )
}
