// The members of each enumeration that facts are typed by, with their words.
import type { FactsSchema } from './facts.ts'

export const ENUMERATIONS: FactsSchema['enumerations'] = {
  entity_kind: {
    enterprise: { zh: '企业', en: 'enterprise' },
    university: { zh: '高等院校', en: 'university' },
    research_institute: { zh: '科研机构', en: 'research institute' },
    public_institution: { zh: '事业单位', en: 'public institution' },
    maker_team: { zh: '创客团队', en: 'maker team' },
  },
  size: {
    micro: { zh: '微型', en: 'micro' },
    small: { zh: '小型', en: 'small' },
    medium: { zh: '中型', en: 'medium' },
    large: { zh: '大型', en: 'large' },
  },
  reg_status: {
    active: { zh: '存续', en: 'active' },
    suspended: { zh: '停业', en: 'suspended' },
    revoked: { zh: '吊销', en: 'revoked' },
    deregistered: { zh: '注销', en: 'deregistered' },
  },
  use: {
    training: { zh: '模型训练', en: 'training' },
    inference: { zh: '推理应用', en: 'inference' },
    finetune: { zh: '微调', en: 'fine-tuning' },
    research: { zh: '模型研发', en: 'model research' },
    storage: { zh: '存储', en: 'storage' },
    network: { zh: '网络', en: 'network' },
    security: { zh: '安全', en: 'security' },
    other: { zh: '其他', en: 'other' },
  },
  support_direction: {
    rd_institute: { zh: '新型研发机构', en: 'new research institute' },
    challenge_task: { zh: '揭榜挂帅任务', en: 'national challenge task' },
    open_source: { zh: '开源创新', en: 'open source' },
    filed_model: { zh: '新备案登记模型', en: 'newly filed model' },
  },
  service_layer: {
    iaas: { zh: '基础设施（IaaS）', en: 'infrastructure (IaaS)' },
    paas: { zh: '平台（PaaS）', en: 'platform (PaaS)' },
    saas: { zh: '软件（SaaS）', en: 'software (SaaS)' },
  },
}
