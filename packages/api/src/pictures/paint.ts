// The colours of pictures: those of the portal's tokens, as numbers so that documents have the same. The fills differ in
// lightness too, so that they tell apart in grey (a test holds it); what is lost or missing is hatched besides.
export const PAINT = {
  ink: '#1b2220',
  quiet: '#545d59',
  line: '#dcd9cf',
  faint: '#ece9e1',
  main: '#0b5876',
  second: '#4a8fa9',
  pale: '#c3dbe4',
  limit: '#84560a',
  limitPale: '#d9a24a',
} as const

/** What happened to money, dark to light. */
export const FATES = {
  paid: PAINT.main,
  demanded: '#a05a6c',
  owed: PAINT.second,
  returned: PAINT.limitPale,
  held: PAINT.pale,
} as const
