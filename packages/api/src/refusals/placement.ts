import type { RefusalTexts } from './texts.ts'

export const placement = {
  'placement.missing_column': {
    status: 422,
    zh: '表中缺少“{column}”一列，请按 OpenB 的列名补齐',
    en: 'the table lacks the column "{column}"; name the columns as OpenB does',
  },
  'placement.empty_table': {
    status: 422,
    zh: '表中没有数据行',
    en: 'the table has no rows; give at least one',
  },
  'placement.duplicate_id': {
    status: 422,
    zh: '编号“{id}”出现了两次，请改成各不相同的编号',
    en: 'the id "{id}" occurs twice; give each its own',
  },
  'placement.bad_node': {
    status: 422,
    zh: '节点“{node}”的 {field} 不是合理的数值，请核对',
    en: 'the node "{node}" has no sensible {field}; check it',
  },
  'placement.bad_task': {
    status: 422,
    zh: '任务“{task}”的 {field} 不是合理的数值，请核对',
    en: 'the task "{task}" has no sensible {field}; check it',
  },
  'placement.file_unreadable': {
    status: 422,
    zh: '读不到文件 {path}（{problem}），请核对路径与权限',
    en: 'the file {path} cannot be read ({problem}); check the path and the rights',
  },
} as const satisfies RefusalTexts
