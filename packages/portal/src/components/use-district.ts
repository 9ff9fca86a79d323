import { useAnswer } from '../client/queries.ts'
import { useSay } from './use-say.ts'

/** A division by its name where the site gives it one, else by its code. */
export function useDistrict(): (code: string) => string {
  const { districts } = useAnswer('readSite').particulars
  const text = useSay()
  return (code) => {
    const named = districts.find((district) => district.code === code)
    return named === undefined ? code : text(named)
  }
}
