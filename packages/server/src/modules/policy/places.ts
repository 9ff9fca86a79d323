// The places whose measures come with Suanquan, by GB/T 2260; any other goes by its code.
interface Named {
  readonly zh: string
  readonly en: string
}

const PLACES: Readonly<Record<string, Named>> = {
  '100000': { zh: '全国', en: 'China' },
  '110000': { zh: '北京', en: 'Beijing' },
  '110106': { zh: '北京丰台', en: 'Fengtai, Beijing' },
  '110108': { zh: '北京海淀', en: 'Haidian, Beijing' },
  '110112': { zh: '北京通州', en: 'Tongzhou, Beijing' },
  '110115': { zh: '北京亦庄', en: 'Yizhuang, Beijing' },
  '131000': { zh: '廊坊', en: 'Langfang' },
  '140000': { zh: '山西', en: 'Shanxi' },
  '310000': { zh: '上海', en: 'Shanghai' },
  '320200': { zh: '无锡', en: 'Wuxi' },
  '320500': { zh: '苏州', en: 'Suzhou' },
  '321000': { zh: '扬州', en: 'Yangzhou' },
  '330100': { zh: '杭州', en: 'Hangzhou' },
  '330113': { zh: '杭州临平', en: 'Linping, Hangzhou' },
  '330400': { zh: '嘉兴', en: 'Jiaxing' },
  '340000': { zh: '安徽', en: 'Anhui' },
  '340200': { zh: '芜湖', en: 'Wuhu' },
  '350200': { zh: '厦门', en: 'Xiamen' },
  '350600': { zh: '漳州', en: 'Zhangzhou' },
  '370000': { zh: '山东', en: 'Shandong' },
  '370200': { zh: '青岛', en: 'Qingdao' },
  '410000': { zh: '河南', en: 'Henan' },
  '410100': { zh: '郑州', en: 'Zhengzhou' },
  '420000': { zh: '湖北', en: 'Hubei' },
  '420100': { zh: '武汉', en: 'Wuhan' },
  '440300': { zh: '深圳', en: 'Shenzhen' },
  '441900': { zh: '东莞', en: 'Dongguan' },
  '450100': { zh: '南宁', en: 'Nanning' },
  '510100': { zh: '成都', en: 'Chengdu' },
  '520000': { zh: '贵州', en: 'Guizhou' },
  '621000': { zh: '庆阳', en: 'Qingyang' },
}

export function placeOf(code: string): Named {
  return PLACES[code] ?? { zh: code, en: code }
}
