// 看 查 办 问 评: what can be read, looked up, applied for, asked and appraised here, and what is open now.
import { burnDownPicture } from '@suanquan/api'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PictureFigure } from '../../charts/picture.tsx'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { TextField } from '../../components/field.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useLanguage } from '../../components/use-language.ts'
import { useSay } from '../../components/use-say.ts'
import { daysUntil } from '../../format/time.ts'
import { NoticeList } from '../../features/disclosure/notice-list.tsx'
import { homeOf } from '../../shell/navigation.ts'
import './home.css'

type Adoption = Answer<'listAdoptions'>['items'][number]

export function Home(): ReactElement {
  const { t } = useTranslation('home')
  const { say, instant } = useFormat()
  const site = useAnswer('readSite')
  const programmes = useAnswer('listAdoptions').items
  const notices = useAnswer('listNotices', { query: { size: 5 } })
  const open = programmes.filter((programme) => programme.open)
  const [largest] = (open.length > 0 ? open : programmes).toSorted((one, other) =>
    BigInt(one.poolFen) < BigInt(other.poolFen) ? 1 : -1,
  )
  const left = open.reduce((sum, { poolLeftFen }) => sum + BigInt(poolLeftFen), 0n)
  return (
    <Page
      title={open.length === 0 ? t('title.none') : t('title.open', { count: open.length, left: say(left) })}
      lead={t('lead')}
      provenance={t('provenance', { now: instant(site.now) })}
    >
      <SearchLine />
      <Ways />
      <Columns
        main={<Programmes programmes={programmes} />}
        side={
          <>
            {largest !== undefined && <Pool programme={largest} />}
            <Sheet title={t('notices')} aside={<Link to="/notices">{t('all_notices')}</Link>}>
              <NoticeList notices={notices.items} />
            </Sheet>
          </>
        }
      />
    </Page>
  )
}

/** How long the largest pool will last, in one picture. */
function Pool({ programme }: { programme: Adoption }): ReactElement {
  const { t } = useTranslation('home')
  const text = useSay()
  const language = useLanguage()
  const data = useAnswer('readBurnDown', { params: { id: programme.id } })
  return (
    <Sheet title={t('pool')} aside={text(programme.title)}>
      <PictureFigure picture={burnDownPicture(data, language)} />
    </Sheet>
  )
}

function SearchLine(): ReactElement {
  const { t } = useTranslation('home')
  const navigate = useNavigate()
  const [words, setWords] = useState('')
  function search(event: FormEvent): void {
    event.preventDefault()
    const q = words.trim()
    if (q !== '') void navigate({ to: '/search', search: { q } as never })
  }
  return (
    <form className="search-line" role="search" onSubmit={search}>
      <TextField label={t('search')} type="search" maxLength={60} value={words} onChange={setWords} />
      <button className="button" data-kind="quiet">
        {t('search.do')}
      </button>
    </form>
  )
}

function Ways(): ReactElement {
  const { t } = useTranslation('home')
  const roles = rolesOf(useSession())
  const way = (sign: string, name: string, does: string): ReactElement => (
    <>
      <b aria-hidden="true">{sign}</b>
      <span>
        {name}
        <small>{does}</small>
      </span>
    </>
  )
  return (
    <ul className="ways">
      <li>
        <Link to="/notices">{way(t('see.sign'), t('see'), t('see.does'))}</Link>
      </li>
      <li>
        <Link to="/progress">{way(t('check.sign'), t('check'), t('check.does'))}</Link>
      </li>
      <li>
        <Link to={roles.size === 0 ? '/sign-in' : homeOf(roles)}>
          {way(t('do.sign'), t('do'), t('do.does'))}
        </Link>
      </li>
      <li>
        <Link to="/ask">{way(t('ask.sign'), t('ask'), t('ask.does'))}</Link>
      </li>
      <li>
        <Link to="/appraisals">{way(t('appraise.sign'), t('appraise'), t('appraise.does'))}</Link>
      </li>
    </ul>
  )
}

function Programmes({ programmes }: { programmes: readonly Adoption[] }): ReactElement {
  const { t } = useTranslation('home')
  if (programmes.length === 0) {
    return (
      <Sheet title={t('programmes')}>
        <EmptyState>{t('programmes.none')}</EmptyState>
      </Sheet>
    )
  }
  return (
    <>
      {programmes.map((programme) => (
        <ProgrammeSheet key={programme.id} programme={programme} />
      ))}
    </>
  )
}

function ProgrammeSheet({ programme }: { programme: Adoption }): ReactElement {
  const { t } = useTranslation('home')
  const { day, say } = useFormat()
  const text = useSay()
  const { today } = useAnswer('readSite')
  const days = {
    from: day(programme.opensOn),
    to: day(programme.closesOn),
    claims: day(programme.claimsUntil),
  }
  return (
    <Sheet
      title={text(programme.title)}
      aside={
        programme.openUntil === null
          ? t(today < programme.opensOn ? 'programme.ahead' : 'programme.closed', days)
          : t('programme.days_left', {
              to: day(programme.openUntil),
              count: daysUntil(today, programme.openUntil),
            })
      }
      actions={
        <>
          <Link className="button" to="/programmes/$id" params={{ id: programme.id }}>
            {t('programme.read')}
          </Link>
          <Link
            className="button"
            data-kind="quiet"
            to="/calculator"
            search={{ programme: programme.id, start: 'yes' } as never}
          >
            {t('programme.check')}
          </Link>
          {programme.open && <Link to="/apply">{t('programme.apply')}</Link>}
          <span className="note">{programme.authority}</span>
        </>
      }
    >
      <div className="sheet-body">
        {programme.poolFen === '0' ? (
          <p>{t('programme.no_pool')}</p>
        ) : (
          <>
            <p>{t('programme.pool', { left: say(programme.poolLeftFen), whole: say(programme.poolFen) })}</p>
            <PoolBar whole={programme.poolFen} left={programme.poolLeftFen} />
          </>
        )}
        <p className="quiet small">{t('programme.claims', days)}</p>
      </div>
    </Sheet>
  )
}

function PoolBar({ whole, left }: { whole: string; left: string }): ReactElement {
  const { t } = useTranslation('home')
  const share = Number((BigInt(left) * 1000n) / BigInt(whole)) / 10
  return (
    <div className="pool-bar">
      <div aria-hidden="true">
        <i style={{ width: `${share}%` }} />
      </div>
      <span>{t('programme.left', { share })}</span>
    </div>
  )
}
