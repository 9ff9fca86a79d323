// From a voucher to its proof: the file that shows, without anybody's word, that its postings are in the published ledger.
import { Link } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNote } from '../../components/error-note.tsx'
import { Sheet } from '../../components/page.tsx'
import { keepVoucher } from './keep.ts'

export function ProveVoucher({ voucherId }: { voucherId: string }): ReactElement {
  const { t } = useTranslation('proof')
  const [working, setWorking] = useState(false)
  const [error, setError] = useState<Error | null>(null)
  const [made, setMade] = useState(false)
  async function make(): Promise<void> {
    setWorking(true)
    setError(null)
    try {
      await keepVoucher(voucherId)
      setMade(true)
    } catch (failed) {
      setError(failed as Error)
    }
    setWorking(false)
  }
  return (
    <Sheet id="prove" title={t('voucher')}>
      <div className="sheet-body stack">
        <p className="small">{t('voucher.why')}</p>
        <ErrorNote error={error} />
        <button
          type="button"
          className="button"
          data-kind="quiet"
          disabled={working}
          onClick={() => void make()}
        >
          {t('voucher.make')}
        </button>
        <p className="small" role="status">
          {made && t('voucher.made')} <Link to="/proof">{t('voucher.check')}</Link>
        </p>
      </div>
    </Sheet>
  )
}
