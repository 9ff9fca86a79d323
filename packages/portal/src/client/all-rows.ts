// All rows of a filter, for the downloaded file; the server gives 200 at a time.
interface PageOf<Row> {
  readonly items: readonly Row[]
  readonly total: number
}

const LARGEST_PAGE = 200

export async function allRows<Row>(
  read: (page: number, size: number) => Promise<PageOf<Row>>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (let page = 1; ; page += 1) {
    const { items, total } = await read(page, LARGEST_PAGE)
    rows.push(...items)
    if (items.length === 0 || rows.length >= total) return rows
  }
}
