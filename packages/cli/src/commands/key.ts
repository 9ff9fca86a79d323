// The key with which the site signs its seals and credentials: which one it is, and a fresh one in its place.
import { hex } from '@suanquan/core'
import { loadKey, replaceKey, signingSettings } from '@suanquan/server'
import { Command } from 'commander'
import { said } from '../language.ts'
import { emit } from '../output.ts'
import { dataOption } from '../store.ts'

interface Options {
  readonly data: string
  readonly json?: boolean
}

export function keyCommand(): Command {
  return new Command('key')
    .description(said({ zh: '签名密钥：查看、更换', en: 'the signing key: show it, replace it' }))
    .addCommand(showCommand())
    .addCommand(rotateCommand())
    .addHelpText('after', '\n  suanquan key show --data ./data\n  suanquan key rotate --data ./data')
}

function showCommand(): Command {
  return new Command('show')
    .description(
      said({
        zh: '显示本站签名公钥及其编号；尚无密钥时生成一个。私钥从不显示',
        en: 'shows the site’s public key and its id; makes a key where there is none. The private key is never shown',
      }),
    )
    .addOption(dataOption())
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', '\n  suanquan key show --data ./data --json')
    .action(({ data, json }: Options) => {
      const { publicKey } = loadKey(signingSettings(process.env), data)
      const shown = {
        id: publicKey.id,
        algorithm: publicKey.algorithm,
        publicKey: hex(publicKey.bytes),
      }
      emit(shown, { json, text: () => `${shown.algorithm} ${shown.publicKey}\n${shown.id}` })
    })
}

function rotateCommand(): Command {
  return new Command('rotate')
    .description(
      said({
        zh: '换上新的签名密钥：旧密钥为新公钥签名后即被删除；运行中的平台下次签名时自动启用并公布，旧公钥一直公布，以往签名仍可核验',
        en: 'puts a fresh signing key in place; the old one signs it and is gone. A running platform uses and publishes it when it next signs; the old public key stays published, so that what it signed can be verified',
      }),
    )
    .addOption(dataOption())
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', '\n  suanquan key rotate --data ./data')
    .action(({ data, json }: Options) => {
      const { old, fresh } = replaceKey(signingSettings(process.env), data)
      const text = said({
        zh: `签名密钥已由 ${old.id} 更换为 ${fresh.id}（${fresh.algorithm}）`,
        en: `the signing key is ${fresh.id} (${fresh.algorithm}) in place of ${old.id}`,
      })
      emit({ old: old.id, id: fresh.id, algorithm: fresh.algorithm }, { json, text: () => text })
    })
}
