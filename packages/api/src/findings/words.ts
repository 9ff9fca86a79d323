// The shape of the words about findings: a code and what it says in both languages.
export type Words = Readonly<Record<string, { readonly zh: string; readonly en: string }>>
