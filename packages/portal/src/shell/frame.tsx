// The frame of every page: the mark, the way around by role, language and type size, and at the foot who answers for it.
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../client/call.ts'
import { useExpired } from '../client/expiry.ts'
import { useAnswer } from '../client/queries.ts'
import { rolesOf, signOut, useSession, type Session } from '../client/session.ts'
import { Pending } from '../components/pending.tsx'
import { useLanguage } from '../components/use-language.ts'
import { useSay } from '../components/use-say.ts'
import { chooseLanguage } from '../i18n.ts'
import { Menu } from './menu.tsx'
import { maySearch, placesFor } from './navigation.ts'
import { applyTypeSize, storedTypeSize, type TypeSize } from './type-size.ts'
import { WayAround } from './way-around.tsx'
import './frame.css'

// only for whoever is signed in: a public page does not carry them
const Bell = lazy(() => import('../features/message/bell.tsx').then((module) => ({ default: module.Bell })))
const ExpiredDialog = lazy(() =>
  import('./expired-dialog.tsx').then((module) => ({ default: module.ExpiredDialog })),
)
const KeyHelp = lazy(() => import('./keys.tsx').then((module) => ({ default: module.KeyHelp })))

export function Frame(): ReactElement {
  const { t } = useTranslation('shell')
  const session = useSession()
  const expired = useExpired()
  const site = useAnswer('readSite')
  const language = useLanguage()
  const siteName = language === 'zh-CN' ? site.name.zh : site.name.en
  return (
    <>
      <a className="skip-link" href="#main">
        {t('skip')}
      </a>
      <header className="frame-head">
        <div className="frame-bar">
          <Link to="/" className="frame-brand">
            <Mark />
            <span>
              {t('brand')} · {siteName}
            </span>
          </Link>
          <WayAround places={placesFor(rolesOf(session))} />
          <Person session={session} />
        </div>
      </header>
      <main id="main" tabIndex={-1} className="frame-main">
        <Suspense fallback={<Pending />}>
          <Outlet />
        </Suspense>
      </main>
      <footer className="frame-foot">
        <p>
          {site.demo && <b>{t('foot.demo')} </b>}
          {useFoot(site.particulars).map((line) => (
            <span key={line}>{line} · </span>
          ))}
          {t('foot.contact', { contact: site.contact })} · {t('foot.version', { version: site.version })}
        </p>
        <FootLinks session={session} />
        <Suspense>{session !== null && <KeyHelp search={maySearch(rolesOf(session))} />}</Suspense>
      </footer>
      <Suspense>{(session !== null || expired) && <ExpiredDialog />}</Suspense>
    </>
  )
}

/** Who runs the site, and the numbers under which it is registered, as far as they are written down. */
function useFoot(particulars: Answer<'readSite'>['particulars']): string[] {
  const { t } = useTranslation('shell')
  const authority = useSay()(particulars.authority)
  const { siteCode, icpNumber, publicSecurityNumber, address } = particulars
  return [
    authority === '' ? '' : t('foot.authority', { authority }),
    address,
    siteCode === '' ? '' : t('foot.site_code', { code: siteCode }),
    icpNumber,
    publicSecurityNumber,
  ].filter((line) => line !== '')
}

function Mark(): ReactElement {
  return (
    <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
      <path fill="#0b5876" d="M2 2h10v5h3v4h-3v4h3v4h-3v5H2z" />
      <path fill="#a93622" d="M15 2h9v22h-9v-4h3v-6h-3v-4h3V5h-3z" />
    </svg>
  )
}

function Person({ session }: { session: Session | null }): ReactElement {
  const { t } = useTranslation('shell')
  return (
    <div className="frame-person">
      {maySearch(rolesOf(session)) && (
        <Link to={'/find' as never}>
          {t('search')} <kbd>/</kbd>
        </Link>
      )}
      <Suspense>{session !== null && <Bell />}</Suspense>
      <LanguageSwitch />
      {session === null ? (
        <>
          <TypeSwitch />
          <Link to="/sign-in">{t('sign_in')}</Link>
        </>
      ) : (
        <Account session={session} />
      )}
    </div>
  )
}

/** Who is signed in and for whom; type size and the way out are behind the name. */
function Account({ session }: { session: Session }): ReactElement {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  async function leave(): Promise<void> {
    await signOut()
    await navigate({ to: '/' })
  }
  return (
    <Menu label={session.displayName} className="frame-who">
      {session.grants.map((grant) => (
        <p key={`${grant.role} ${grant.organisationName}`}>
          {[grant.organisationName, t(`role.${grant.role}` as 'role.clerk')].filter(Boolean).join(' · ')}
        </p>
      ))}
      <TypeSwitch />
      <button type="button" className="button-link" onClick={() => void leave()}>
        {t('sign_out')}
      </button>
    </Menu>
  )
}

function LanguageSwitch(): ReactElement | null {
  const { t } = useTranslation('shell')
  const language = useLanguage()
  const { languages } = useAnswer('readSite').particulars
  const other = language === 'zh-CN' ? 'en' : 'zh-CN'
  if (languages === 'zh' && language === 'zh-CN') return null
  return (
    <button type="button" className="button-link" lang={other} onClick={() => void chooseLanguage(other)}>
      {t('other_language')}
    </button>
  )
}

function TypeSwitch(): ReactElement {
  const { t } = useTranslation('shell')
  const [size, setSize] = useState<TypeSize>(storedTypeSize)
  function change(): void {
    const next = size === 'normal' ? 'large' : 'normal'
    applyTypeSize(next)
    setSize(next)
  }
  return (
    <button type="button" className="button-link" aria-pressed={size === 'large'} onClick={change}>
      {t('large_type')}
    </button>
  )
}

function FootLinks({ session }: { session: Session | null }): ReactElement | null {
  const { t } = useTranslation('shell')
  if (session === null) return null
  return (
    <nav aria-label={t('foot.label')}>
      <Link to="/">{t('nav.home')}</Link>
      <Link to="/notices">{t('nav.notices')}</Link>
      <Link to="/progress">{t('nav.progress')}</Link>
    </nav>
  )
}
