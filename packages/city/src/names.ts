// Names of firms and people that sound like this country's and belong to nobody: every firm carries 示例 in its name.
import type { Random } from '@suanquan/core'

const FIRST = [...'澜岚璟翊珩钧曦霁筠昀澄琰骁翎穹砚沐禾栩熠瀚桁朔屹翮旸淏昶']
const SECOND = [...'图数维码核元界识构链域智弈策源芯测算擎合通达']

export interface Line {
  /** GB/T 4754 code */
  readonly industry: string
  /** what the firm's name says it makes */
  readonly words: readonly string[]
  /** what it uses compute for */
  readonly purposes: readonly string[]
}

export const softwareLines: readonly Line[] = [
  {
    industry: 'I6513',
    words: ['软件', '智能科技', '人工智能科技'],
    purposes: [
      '训练面向政务办理的百亿参数问答模型',
      '微调代码生成模型并部署到研发平台',
      '训练行业文档理解模型',
    ],
  },
  {
    industry: 'I6531',
    words: ['信息技术', '系统集成', '数字技术'],
    purposes: ['训练供应链预测大模型', '微调多模态巡检模型', '部署企业知识库推理服务'],
  },
  {
    industry: 'I6450',
    words: ['数据技术', '数据服务', '云数据科技'],
    purposes: ['清洗语料并训练中文基础模型', '训练时序数据基础模型', '构建金融语料并微调风控模型'],
  },
  {
    industry: 'I6520',
    words: ['微电子设计', '芯片设计', '集成电路设计'],
    purposes: ['训练电路版图生成模型', '训练芯片验证用例生成模型'],
  },
  {
    industry: 'I6572',
    words: ['视觉科技', '动画数字科技', '语音技术'],
    purposes: ['训练三维内容生成模型', '训练方言语音识别模型', '微调视频生成模型'],
  },
]

export const manufacturingLines: readonly Line[] = [
  {
    industry: 'C3491',
    words: ['机器人', '机器人制造', '智能装备'],
    purposes: ['训练具身智能抓取模型', '训练机械臂轨迹规划模型'],
  },
  {
    industry: 'C3670',
    words: ['汽车零部件', '汽车电子', '新能源汽车技术'],
    purposes: ['训练智能驾驶感知模型', '训练电池寿命预测模型'],
  },
  {
    industry: 'C3581',
    words: ['医疗器械', '医学影像设备', '医疗科技'],
    purposes: ['训练医学影像分割模型', '微调病理切片基础模型'],
  },
  {
    industry: 'C3985',
    words: ['电子材料', '新材料', '精密电子'],
    purposes: ['训练材料性质预测模型', '训练晶圆缺陷检测模型'],
  },
  {
    industry: 'C3824',
    words: ['电力电子', '能源装备', '储能技术'],
    purposes: ['训练电网负荷预测模型', '训练设备故障诊断模型'],
  },
  {
    industry: 'C2710',
    words: ['药业', '生物制药', '合成生物技术'],
    purposes: ['训练蛋白质结构预测模型', '训练小分子生成模型'],
  },
]

/** Lines that the programme does not support. */
export const otherLines: readonly Line[] = [
  { industry: 'F5292', words: ['优选商贸', '电子商务'], purposes: ['部署商品推荐推理服务'] },
  { industry: 'K7010', words: ['置业发展'], purposes: ['训练楼盘估价模型'] },
  { industry: 'L7251', words: ['文化传媒'], purposes: ['微调广告文案生成模型'] },
]

/** Names for firms, all different: two characters for the brand, then what it makes. */
export function brandNames(random: Random, count: number): string[] {
  const brands = FIRST.flatMap((first) => SECOND.map((second) => first + second))
  return shuffled(random, brands).slice(0, count)
}

export function firmName(random: Random, brand: string, line: Line): string {
  const word = random.pick(line.words)
  const forms = [
    `示例市${brand}${word}有限公司`,
    `示例市${brand}${word}有限公司`,
    `${brand}${word}（示例市）有限公司`,
    `示例市${brand}${word}股份有限公司`,
  ]
  return random.pick(forms)
}

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕']
const GIVEN = [...'文静磊敏佳宁思远晓彤子涵雨桐志强雪峰若溪嘉怡浩然欣悦俊杰诗琪明轩可馨']

export function personName(random: Random): string {
  const given = random.int(3) === 0 ? random.pick(GIVEN) : random.pick(GIVEN) + random.pick(GIVEN)
  return random.pick(SURNAMES) + given
}

/** Fisher and Yates. */
export function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const list = [...items]
  for (let index = list.length - 1; index > 0; index--) {
    const other = random.int(index + 1)
    ;[list[index], list[other]] = [list[other]!, list[index]!]
  }
  return list
}
