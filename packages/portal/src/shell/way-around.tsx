// The way around: as many places as fit in one row, in the order of the day, and the rest behind one press.
import { Link, useLocation } from '@tanstack/react-router'
import { useLayoutEffect, useRef, useState, type ReactElement, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../components/use-language.ts'
import { Menu } from './menu.tsx'
import type { Place } from './navigation.ts'

export function WayAround({ places }: { places: readonly Place[] }): ReactElement {
  const { t } = useTranslation('shell')
  const row = useRef<HTMLElement>(null)
  const fitting = useFitting(row, `${useLanguage()} ${places.map(({ id }) => id).join(' ')}`)
  const { pathname } = useLocation()
  const [shown, rest] = [places.slice(0, fitting), places.slice(fitting)]
  /** a place above others in the address is current only on its own page */
  const isAbove = (to: string): boolean => to === '/' || places.some((place) => place.to.startsWith(`${to}/`))
  const isHere = (to: string): boolean => pathname === to || (!isAbove(to) && pathname.startsWith(`${to}/`))
  const link = ({ id, to }: Place): ReactElement => (
    <Link key={id} to={to} activeOptions={{ exact: isAbove(to) }} activeProps={{ 'aria-current': 'page' }}>
      {t(`nav.${id}` as 'nav.home')}
    </Link>
  )
  return (
    <nav ref={row} className="frame-nav" aria-label={t('nav.label')}>
      {shown.map(link)}
      {rest.length > 0 && (
        <Menu label={t('more')} className="frame-more" holdsCurrent={rest.some(({ to }) => isHere(to))}>
          {rest.map(link)}
        </Menu>
      )}
      <div className="frame-measure" aria-hidden="true">
        {places.map(({ id }) => (
          <span key={id}>{t(`nav.${id}` as 'nav.home')}</span>
        ))}
        <span>{t('more')} ▾</span>
      </div>
    </nav>
  )
}

/** How many of the measured words fit in the row; the last measured is the press that opens the rest. */
function useFitting(row: RefObject<HTMLElement | null>, words: string): number {
  const [fitting, setFitting] = useState(Number.MAX_SAFE_INTEGER)
  useLayoutEffect(() => {
    const nav = row.current!
    const measured = nav.querySelector('.frame-measure')!
    const fit = (): void => setFitting(countFitting(nav.clientWidth, measured.children))
    const watch = new ResizeObserver(fit)
    watch.observe(nav)
    watch.observe(measured)
    fit()
    return () => watch.disconnect()
  }, [row, words])
  return fitting
}

/** space between two words of the row, pixels */
const APART = 16

function countFitting(room: number, words: HTMLCollection): number {
  const widths = [...words].map((word) => (word as HTMLElement).offsetWidth + APART)
  const more = widths.pop()!
  const taken = widths.reduce((sum, width) => sum + width, -APART)
  if (taken <= room) return widths.length
  let left = room - more
  const stop = widths.findIndex((width) => (left -= width) < 0)
  return Math.max(1, stop)
}
