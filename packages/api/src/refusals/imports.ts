import type { RefusalTexts } from './texts.ts'

/** What is wrong with a file as a whole. */
const files = {
  'imports.not_a_table': {
    status: 415,
    zh: '文件不是 CSV 或 Excel（.xlsx）表格（内容为 {found}），请用 Excel 或 WPS 另存为 .xlsx 或 CSV 后重新上传',
    en: 'this is neither CSV nor an Excel workbook (.xlsx) but {found}; save it as .xlsx or CSV and upload it again',
  },
  'imports.half_written': {
    status: 400,
    zh: '文件不完整（从第 {row} 行起无法读取，可能是上传中断或引号没有配对），请检查后重新上传',
    en: 'the file is incomplete (it cannot be read from row {row} on: it broke off, or a quote is not closed); check it and upload it again',
  },
  'imports.encoding': {
    status: 422,
    zh: '文件既不是 UTF-8 也不是 GB18030 编码，请另存为“CSV UTF-8”后重新上传',
    en: 'the file is neither UTF-8 nor GB18030; save it as "CSV UTF-8" and upload it again',
  },
  'imports.too_large': {
    status: 413,
    zh: '表格超出上限 {maximum}（行、列或解压后的大小），请分成几个文件，并删去末尾的空行空列',
    en: 'the table exceeds {maximum} (rows, columns or unpacked size); split it, and delete empty rows and columns at its end',
  },
  'imports.no_head': {
    status: 422,
    zh: '前 20 行里没有找到表头“{columns}”，请按模板填写表头',
    en: 'no head with "{columns}" in the first 20 rows; head the columns as the template does',
  },
  'imports.columns_missing': {
    status: 422,
    zh: '缺少列：{missing}；未识别的列：{unknown}。请对照模板改正表头（可以空着，但列要有）',
    en: 'missing columns: {missing}; not recognised: {unknown}. Head them as the template does (cells may be empty, the column must be there)',
  },
  'imports.column_twice': {
    status: 422,
    zh: '列“{column}”出现了两次，请只保留一列',
    en: 'the column "{column}" is there twice; keep one',
  },
  'imports.no_rows': { status: 422, zh: '表头下面没有数据行', en: 'there are no rows below the head' },
  'imports.as_of_future': {
    status: 422,
    zh: '数据日期 {asOf} 晚于今天，请填写数据反映的日期',
    en: 'the reference date {asOf} is after today; give the day on which the data held',
  },
  'imports.confirmed': {
    status: 409,
    zh: '这次校验已确认导入，不能再次确认；要再导入请重新上传',
    en: 'this check has been confirmed already; to import again, upload the file again',
  },
  'imports.base_changed': {
    status: 409,
    zh: '校验之后，平台上的数据已有变化，结果不再是您看到的那样；请重新校验后再确认',
    en: 'what the platform knows has changed since the check, so the result would not be what you saw; check the file again',
  },
  'imports.rows_refused': {
    status: 409,
    zh: '有 {count} 行不能导入；请改正后重新上传，或选择只导入合格的行',
    en: '{count} rows are refused; mend them and upload again, or choose to import the good rows only',
  },
  'imports.nothing_good': {
    status: 409,
    zh: '没有一行可以导入；请下载错误文件，改正后重新上传',
    en: 'no row can be imported; download the error file, mend it and upload it again',
  },
} as const satisfies RefusalTexts

