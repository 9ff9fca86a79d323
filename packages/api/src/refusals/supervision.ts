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
    zh: '{table} 表第 {line} 行的编号 {id} 在该文件中已经出现过，请去掉重复行',
    en: 'Line {line} of {table} repeats the id {id} of the same file: remove one of the rows',
  },
  'supervision.row_differs': {
    status: 422,
    zh: '{table} 表第 {line} 行的编号 {id} 在数据目录中已有，但内容不同：若是更正，请先更新数据目录并重新全量运行；若是新的一行，请换一个编号',
    en: 'Line {line} of {table}: the world has {id} with other content. To correct it, mend the world and run it again; for a new row take another id',
  },
  'supervision.application_firms': {
    status: 422,
    zh: '一个申请目录只能属于一家企业，这里有 {firms}，请每家企业放一个目录',
    en: 'The applications of one folder are of one firm, here they are of {firms}: give each firm its own folder',
  },
  'supervision.application_file': {
    status: 422,
    zh: '申请目录中的 {file} 不是任何数据表的文件，请改正文件名（例如 contracts.csv）或移走该文件',
    en: 'No table has the file {file} of the application: correct its name (such as contracts.csv) or take it away',
  },
  'supervision.application_twice': {
    status: 422,
    zh: '申请目录 {folder} 给了两次，请去掉一次',
    en: 'The application {folder} is given twice: take one away',
  },
  'supervision.firm_not_listed': {
    status: 422,
    zh: '没有点名企业 {firm} 的疑点，数据表中也没有这家企业，请核对编号',
    en: 'No finding names the firm {firm} and no table has it: check the id',
  },
  'supervision.firm_unknown': {
    status: 422,
    zh: '企业 {firm} 既不在登记表中，也没有随申请提交，请补上 firms 表中的一行，否则无从判断',
    en: 'The firm {firm} is neither in the register nor in the application: add its row of firms, else nothing can be judged',
  },
  'supervision.reference_unknown': {
    status: 422,
    zh: '{table} 表的 {column} 指向 {id}，但 {to} 表（数据目录和申请中）都没有这一行，请补上缺的表或行，或更正编号',
    en: '{column} of {table} points at {id}, which {to} has neither in the world nor in the application: add the table or row, or correct the id',
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
