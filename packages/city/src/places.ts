// The demo city 示例市 and its neighbours: fictional, with division codes that no real place has.

export const CITY = '990100'

export interface District {
  readonly code: string
  readonly name: string
  readonly english: string
}

export const districts: readonly District[] = [
  { code: '990101', name: '启明区', english: 'Qiming District' },
  { code: '990102', name: '云溪区', english: 'Yunxi District' },
  { code: '990103', name: '临澜区', english: 'Linlan District' },
]

/** Divisions outside the city: firms registered there are refused. */
export const outsideRegions: readonly string[] = ['990201', '990302']
