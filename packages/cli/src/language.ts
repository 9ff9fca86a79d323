// The language of the command line: `--lang`, else the environment, else English. Set once, before anything is said.

export type Language = 'zh' | 'en'

export type Sentence = Readonly<Record<Language, string>>

let chosen: Language = ofEnvironment(process.env)

export function useLanguage(name: Language): void {
  chosen = name
}

export function language(): Language {
  return chosen
}

/** One sentence of two. */
export function said(sentence: Sentence): string {
  return sentence[chosen]
}

export function ofEnvironment(environment: NodeJS.ProcessEnv): Language {
  const name = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || ''
  return name.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
