// What the feed of a centre's agent can be refused for, and what the agent itself says when a source does not answer.
import type { RefusalTexts } from './texts.ts'

const batches = {
  'metering.batch_broken': {
    status: 422,
    zh: '批次中的 {field} 不符合格式，整批未接收：请升级计量代理，不要手工修改批次',
    en: '{field} of the batch is not as the format says; nothing of it was taken: update the agent, and do not edit batches',
  },
  'metering.batch_other_cluster': {
    status: 422,
    zh: '批次属于集群 {cluster}，登记的是 {expected}：请核对代理配置中的 cluster',
    en: 'the batch is of cluster {cluster}, enrolled is {expected}: correct "cluster" in the agent’s configuration',
  },
  'metering.batch_differs': {
    status: 409,
    zh: '第 {number} 批已经收到过，内容不同：已收到的有效。同一密钥可能在两台机器上使用，请每台各自登记',
    en: 'batch {number} came before with another content, which stands: a key may be in use on two machines; enrol each',
  },
  'metering.feed_unknown': {
    status: 403,
    zh: '密钥 {key} 没有登记或已停用：请由算力中心登记代理的公钥（suanquan agent key 显示）',
    en: 'the key {key} is not enrolled or was withdrawn: have the centre enrol the agent’s public key (suanquan agent key shows it)',
  },
  'metering.feed_signature_wrong': {
    status: 403,
    zh: '第 {number} 批的签名与登记的密钥不符，未接收：请核对代理的密钥文件',
    en: 'the signature of batch {number} is not the enrolled key’s, so it was not taken: check the agent’s key file',
  },
} as const satisfies RefusalTexts

export const usageFeed = {
  ...batches,
  'metering.feed_key_malformed': {
    status: 422,
    zh: '公钥不是 {algorithm} 的公钥（SM2 为 04 开头的 65 字节，Ed25519 为 32 字节）：请粘贴 suanquan agent key 显示的公钥',
    en: 'not a public key of {algorithm} (SM2: 65 bytes from 04, Ed25519: 32 bytes): paste what suanquan agent key shows',
  },
  'metering.feed_key_taken': {
    status: 409,
    zh: '公钥 {key} 已经登记过：每个代理使用自己的密钥，请在新机器上生成新的密钥',
    en: 'the public key {key} is enrolled already: each agent has its own; make a fresh key on the new machine',
  },
  'metering.prometheus_error': {
    status: 422,
    zh: 'Prometheus 没有完整回答（{said}），本时段稍后重读：请检查其存储和超时设置',
    en: 'Prometheus did not answer whole ({said}); the hour is read again later: check its storage and time limits',
  },
  'metering.not_raw_samples': {
    status: 422,
    zh: 'Prometheus 的回答不是原始样本（{found}）：计量只用 query 加区间选择器，query_range 会在缺口中补点',
    en: 'the answer of Prometheus is not raw samples ({found}): metering uses query with a range selector; query_range fills gaps',
  },
  'metering.device_not_named': {
    status: 422,
    zh: '{metric} 的样本没有设备标签 {label}（现有 {labels}）：请在代理配置的 labels.device 中写明',
    en: 'samples of {metric} have no label {label} for the device (there are {labels}): name it in labels.device of the agent',
  },
  'agent.config_broken': {
    status: 422,
    zh: '代理配置中的 {field} 缺失或有误：{want}',
    en: '{field} of the agent’s configuration is missing or wrong: {want}',
  },
  'agent.source_failed': {
    status: 503,
    zh: '{source} 没有回答（{said}），本时段稍后重读，不会丢失：请检查地址、凭证和服务',
    en: '{source} did not answer ({said}); the time is read again later and nothing is lost: check address, credentials and service',
  },
  'agent.platform_failed': {
    status: 503,
    zh: '平台没有收下第 {number} 批（{said}），批次保留在本机，稍后重发',
    en: 'the platform did not take batch {number} ({said}); it stays here and is sent again later',
  },
  'agent.running_already': {
    status: 409,
    zh: '文件夹 {folder} 正由进程 {process} 使用：同一文件夹只能运行一个代理',
    en: 'the folder {folder} is in use by process {process}: one folder is one agent’s',
  },
} as const satisfies RefusalTexts

/** The codes with which a batch can be refused, for the route table. */
export const batchRefusals = Object.keys(batches) as (keyof typeof batches)[]
