// 我的视图: a table's filter and columns under a name. It belongs to the person and follows them to any browser; what it
// holds is the address's own search text, so that it is shared as a link.
import { z } from 'zod'
import { route } from '../route.ts'
import { done, idParams, idText, plainText } from '../wire.ts'

const page = z.string().regex(/^\/[a-z0-9$/_-]{0,100}$/i)

const view = z
  .object({ id: idText, page: z.string(), name: z.string(), search: z.string() })
  .meta({ id: 'SavedView' })

export const viewRoutes = {
  listViews: route('GET /api/views', {
    summary: { zh: '我的视图', en: 'my saved views' },
    access: 'view.keep',
    answer: z.object({ items: z.array(view) }),
  }),
  keepView: route('POST /api/views', {
    summary: { zh: '保存视图', en: 'save a view' },
    access: 'view.keep',
    body: z.object({
      page,
      name: plainText(60, 1),
      /** the search part of the address, without its question mark */
      search: z
        .string()
        .max(1000)
        .regex(/^[\w%.~!*'()+=&,:-]*$/),
    }),
    answer: view,
    refusals: ['view.too_many'],
  }),
  discardView: route('DELETE /api/views/:id', {
    summary: { zh: '删除视图', en: 'discard a view' },
    access: 'view.keep',
    params: idParams,
    answer: done,
  }),
} as const
