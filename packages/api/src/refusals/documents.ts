import type { RefusalTexts } from './texts.ts'

export const documents = {
  'documents.no_font': {
    status: 409,
    zh: '生成文书需要中文字体，读不到 {file}：请安装 npm 包 @expo-google-fonts/noto-sans-sc，或在启动平台时用 --document-font 指明一个 TTF 或 OTF 字体文件',
    en: 'documents need a Chinese font and {file} cannot be read: install the npm package @expo-google-fonts/noto-sans-sc, or name a TTF or OTF file with --document-font when the platform starts',
  },
  'documents.busy': {
    status: 429,
    zh: '正在生成的文书较多，请过一会儿再下载',
    en: 'many documents are being made; try again in a moment',
  },
  'documents.too_long': {
    status: 422,
    zh: '这份文书有 {lines} 行，超过 {maximum} 行：请在页面上导出表格',
    en: 'this document has {lines} lines, more than {maximum}: export the table from its page instead',
  },
  'documents.not_decided': {
    status: 409,
    zh: '申请 {number} 还没有这项决定，审核后才有决定文书',
    en: 'application {number} has no such decision yet; its document exists once a reviewer has decided',
  },
  'exports.too_many_rows': {
    status: 422,
    zh: '表格有 {rows} 行，未登录时最多导出 {maximum} 行：请先登录，或缩小筛选范围',
    en: 'the table has {rows} rows; without signing in at most {maximum} can be taken: sign in or narrow the filter',
  },
  'exports.ragged': {
    status: 422,
    zh: '第 {row} 行的单元格数与 {columns} 个列不符，请刷新页面后重试',
    en: 'row {row} does not have the {columns} cells of the columns; reload the page and try again',
  },
} as const satisfies RefusalTexts
