import type { RefusalTexts } from './texts.ts'

export const signing = {
  'signing.key_unreadable': {
    status: 503,
    zh: '“{from}”不是 SM2 或 Ed25519 的 PKCS #8 私钥（PEM）：请恢复原来的文件，或移走它，让平台生成新密钥',
    en: '"{from}" is no private key of SM2 or Ed25519 (PKCS #8 in PEM): bring the file back, or move it away and a new key is made',
  },
  'signing.algorithm_unknown': {
    status: 503,
    zh: 'SUANQUAN_SIGNING_ALGORITHM 为“{algorithm}”：请改为 SM2 或 Ed25519',
    en: 'SUANQUAN_SIGNING_ALGORITHM is "{algorithm}": make it SM2 or Ed25519',
  },
  'signing.key_is_a_secret': {
    status: 409,
    zh: '签名密钥由 SUANQUAN_SIGNING_KEY 提供，命令不能替换它：请在保管处更换后重启平台',
    en: 'the signing key is given by SUANQUAN_SIGNING_KEY and no command can replace it: change the secret where it is kept and restart',
  },
} as const satisfies RefusalTexts
