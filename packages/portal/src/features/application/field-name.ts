import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useSay } from '../../components/use-say.ts'

type Asks = Answer<'readApplication'>['asks']

/** The name of a field as a correction uses it: of the contract, a document, a statement, a proof or a declared fact. */
export function useFieldName({ asks }: { readonly asks: Asks }): (field: string) => string {
  const { t } = useTranslation(['application', 'words', 'desk'])
  const say = useSay()
  return (field) => {
    const declared = asks.declared.find(({ fact }) => `statements.${fact}` === field)
    if (declared !== undefined) return say(declared.label)
    if (field.startsWith('documents.')) {
      return t(`words:document.${field.slice('documents.'.length)}` as 'words:document.invoice')
    }
    if (field.startsWith('proofs.')) return t(`desk:${field}` as 'desk:proofs.invoices')
    if (field === 'statements.relatedParties') return t('application:statement.relatedParties')
    if (field === 'statements.otherCitySubsidy') return t('application:statement.otherCitySubsidy')
    return t(`application:field.${field}` as 'application:field.contract.number')
  }
}
