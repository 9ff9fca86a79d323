import { accept, type Decision } from '@suanquan/core'
import type { Download } from '../../http/mount.ts'
import type { World } from '../../http/world-options.ts'
import type { Paper } from './paper.ts'
import type { PressCode } from './press.ts'

export async function printed(
  world: World,
  paper: Paper,
  name: string,
): Promise<Decision<Download, PressCode>> {
  const bytes = await world.press.print(paper)
  if (!bytes.ok) return bytes
  const fileName = `${paper.title} ${name}.pdf`.replace(/[\\/:*?"<>|]/g, '-')
  return accept({ bytes: bytes.value, mediaType: 'application/pdf', fileName })
}
