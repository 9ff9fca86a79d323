import { capsPicture } from '@suanquan/api'
import type { ReactElement } from 'react'
import { PictureFigure } from '../../charts/picture.tsx'
import { useLanguage } from '../../components/use-language.ts'
import type { Determination } from './determination.tsx'

/** What limited an amount, as bars; nothing where no amount comes of it. */
export function WhatLimited({ determination }: { determination: Determination }): ReactElement | null {
  const language = useLanguage()
  if (determination.eligible === 'no') return null
  return <PictureFigure picture={capsPicture(determination, language)} />
}
