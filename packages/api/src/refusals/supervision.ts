import type { RefusalTexts } from './texts.ts'

export const supervision = {
  'supervision.no_tables': {
    status: 422,
    zh: '目录中没有任何监管数据表，请至少放入一个以表名命名的 CSV 文件，例如 contracts.csv',
    en: 'The folder holds no table of a world: put in at least one CSV file named after its table, such as contracts.csv',
  },
  'supervision.csv_malformed': {
    status: 422,
    zh: '{table} 表第 {line} 行不是合法的 CSV，请检查引号是否成对',
    en: 'Line {line} of {table} is not CSV: check that its quotes are closed',
  },
  'supervision.column_missing': {
    status: 422,
    zh: '{table} 表缺少列 {column}，请补上该列',
    en: 'Table {table} lacks the column {column}: add it',
  },
  'supervision.value_invalid': {
    status: 422,
    zh: '{table} 表第 {line} 行的 {column} 不能是“{text}”，请更正',
    en: 'Line {line} of {table}: {column} cannot be "{text}", correct it',
  },
  'supervision.id_repeated': {
    status: 422,
    zh: '{table} 表第 {line} 行的编号 {id} 已经出现过，请去掉重复行',
    en: 'Line {line} of {table} repeats the id {id}: remove one of the rows',
  },
  'supervision.application_missing': {
    status: 422,
    zh: '没有申请：applications 表须至少有一行，说明由哪家企业申请',
    en: 'There is no application: the table applications needs a row that says which firm applies',
  },
  'supervision.application_table': {
    status: 422,
    zh: '{table} 表不随申请提交，请等下一次全量运行时读入',
    en: 'An application brings no rows of {table}: leave them for the next full run',
  },
} as const satisfies RefusalTexts
