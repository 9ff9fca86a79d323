// The letters of the documents: the operator's own files where the installation names them, else the optional package
// with Noto Sans SC (SIL Open Font License). Without either there are no documents; everything else works.
import { accept, refuse, type Decision } from '@suanquan/core'
import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'

export interface Fonts {
  readonly regular: string
  readonly bold: string
}

/** What the operator set: files with Chinese letters (TTF or OTF); without a bold one the regular serves for both. */
export interface FontSetting {
  readonly regular: string
  readonly bold?: string
}

const PACKAGE = '@expo-google-fonts/noto-sans-sc'

export function findFonts(setting: FontSetting | undefined): Decision<Fonts, 'documents.no_font'> {
  if (setting !== undefined) return ownFonts(setting)
  const { resolve } = createRequire(import.meta.url)
  try {
    return accept({
      regular: resolve(`${PACKAGE}/400Regular/NotoSansSC_400Regular.ttf`),
      bold: resolve(`${PACKAGE}/700Bold/NotoSansSC_700Bold.ttf`),
    })
  } catch {
    return refuse('documents.no_font', { file: PACKAGE })
  }
}

function ownFonts({ regular, bold = regular }: FontSetting): Decision<Fonts, 'documents.no_font'> {
  for (const file of [regular, bold]) {
    try {
      accessSync(file, constants.R_OK)
    } catch {
      return refuse('documents.no_font', { file })
    }
  }
  return accept({ regular, bold })
}
