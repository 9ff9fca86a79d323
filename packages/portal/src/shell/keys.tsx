// The keys of every page: `/` to search, `?` for this list.
import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../components/dialog.tsx'
import { useKeys } from '../components/use-keys.ts'

const KEYS = ['/', 'j', 'k', '?'] as const
const NAMES = { '/': 'search', j: 'next', k: 'previous', '?': 'help' } as const

export function KeyHelp({ search }: { search: boolean }): ReactElement {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  useKeys({
    '/': () => {
      if (!search) return
      const box = document.querySelector<HTMLInputElement>('#search-all input')
      if (box === null) void navigate({ to: '/find' })
      else box.focus()
    },
    '?': () => setOpen(true),
  })
  return (
    <>
      <button type="button" className="button-link" onClick={() => setOpen(true)}>
        {t('keys')}
      </button>
      <Dialog
        title={t('keys')}
        open={open}
        onClose={() => setOpen(false)}
        actions={
          <button type="button" className="button" onClick={() => setOpen(false)}>
            {t('keys.close')}
          </button>
        }
      >
        <dl className="key-list">
          {KEYS.map((key) => (
            <div key={key}>
              <dt>
                <kbd>{key.toUpperCase()}</kbd>
              </dt>
              <dd>{t(`keys.${NAMES[key]}`)}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </>
  )
}
