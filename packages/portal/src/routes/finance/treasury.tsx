// 国库支付参数: what a fund's payments carry beside payee and amount, in versions; a batch keeps the version it was prepared with.
import { useParams } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer, Input } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { useActsAs } from '../../client/session.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Facts } from '../../components/facts.tsx'
import { ChoiceField, TextField } from '../../components/field.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'

type Treasury = Answer<'readTreasury'>
type Profile = NonNullable<Input<'setTreasury'>['body']>['profile']
type Field = Exclude<keyof Profile, 'letters'>

const GROUPS: Readonly<Record<'payer' | 'budget', readonly Field[]>> = {
  payer: ['payerName', 'payerAccount', 'payerBankName', 'payerBankCode'],
  budget: [
    'budgetUnitCode',
    'projectCode',
    'quotaDocument',
    'functionClass',
    'economicClass',
    'departmentClass',
    'fundNature',
    'paymentMode',
  ],
}

export function TreasuryPage(): ReactElement {
  const { t } = useTranslation('treasury')
  const { id } = useParams({ from: '/signed-in/finance/treasury/$id' })
  const treasury = useAnswer('readTreasury', { params: { id } })
  const sets = useActsAs('finance')
  const missing = new Set([...treasury.missing.xlsx, ...treasury.missing.pain001])
  return (
    <Page
      crumbs={[
        { label: t('crumb.fund'), to: '/finance/fund' },
        { label: t('settings.number', { number: treasury.fundNumber }) },
      ]}
      title={missing.size === 0 ? t('settings.title') : t('settings.title.missing', { count: missing.size })}
      lead={t('settings.lead')}
      provenance={t('settings.provenance', { version: treasury.version })}
    >
      <Columns
        main={
          sets ? (
            <Settings key={treasury.version} treasury={treasury} missing={missing} />
          ) : (
            <Shown treasury={treasury} />
          )
        }
        side={<Versions treasury={treasury} />}
      />
    </Page>
  )
}

function Shown({ treasury }: { treasury: Treasury }): ReactElement {
  const { t } = useTranslation('treasury')
  return (
    <Sheet title={t('settings')}>
      <Facts
        facts={[...GROUPS.payer, ...GROUPS.budget].map((field) => ({
          id: field,
          label: t(`field.${field}`),
          value: treasury.profile[field],
        }))}
      />
    </Sheet>
  )
}

interface SettingsProps {
  readonly treasury: Treasury
  readonly missing: ReadonlySet<string>
}

/** The account is shown masked, so it is typed again with every version. */
function Settings({ treasury, missing }: SettingsProps): ReactElement {
  const { t } = useTranslation('treasury')
  const [profile, setProfile] = useState<Profile>({ ...treasury.profile, payerAccount: null })
  const [reason, setReason] = useState('')
  const act = useAct('setTreasury')
  const change = (field: Field, text: string): void =>
    setProfile({ ...profile, [field]: text.trim() === '' ? null : text })
  const known = treasury.profile.payerAccount
  function submit(event: FormEvent): void {
    event.preventDefault()
    act.mutate({ params: { id: treasury.fundId }, body: { profile, reason } })
  }
  const field = (name: Field): ReactElement => (
    <TextField
      key={name}
      label={t(`field.${name}`)}
      {...(name === 'payerAccount' && known !== null
        ? { help: t('settings.account', { account: known }) }
        : missing.has(name)
          ? { help: t('settings.missing') }
          : {})}
      value={profile[name] ?? ''}
      onChange={(text) => change(name, text)}
      maxLength={140}
    />
  )
  return (
    <Sheet title={t('settings')}>
      <form className="sheet-body stack" onSubmit={submit}>
        <h3 className="small">{t('settings.payer')}</h3>
        {GROUPS.payer.map(field)}
        <h3 className="small">{t('settings.budget')}</h3>
        {GROUPS.budget.map(field)}
        <ChoiceField
          label={t('field.letters')}
          value={profile.letters}
          onChange={(letters) =>
            setProfile({ ...profile, letters: letters === 'swift' ? 'swift' : 'chinese' })
          }
          choices={[
            { value: 'chinese', label: t('letters.chinese') },
            { value: 'swift', label: t('letters.swift') },
          ]}
        />
        {profile.letters === 'swift' && field('payerLatinName')}
        <TextField label={t('settings.reason')} value={reason} onChange={setReason} maxLength={500} />
        <ErrorNote error={act.error} />
        <button className="button" disabled={act.isPending || reason.trim().length < 2}>
          {t('settings.set', { version: treasury.version + 1 })}
        </button>
      </form>
    </Sheet>
  )
}

function Versions({ treasury }: { treasury: Treasury }): ReactElement {
  const { t } = useTranslation('treasury')
  const { instant } = useFormat()
  return (
    <Sheet title={t('versions')}>
      {treasury.versions.length === 0 ? (
        <EmptyState>{t('versions.none')}</EmptyState>
      ) : (
        <Facts
          facts={treasury.versions.map((each) => ({
            id: String(each.version),
            label: t('versions.number', { version: each.version }),
            value: each.reason,
            source: `${each.setBy} · ${instant(each.setAt)} · ${each.changed.map((name) => t(`field.${name}`)).join(t('comma'))}`,
          }))}
        />
      )}
    </Sheet>
  )
}
