// A paper that was made: its code to scan, the file to keep, the document to print, and the way to revoke it.
import { lazy, Suspense, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { DocumentButton } from '../../components/document-button.tsx'
import { Facts } from '../../components/facts.tsx'
import { Columns, Sheet } from '../../components/page.tsx'
import { Pending } from '../../components/pending.tsx'
import { ReasonedAct } from '../../components/reasoned-act.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { saveFile } from '../../format/save-file.ts'
import type { CredentialPaper } from './check.ts'
import { verifyLink } from './link.ts'
import { PaperFacts } from './paper-facts.tsx'
import { toneOf } from './tone.ts'
import './credential.css'

const QrCode = lazy(() => import('./qr-code.tsx'))

export function MadePaper({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('credential')
  const made = useAnswer('readCredential', { params: { id } })
  const { day, instant } = useFormat()
  const { paper } = JSON.parse(made.text) as { paper: CredentialPaper }
  const link = verifyLink(made.text)
  const name = made.voucherNumber ?? made.on
  return (
    <Columns
      main={
        <Sheet title={t(`kind.${made.kind}`)}>
          <PaperFacts paper={paper} />
        </Sheet>
      }
      side={
        <>
          <Sheet title={t('made.code')}>
            <div className="sheet-body stack">
              <Suspense fallback={<Pending />}>
                <QrCode text={link} label={t('made.code_label')} />
              </Suspense>
              <p className="small quiet">{t('made.code_says')}</p>
              <div className="paper-acts">
                <a href={link}>{t('made.link')}</a>
                <button
                  type="button"
                  className="button"
                  data-kind="quiet"
                  onClick={() =>
                    saveFile(
                      `${t(`kind.${made.kind}`)} ${name}.json`,
                      new Blob([made.text], { type: 'application/json' }),
                    )
                  }
                >
                  {t('made.json')}
                </button>
                <DocumentButton route="readCredentialDocument" id={made.id} />
              </div>
            </div>
          </Sheet>
          <Sheet title={t('made.standing')}>
            <Facts
              facts={[
                {
                  id: 'state',
                  label: t('column.state'),
                  value: <StatusTag tone={toneOf(made.state)}>{t(`state.${made.state}`)}</StatusTag>,
                  ...(made.revokedReason === null ? {} : { source: made.revokedReason }),
                },
                { id: 'expires', label: t('paper.expires'), value: day(made.expiresOn) },
                {
                  id: 'looks',
                  label: t('column.looks'),
                  value: t('looks', { count: made.looks }),
                  ...(made.lookedAt === null ? {} : { source: t('looked', { at: instant(made.lookedAt) }) }),
                },
                { id: 'by', label: t('made.by'), value: made.issuedBy, source: instant(made.issuedAt) },
              ]}
            />
            <Revoke id={made.id} state={made.state} />
          </Sheet>
        </>
      }
    />
  )
}

function Revoke({ id, state }: { id: string; state: 'valid' | 'expired' | 'revoked' }): ReactElement | null {
  const { t } = useTranslation('credential')
  const act = useAct('revokeCredential')
  if (state !== 'valid') return null
  return (
    <div className="sheet-body">
      <ReasonedAct
        label={t('revoke')}
        title={t('revoke.title')}
        reasonLabel={t('revoke.reason')}
        act={act}
        onAct={(reason) => act.mutateAsync({ params: { id }, body: { reason } })}
      />
    </div>
  )
}