/** What is wrong with one row, and how to mend it. */
const rows = {
  'imports.cell_empty': {
    status: 422,
    zh: '“{column}”不能为空',
    en: '"{column}" must not be empty',
  },
  'imports.cell_text': {
    status: 422,
    zh: '“{column}”含有不可见字符、以公式符号开头或过长，请改为普通文字（不超过 {maximum} 字）',
    en: '"{column}" has hidden characters, begins like a formula or is too long; write plain text of at most {maximum} characters',
  },
  'imports.cell_count': {
    status: 422,
    zh: '“{column}”应为不超过一千万的整数，现为“{value}”',
    en: '"{column}" is a whole number up to ten million, not "{value}"',
  },
  'imports.cell_yuan': {
    status: 422,
    zh: '“{column}”应为以元计的金额，最多两位小数，现为“{value}”（万元请换算为元）',
    en: '"{column}" is an amount in yuan with at most two decimals, not "{value}"',
  },
  'imports.cell_date': {
    status: 422,
    zh: '“{column}”应为存在的日期，如 2018-03-01，现为“{value}”',
    en: '"{column}" is a date that exists, such as 2018-03-01, not "{value}"',
  },
  'imports.serial_date': {
    status: 422,
    zh: '“{column}”是 Excel 的日期序号“{value}”（即 {day}），请把该列改为日期格式或写成 {day}',
    en: '"{column}" is the serial number "{value}" of Excel (that is {day}); format the column as a date or write {day}',
  },
  'imports.cell_choice': {
    status: 422,
    zh: '“{column}”应为“{accepted}”之一，现为“{value}”',
    en: '"{column}" is one of "{accepted}", not "{value}"',
  },
  'imports.cell_region': {
    status: 422,
    zh: '“{column}”应为六位行政区划代码，现为“{value}”',
    en: '"{column}" is a division code of six digits, not "{value}"',
  },
  'imports.cell_industry': {
    status: 422,
    zh: '“{column}”应为 GB/T 4754 代码（门类字母加数字，如 I6513），现为“{value}”',
    en: '"{column}" is a GB/T 4754 code (letter and digits, such as I6513), not "{value}"',
  },
  'imports.cell_bank_code': {
    status: 422,
    zh: '“{column}”应为 12 位数字的联行号（表格里设为文本），现为“{value}”；不知道可留空',
    en: '"{column}" is the CNAPS number of a bank, 12 digits kept as text, not "{value}"; leave it empty where it is not known',
  },
  'imports.cell_digits': {
    status: 422,
    zh: '“{column}”应为 8 至 30 位数字，现为“{value}”',
    en: '"{column}" has 8 to 30 digits, not "{value}"',
  },
  'imports.lost_digits': {
    status: 422,
    zh: '“{column}”被 Excel 当成数字（{value}），开头的零或末尾的数字可能已丢失；请把该列设为文本后重新填写',
    en: 'Excel took "{column}" for a number ({value}) and may have lost zeros or digits; format the column as text and enter it again',
  },
  'imports.cells_beyond': {
    status: 422,
    zh: '该行有 {count} 个单元格，比表头多，可能是逗号没有加引号',
    en: 'the row has {count} cells, more than the head; a comma may lack its quotes',
  },
  'imports.merged_cells': {
    status: 422,
    zh: '该行有合并单元格（{area}），请取消合并并逐行填写',
    en: 'the row has merged cells ({area}); unmerge them and fill in every row',
  },
  'imports.row_twice': {
    status: 422,
    zh: '与第 {row} 行重复，请删去其中一行',
    en: 'the same as row {row}; delete one of them',
  },
  'imports.rows_differ': {
    status: 422,
    zh: '同一单位在第 {rows} 行的内容不一致，请只保留正确的一行',
    en: 'rows {rows} say different things of the same organisation; keep the right one',
  },
  'imports.older_than_known': {
    status: 422,
    zh: '平台已有 {known} 的数据，比本次的 {asOf} 新；旧数据不会覆盖新数据',
    en: 'data as of {known} is there already, newer than {asOf}; older data never replaces newer',
  },
  'imports.organisation_unknown': {
    status: 422,
    zh: '平台上没有这家单位，请先在“单位名录”中导入',
    en: 'the platform does not know this organisation; import it with the list of organisations first',
  },
} as const satisfies RefusalTexts

export const imports = { ...files, ...rows } as const

export const tableRefusals = [
  'imports.not_a_table',
  'imports.half_written',
  'imports.encoding',
  'imports.too_large',
  'imports.no_head',
  'imports.columns_missing',
  'imports.column_twice',
  'imports.no_rows',
] as const
