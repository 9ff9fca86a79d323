// 看 查 办 问: what can be read, looked up, applied for and asked here, and what is open now.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
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
  const left = open.reduce((sum, { poolLeftFen }) => sum + BigInt(poolLeftFen), 0n)
  return (
    <Page
      title={open.length === 0 ? t('title.none') : t('title.open', { count: open.length, left: say(left) })}
      lead={t('lead')}
      provenance={t('provenance', { now: instant(site.now) })}
    >
      <Ways contact={site.contact} />
      <Columns
        main={<Programmes programmes={programmes} />}
        side={
          <Sheet title={t('notices')} aside={<Link to="/notices">{t('all_notices')}</Link>}>
            <NoticeList notices={notices.items} />
          </Sheet>
        }
      />
    </Page>
  )
}

function Ways({ contact }: { contact: string }): ReactElement {
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
        <span className="ways-plain">{way(t('ask.sign'), t('ask'), contact)}</span>
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
  const days = {
    from: day(programme.opensOn),
    to: day(programme.closesOn),
    claims: day(programme.claimsUntil),
  }
  return (
    <Sheet
      title={text(programme.title)}
      aside={t(programme.open ? 'programme.open' : 'programme.closed', days)}
      actions={
        <>
          <Link className="button" to="/programmes/$id" params={{ id: programme.id }}>
            {t('programme.read')}
          </Link>
          {programme.open && (
            <Link className="button" data-kind="quiet" to="/apply">
              {t('programme.apply')}
            </Link>
          )}
          <span className="note">{programme.authority}</span>
        </>
      }
    >
      <div className="sheet-body">
        <p>{t('programme.pool', { left: say(programme.poolLeftFen), whole: say(programme.poolFen) })}</p>
        <PoolBar whole={programme.poolFen} left={programme.poolLeftFen} />
        <p className="quiet small">{t('programme.claims', days)}</p>
      </div>
    </Sheet>
  )
}

function PoolBar({ whole, left }: { whole: string; left: string }): ReactElement {
  const { t } = useTranslation('home')
  const share = BigInt(whole) === 0n ? 0 : Number((BigInt(left) * 1000n) / BigInt(whole)) / 10
  return (
    <div className="pool-bar">
      <div aria-hidden="true">
        <i style={{ width: `${share}%` }} />
      </div>
      <span>{t('programme.left', { share })}</span>
    </div>
  )
}
