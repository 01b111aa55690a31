import { paths } from '../../paths.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { pseudonym } from './insightWords.ts'

/** From what was seen in an emergency to who asked, why, and what was found of it afterwards. */
export function GlassLink({ id }: { id: string }) {
  return (
    <div>
      <RouteLink to={paths.breakGlass} hash={id}>
        Se nødåpningen<span className="aksel-sr-only"> {pseudonym(id)}</span>
      </RouteLink>
    </div>
  )
}
