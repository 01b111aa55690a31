import './districtTiles.css'
import type { ReactNode } from 'react'

export type Tile = {
  /** The district's code; where it lies follows from it. */
  code: string
  /** From 0, not known, to 4, the highest quarter of the scale. */
  level: 0 | 1 | 2 | 3 | 4
  chosen: boolean
  /** A link with the class `tile__link`. */
  link: ReactNode
}

/** The bydeler about where they lie, a tile each; a higher number has a stronger frame and colour, and stands in the tile. */
export function DistrictTiles({ tiles }: { tiles: readonly Tile[] }) {
  return (
    <ul className="tiles full">
      {tiles.map(({ code, level, chosen, link }) => (
        <li key={code} className={`tile tile--${code} tile--level-${level}${chosen ? ' tile--chosen' : ''}`}>
          {link}
        </li>
      ))}
    </ul>
  )
}
