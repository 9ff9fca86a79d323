// What a signed paper says, as it stands on it.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Facts, type Fact } from '../../components/facts.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { CredentialPaper } from './check.ts'
import '../../components/table.css'
import './credential.css'

export function PaperFacts({ paper }: { paper: CredentialPaper }): ReactElement {
  const { t } = useTranslation('credential')
  const { day, instant, read } = useFormat()
  const fact = (id: 'holder' | 'issuer' | 'issued' | 'expires', value: string, source?: string): Fact => ({
    id,
    label: t(`paper.${id}`),
    value,
    ...(source === undefined ? {} : { source }),
  })
  const own: Fact[] =
    'recipient' in paper
      ? [
          { id: 'recipient', label: t('paper.recipient'), value: paper.recipient },
          { id: 'purpose', label: t('paper.purpose'), value: paper.purpose },
          { id: 'on', label: t('paper.on'), value: day(paper.on) },
        ]
      : [
          { id: 'voucher', label: t('paper.voucher'), value: paper.voucher, source: paper.programme },
          { id: 'face', label: t('paper.face'), value: read(paper.faceFen) },
          { id: 'until', label: t('paper.until'), value: day(paper.usableUntil) },
        ]
  return (
    <>
      <Facts
        facts={[
          fact('holder', paper.holder, paper.creditCode),
          ...own,
          fact('issuer', paper.issuer, paper.jurisdiction),
          fact('issued', instant(paper.issuedAt)),
          fact('expires', day(paper.expiresOn)),
        ]}
      />
      {'recipient' in paper && <Lines lines={paper.vouchers} />}
      <div className="sheet-body">
        <p className="paper-notice">{paper.notice}</p>
      </div>
    </>
  )
}

type Line = Extract<CredentialPaper, { recipient: string }>['vouchers'][number]

function Lines({ lines }: { lines: readonly Line[] }): ReactElement {
  const { t } = useTranslation('credential')
  const { day, read } = useFormat()
  const amounts = ['faceFen', 'usableFen', 'heldFen', 'redeemedFen'] as const
  return (
    <table data-labelled data-unlisted>
      <caption className="unseen">{t('paper.vouchers')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('paper.voucher')}</th>
          <th scope="col">{t('paper.until')}</th>
          {amounts.map((name) => (
            <th scope="col" className="number" key={name}>
              {t(`paper.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.voucher}>
            <td data-lead data-label={t('paper.voucher')}>
              <div>
                {line.voucher}
                <small>{line.programme}</small>
              </div>
            </td>
            <td data-label={t('paper.until')}>
              <div>{day(line.usableUntil)}</div>
            </td>
            {amounts.map((name) => (
              <td className="number" key={name} data-label={t(`paper.${name}`)}>
                <div>{read(line[name])}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
