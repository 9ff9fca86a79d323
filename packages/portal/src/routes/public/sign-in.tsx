import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { rolesOf, signIn, type Session } from '../../client/session.ts'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useSay } from '../../components/use-say.ts'
import { homeOf } from '../../shell/navigation.ts'
import { SignInForm } from '../../shell/sign-in-form.tsx'
import '../../components/table.css'

type Account = Answer<'readSite'>['demoAccounts'][number]

/** `stay`: shown in place of a page that needs signing in, which then opens by itself. */
export function SignIn({ stay = false }: { stay?: boolean }): ReactElement {
  const { t } = useTranslation('identity')
  const site = useAnswer('readSite')
  const navigate = useNavigate()
  function goHome(session: Session): void {
    if (!stay) void navigate({ to: homeOf(rolesOf(session)) })
  }
  const form = (
    <Sheet title={t('form')}>
      <div className="sheet-body">
        <SignInForm onDone={goHome} />
      </div>
    </Sheet>
  )
  return (
    <Page title={t(stay ? 'title.stay' : 'title')} lead={t('lead')}>
      {site.demoAccounts.length === 0 ? (
        <div className="narrow">{form}</div>
      ) : (
        <Columns main={<DemoAccounts accounts={site.demoAccounts} onDone={goHome} />} side={form} />
      )}
    </Page>
  )
}

interface DemoAccountsProps {
  readonly accounts: readonly Account[]
  readonly onDone: (session: Session) => void
}

function DemoAccounts({ accounts, onDone }: DemoAccountsProps): ReactElement {
  const { t } = useTranslation(['identity', 'shell'])
  const say = useSay()
  async function enter(account: Account): Promise<void> {
    onDone(await signIn(account.login, account.password))
  }
  return (
    <Sheet title={t('demo')} aside={t('demo.why')}>
      {/* who may try the demo: nothing to take away */}
      <table data-labelled data-unlisted>
        <thead>
          <tr>
            <th scope="col">{t('demo.who')}</th>
            <th scope="col">{t('shell:login')}</th>
            <th scope="col">{t('shell:password')}</th>
            <th scope="col">{t('demo.enter')}</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.login}>
              <td data-label={t('demo.who')} data-lead>
                <div>
                  {say(account.duty)}
                  <small>{account.name}</small>
                </div>
              </td>
              <td data-label={t('shell:login')}>{account.login}</td>
              <td data-label={t('shell:password')}>{account.password}</td>
              <td data-label={t('demo.enter')}>
                <button type="button" className="button-link" onClick={() => void enter(account)}>
                  {t('demo.enter_as', { login: account.login })}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Sheet>
  )
}
