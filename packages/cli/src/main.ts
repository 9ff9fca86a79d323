// The command line from its first word to its exit code: the one command that was asked for is loaded and run; what it
// throws is said in the language of whoever asked.
import { readFileSync } from 'node:fs'

import { Command, CommanderError } from 'commander'

import { commands } from './commands.ts'
import { language, said, useLanguage } from './language.ts'
import { complain, exitCodes, WrongUse } from './output.ts'
import { complaintInWords, optionInWords, titleInWords } from './parser-words.ts'

/** @param args the words after `suanquan`; sets the exit code of the process */
export async function run(args: readonly string[]): Promise<void> {
  try {
    const words = takeLanguage(args)
    const program = await programFor(words[0] === 'help' ? words[1] : words[0])
    await program.parseAsync(knownOrAlone(words), { from: 'user' })
  } catch (error) {
    process.exitCode =
      error instanceof CommanderError ? exitOf(error) : await complain(error, args.includes('--json'))
  }
}

/** The help page of one command, for docs/reference. */
export async function helpPage(name: string): Promise<string> {
  let page = ''
  const program = await programFor(name)
  const command = program.commands.find((candidate) => candidate.name() === name)
  const commands = command === undefined ? [] : [command, ...command.commands]
  for (const shown of commands) {
    if (page !== '') page += '\n'
    shown.configureOutput({ writeOut: (text) => (page += text), getOutHelpWidth: () => 100 }).outputHelp()
  }
  return page
}

/** `--lang` works anywhere on the line; it is taken out before the command sees the rest. */
function takeLanguage(args: readonly string[]): string[] {
  const line = args.flatMap((word) =>
    word.startsWith('--lang=') ? ['--lang', word.slice('--lang='.length)] : [word],
  )
  const at = line.indexOf('--lang')
  if (at === -1) return line
  const [, name] = line.splice(at, 2)
  if (name !== 'zh' && name !== 'en') {
    throw new WrongUse({ zh: '--lang 只能是 zh 或 en', en: '--lang takes zh or en' })
  }
  useLanguage(name)
  return line
}

/** The page of a command that does not exist is no page: its name alone, so that the parser says what it may have been. */
function knownOrAlone(words: string[]): string[] {
  const name = words[0] === 'help' ? words[1] : words[0]
  const unknown =
    name !== undefined && name !== 'help' && !name.startsWith('-') && !Object.hasOwn(commands, name)
  return unknown ? [name] : words
}

/** The program with the asked command whole and the others as lines of the help page. */
async function programFor(asked: string | undefined): Promise<Command> {
  const program = new Command('suanquan')
    .description(said({ zh: '算券：城市算力券平台', en: 'Suanquan: the platform for compute vouchers' }))
    .version(version(), '-V, --version', said({ zh: '显示版本', en: 'print the version' }))
    .option('--lang <zh|en>', said({ zh: '输出语言', en: 'language of what is printed' }))
    .addHelpText(
      'after',
      `\n${said({ zh: '每个命令都有 --help 和例子', en: 'Every command has --help with an example' })}`,
    )
    .showSuggestionAfterError()
  for (const [name, entry] of Object.entries(commands)) {
    const command = name === asked ? await entry.load() : new Command(name)
    program.addCommand(command.summary(entry[language()]))
  }
  withOurWays(program)
  return program
}

/** Commander's ways made ours: it throws instead of exiting, and its headings follow the language. */
function withOurWays(command: Command): void {
  command.exitOverride().helpOption('-h, --help', said({ zh: '显示帮助', en: 'show help' }))
  command.configureHelp({ styleTitle: titleInWords, optionDescription: optionInWords })
  command.configureOutput({ outputError: (text, write) => write(complaintInWords(text)) })
  if (command.commands.length > 0)
    command.helpCommand(
      'help [command]',
      said({ zh: '显示一个命令的帮助', en: 'show the help of a command' }),
    )
  for (const child of command.commands) withOurWays(child)
}

/** Help and version did their job; every other thing the parser says is wrong use. */
function exitOf(error: CommanderError): number {
  return ['commander.helpDisplayed', 'commander.version'].includes(error.code)
    ? exitCodes.done
    : exitCodes.wrongUse
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
