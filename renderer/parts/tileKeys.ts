interface TileRoom {
  readonly columns: number
  /** Tiles of a page. */
  readonly page: number
  readonly count: number
}

/** How many tiles a key goes on in a list of tiles, in reading direction; undefined: it goes nowhere. */
export function tileStep(key: string, { columns, page, count }: TileRoom): number | undefined {
  const forward = document.dir === 'rtl' ? -1 : 1
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: forward,
    ArrowLeft: -forward,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: page,
    PageUp: -page,
    Home: -count,
    End: count,
  }
  return steps[key]
}
