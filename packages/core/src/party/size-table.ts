// Size classes of firms as dated data: 中小企业划型标准规定 (工信部联企业〔2011〕300号), the same thresholds as
// 统计上大中小微型企业划分办法 (2017) (国统字〔2017〕213号). Lower bounds are [large, medium, small]; employees are
// persons, revenue and assets are 万元. The mapping to GB/T 4754-2017 codes and the first day are our reading. A new
// table is one more entry; a firm's class is stored with the id of the table that gave it.
import type { Day } from '../calendar/index.ts'

export type Bounds = readonly [large: number, medium: number, small: number]

export interface SizeRow {
  readonly category: string
  readonly zh: string
  readonly codes: readonly string[]
  readonly employees?: Bounds
  readonly revenueWan?: Bounds
  readonly assetsWan?: Bounds
}

export interface SizeTable {
  readonly id: string
  readonly source: string
  readonly from: Day
  readonly rows: readonly SizeRow[]
  /** GB/T 4754 codes for which the measure defines no class: the answer is unknown, never micro */
  readonly uncovered: readonly string[]
}

type Measures = Pick<SizeRow, 'employees' | 'revenueWan' | 'assetsWan'>

const row = (category: string, zh: string, codes: string, measures: Measures): SizeRow => ({
  category,
  zh,
  codes: codes.split(' '),
  ...measures,
})

const X = (...employees: Bounds): Measures => ({ employees })
const Y = (...revenueWan: Bounds): Measures => ({ revenueWan })
const Z = (...assetsWan: Bounds): Measures => ({ assetsWan })

export const sizeTables: readonly SizeTable[] = [
  {
    id: 'cn-sme/2011-300',
    source: '工信部联企业〔2011〕300号',
    from: '2011-06-18',
    rows: [
      row('agriculture', '农、林、牧、渔业', 'A', Y(20000, 500, 50)),
      row('industry', '工业', 'B C D', { ...X(1000, 300, 20), ...Y(40000, 2000, 300) }),
      row('construction', '建筑业', 'E', { ...Y(80000, 6000, 300), ...Z(80000, 5000, 300) }),
      row('wholesale', '批发业', 'F51', { ...X(200, 20, 5), ...Y(40000, 5000, 1000) }),
      row('retail', '零售业', 'F52', { ...X(300, 50, 10), ...Y(20000, 500, 100) }),
      row('transport', '交通运输业', 'G54 G55 G56 G57 G58 G591', {
        ...X(1000, 300, 20),
        ...Y(30000, 3000, 200),
      }),
      row('storage', '仓储业', 'G59', { ...X(200, 100, 20), ...Y(30000, 1000, 100) }),
      row('post', '邮政业', 'G60', { ...X(1000, 300, 20), ...Y(30000, 2000, 100) }),
      row('hotel', '住宿业', 'H61', { ...X(300, 100, 10), ...Y(10000, 2000, 100) }),
      row('catering', '餐饮业', 'H62', { ...X(300, 100, 10), ...Y(10000, 2000, 100) }),
      row('information', '信息传输业', 'I63 I64', { ...X(2000, 100, 10), ...Y(100000, 1000, 100) }),
      row('software', '软件和信息技术服务业', 'I65', { ...X(300, 100, 10), ...Y(10000, 1000, 50) }),
      row('real_estate', '房地产开发经营', 'K701', { ...Y(200000, 1000, 100), ...Z(10000, 5000, 2000) }),
      row('property', '物业管理', 'K702', { ...X(1000, 300, 100), ...Y(5000, 1000, 500) }),
      row('leasing_business', '租赁和商务服务业', 'L', { ...X(300, 100, 10), ...Z(120000, 8000, 100) }),
      row('other', '其他未列明行业', 'M N O Q85 R K703 K709', X(300, 100, 10)),
    ],
    uncovered: ['G53', 'J', 'K704', 'P', 'Q84', 'S', 'T'],
  },
]
