/** The route table without its schemas, in two parts. */
declare module 'virtual:calls/everybody' {
  const calls: Readonly<Record<string, { method: string; path: string; transport: string }>>
  export default calls
}

declare module 'virtual:calls/signed-in' {
  const calls: Readonly<Record<string, { method: string; path: string; transport: string }>>
  export default calls
}
