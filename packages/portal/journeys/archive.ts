// The pages of the archive: a case that was refused long before the city's present day, archived by the tick of that day.
import { must, type TestCity } from '@suanquan/testkit'
import { randomUUID } from 'node:crypto'

type Pages = Readonly<Record<string, string>>

/** One file whose term is over and that somebody listed, one that an auditor holds. */
export async function archivePages(
  city: TestCity,
  heldCase: string,
  dueCase: string,
): Promise<{ readonly reviewer: Pages; readonly auditor: Pages }> {
  const { kysely } = city.store.database
  const place = { jurisdiction: '990100', district: '990101' }
  const file = async (objectId: string, number: string, endsOn: string): Promise<string> => {
    const id = randomUUID()
    const rule = {
      source_zh: '机关文件材料归档范围和文书档案保管期限规定',
      source_en: 'Rules on what offices archive',
    }
    const text = { object_number: number, title: '甲示例科技有限公司', digest: '0'.repeat(64) }
    const days = { closed_on: '1993-05-06', archived_at: '2024-05-06T01:00:00Z', ends_on: endsOn, year: 1993 }
    await kysely
      .insertInto('archive_file')
      .values({
        id,
        ...place,
        ...rule,
        ...text,
        ...days,
        number: `990100-WS·1993-D30-${number.slice(-5)}`,
        kind: 'application',
        object_id: objectId,
        organisation_id: city.firm.id,
        category: 'document',
        years: 30,
        papers: 2,
      })
      .execute()
    const papers = [
      { kind: 'record' as const, source_id: objectId, label: 'application' },
      { kind: 'event' as const, source_id: randomUUID(), label: 'submit' },
    ]
    for (const [index, paper] of papers.entries())
      await kysely
        .insertInto('archive_paper')
        .values({
          ...place,
          ...paper,
          file_id: id,
          position: index + 1,
          made_on: '1993-05-06',
          bytes: 812,
          sm3: '9f'.repeat(32),
        })
        .execute()
    return id
  }
  const held = await file(heldCase, 'SQ-1993-00001', '2023-12-31')
  const due = await file(dueCase, 'SQ-1993-00002', '2023-12-31')
  must(await city.as('auditor').placeHold({ params: { id: held }, body: { reason: '专项审计调阅' } }))
  const reason = '保管期满，经鉴定无继续保存价值'
  must(await city.as('sweeper').proposeDisposal({ body: { fileIds: [due], reason } }))
  return {
    reviewer: { archive: '/archive' },
    auditor: { 'archive-auditor': '/archive', 'archive-file': `/archive/${held}` },
  }
}
