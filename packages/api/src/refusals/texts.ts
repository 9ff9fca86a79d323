// The shape of the refusal catalogue: one entry per stable code, its HTTP status and its sentence in both languages.
// A `{name}` in a sentence is filled from the refusal's params. Each sentence says what is wrong and how to mend it.

export interface RefusalText {
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 423 | 429 | 503
  readonly zh: string
  readonly en: string
}

export type RefusalTexts = Readonly<Record<string, RefusalText>>
