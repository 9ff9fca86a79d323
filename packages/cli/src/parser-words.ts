// What the parser of the command line says, in Chinese: its complaints, its headings, and the notes behind an option.
import type { Option } from 'commander'

import { language, said } from './language.ts'

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
}

export function titleInWords(title: string): string {
  return language() === 'zh' ? (TITLES[title] ?? title) : title
}

/** The description of an option with what it may be and what it is when left out. */
export function optionInWords(option: Option): string {
  const notes: string[] = []
  if (option.argChoices) {
    const choices = option.argChoices.join(said({ zh: '、', en: ', ' }))
    notes.push(said({ zh: `可选 ${choices}`, en: `choices: ${choices}` }))
  }
  if (option.mandatory) notes.push(said({ zh: '必填', en: 'required' }))
  const isSwitch = option.isBoolean() || option.negate
  if (option.defaultValue !== undefined && !isSwitch) {
    const value = option.defaultValueDescription ?? String(option.defaultValue)
    notes.push(said({ zh: `缺省 ${value}`, en: `default: ${value}` }))
  }
  if (notes.length === 0) return option.description
  return said({
    zh: `${option.description}（${notes.join('；')}）`,
    en: `${option.description} (${notes.join('; ')})`,
  })
}

const COMPLAINTS: readonly (readonly [RegExp, string])[] = [
  [
    /^error: option '(.*)' argument '(.*)' is invalid\. Allowed choices are (.*)\.$/m,
    '选项 $1 的值“$2”不对，可选 $3',
  ],
  [/^error: option '(.*)' argument '(.*)' is invalid\. (.*)$/m, '选项 $1 的值“$2”不对：$3'],
  [
    /^error: command-argument value '(.*)' is invalid for argument '(.*)'\. (.*)$/m,
    '参数 $2 的值“$1”不对：$3',
  ],
  [/^error: option '(.*)' argument missing$/m, '选项 $1 后面缺少值'],
  [/^error: required option '(.*)' not specified$/m, '缺少必填选项 $1'],
  [/^error: missing required argument '(.*)'$/m, '缺少参数 $1'],
  [/^error: unknown option '(.*)'$/m, '没有选项 $1'],
  [/^error: unknown command '(.*)'$/m, '没有命令 $1'],
  [
    /^error: too many arguments(?: for '.*')?\. Expected (\d+) arguments? but got (\d+)\.?(.*)$/m,
    '参数太多：应为 $1 个，实为 $2 个$3',
  ],
  [/^error: option '(.*)' cannot be used with option '(.*)'$/m, '选项 $1 与 $2 不能同时使用'],
  [/\(Did you mean one of (.*)\?\)/, '（是不是 $1 之一？）'],
  [/\(Did you mean (.*)\?\)/, '（是不是 $1？）'],
]

/** A complaint of the parser in the language that was asked for. */
export function complaintInWords(text: string): string {
  if (language() !== 'zh') return text
  return COMPLAINTS.reduce((said, [english, chinese]) => said.replace(english, chinese), text)
}
