// What the parts of a programme's money are called on a page.
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useDistrict } from '../../components/use-district.ts'

export type Part = Answer<'readPools'>['parts'][number]
export type Move = Answer<'listPoolMoves'>['items'][number]

/** A part by its own name, with what it is. */
export function usePartName(): (part: Pick<Part, 'kind' | 'name' | 'district' | 'reference'>) => string {
  const { t } = useTranslation('pool')
  const district = useDistrict()
  return ({ kind, name, district: code, reference }) => {
    if (kind === 'own') return t('part.own')
    const where = kind === 'batch' ? reference : district(code)
    return name.includes(where) ? name : t('part.named', { name, where })
  }
}

/** A place of a move: an allotment by its name, the others by what they are. */
export function usePlaceName(): (place: string, name: string) => string {
  const { t } = useTranslation('pool')
  return (place, name) =>
    place === 'pool' || place === 'appropriation' || place === 'treasury' ? t(`place.${place}`) : name
}
