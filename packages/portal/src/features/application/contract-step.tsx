import { datesProblem } from '@suanquan/core/application'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { SelectField, TextField } from '../../components/field.tsx'
import { MoneyField } from '../../components/money-field.tsx'
import { Sheet } from '../../components/page.tsx'
import { PriceRows } from './price-rows.tsx'
import { useRemark, type Remark } from './remark.ts'
import { withField, type Application, type Contract, type DraftForm } from './use-draft.ts'

const USES = [
  'training',
  'finetune',
  'inference',
  'research',
  'storage',
  'network',
  'security',
  'other',
] as const

interface StepProps {
  readonly application: Application
  readonly form: DraftForm
}

/** The service contract as it was signed. */
export function ContractStep({ application, form }: StepProps): ReactElement {
  const { t } = useTranslation('application')
  const { contract } = form.draft
  const remark = useRemark(application)
  const set = <Key extends keyof Contract>(key: Key, value: Contract[Key] | undefined): void =>
    form.change({ ...form.draft, contract: withField(contract, key, value) })
  const dates = datesProblem(contract)
  const text = (key: 'number' | 'signedOn' | 'startsOn', type: 'text' | 'date'): ReactElement => (
    <TextField
      label={t(`field.contract.${key}`)}
      type={type}
      value={contract[key] ?? ''}
      onChange={(value) => set(key, value)}
      {...remark(`contract.${key}`)}
    />
  )
  return (
    <Sheet title={t('contract')}>
      <div className="form">
        {text('number', 'text')}
        <Counterparty application={application} contract={contract} set={set} />
        {text('signedOn', 'date')}
        <SelectField
          label={t('field.contract.use')}
          none={t('choose_one')}
          value={contract.use ?? ''}
          onChange={(value) =>
            set(
              'use',
              USES.find((use) => use === value),
            )
          }
          choices={USES.map((use) => ({ value: use, label: t(`use.${use}`) }))}
          {...remark('contract.use')}
        />
        {text('startsOn', 'date')}
        <TextField
          label={t('field.contract.endsOn')}
          type="date"
          value={contract.endsOn ?? ''}
          onChange={(value) => set('endsOn', value)}
          {...remark('contract.endsOn')}
          {...(dates === null ? {} : { error: t(`missing.dates.${dates}`) })}
        />
        <Amounts application={application} contract={contract} set={set} />
        <Prices contract={contract} set={set} remark={remark('contract.prices')} />
        <TextField
          label={t('field.contract.cluster')}
          help={t('field.contract.cluster.help')}
          value={contract.cluster ?? ''}
          onChange={(value) => set('cluster', value.toLowerCase())}
          {...remark('contract.cluster')}
        />
        <TextField
          label={t('field.contract.account')}
          help={t('field.contract.account.help')}
          value={contract.account ?? ''}
          onChange={(value) => set('account', value.toLowerCase())}
          {...remark('contract.account')}
        />
      </div>
    </Sheet>
  )
}

/** Whom the applicant names: whom it buys from, or whom it sells to. */
function Counterparty({ application, contract, set }: AmountsProps): ReactElement {
  const { t } = useTranslation('application')
  const remark = useRemark(application)
  if (application.asks.counterparty === 'providerId')
    return (
      <Provider
        value={contract.providerId}
        onChange={(value) => set('providerId', value)}
        remark={remark('contract.providerId')}
      />
    )
  return (
    <TextField
      label={t('field.contract.buyerCode')}
      help={t('field.contract.buyerCode.help')}
      value={contract.buyerCode ?? ''}
      onChange={(value) => set('buyerCode', value.trim().toUpperCase())}
      {...remark('contract.buyerCode')}
    />
  )
}

interface PricesProps extends Pick<AmountsProps, 'contract' | 'set'> {
  readonly remark: Remark
}

function Prices({ contract, set, remark }: PricesProps): ReactElement {
  return (
    <fieldset className="wide" disabled={remark.disabled}>
      <PriceRows prices={contract.prices ?? []} onChange={(prices) => set('prices', prices)} />
      {remark.error !== undefined && <p className="remark">{remark.error}</p>}
    </fieldset>
  )
}

interface AmountsProps {
  readonly application: Application
  readonly contract: Contract
  readonly set: <Key extends keyof Contract>(key: Key, value: Contract[Key] | undefined) => void
}

function Amounts({ application, contract, set }: AmountsProps): ReactElement {
  const { t } = useTranslation('application')
  const remark = useRemark(application)
  const { amountFen, excludedFen } = contract
  const above =
    amountFen !== undefined && excludedFen !== undefined && BigInt(excludedFen) > BigInt(amountFen)
  return (
    <>
      <MoneyField
        label={t('field.contract.amountFen')}
        fen={amountFen}
        onChange={(fen) => set('amountFen', fen)}
        {...remark('contract.amountFen')}
      />
      <MoneyField
        label={t('field.contract.excludedFen')}
        help={t('field.contract.excludedFen.help')}
        fen={excludedFen}
        onChange={(fen) => set('excludedFen', fen)}
        {...remark('contract.excludedFen')}
        {...(above ? { error: t('field.contract.excludedFen.above') } : {})}
      />
    </>
  )
}

interface ProviderProps {
  readonly value: string | undefined
  readonly onChange: (value: string) => void
  readonly remark: Remark
}

function Provider({ value, onChange, remark }: ProviderProps): ReactElement {
  const { t } = useTranslation('application')
  const providers = useAnswer('listProviders').items
  return (
    <SelectField
      label={t('field.contract.providerId')}
      none={t('choose_one')}
      value={value ?? ''}
      onChange={onChange}
      choices={providers.map(({ id, name }) => ({ value: id, label: name }))}
      {...remark}
    />
  )
}
