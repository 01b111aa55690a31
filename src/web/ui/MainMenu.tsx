import { ChevronDownIcon, ChevronUpIcon } from '@navikt/aksel-icons'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState } from 'react'
import { leadsTo, type MenuEntry, type MenuItem } from './menu.ts'
import { RouteLink } from './RouteLink.tsx'

/** The main menu: what always stands in the bar, and groups that open. */
export function MainMenu({ items }: { items: readonly MenuItem[] }) {
  return (
    <nav className="menu" aria-label="Hovedmeny">
      <ul className="menu__bar">
        {items.map((item) => (
          <li key={item.kind === 'link' ? item.entry.to : item.label} className="menu__item">
            {item.kind === 'link' ? <Entry entry={item.entry} /> : <Group {...item} />}
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Entry({ entry, onFollow }: { entry: MenuEntry; onFollow?: () => void }) {
  return (
    <RouteLink
      to={entry.to}
      underline={false}
      activeOptions={{ exact: true, includeSearch: false }}
      className="menu__link"
      onClick={onFollow}
    >
      {entry.label}
    </RouteLink>
  )
}

/** A button that shows its entries and hides them: by itself, with Escape, and when somebody goes on elsewhere. */
function Group({ label, entries }: { label: string; entries: readonly MenuEntry[] }) {
  const [open, setOpen] = useState(false)
  const around = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const list = useId()
  const { pathname } = useLocation()
  const here = entries.some((entry) => leadsTo(entry, pathname))
  const Chevron = open ? ChevronUpIcon : ChevronDownIcon

  /** Focus would be lost with the entry that had it; the page that is opened takes it from the button. */
  const close = () => {
    button.current?.focus()
    setOpen(false)
  }
  useEffect(() => {
    if (!open) return
    const closeElsewhere = ({ target }: Event) => {
      if (!(target instanceof Node && around.current?.contains(target))) setOpen(false)
    }
    const closeOnEscape = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return
      button.current?.focus()
      setOpen(false)
    }
    document.addEventListener('pointerdown', closeElsewhere)
    document.addEventListener('focusin', closeElsewhere)
    document.addEventListener('keydown', closeOnEscape)
    return () => {
      document.removeEventListener('pointerdown', closeElsewhere)
      document.removeEventListener('focusin', closeElsewhere)
      document.removeEventListener('keydown', closeOnEscape)
    }
  }, [open])

  return (
    <div ref={around}>
      <button
        ref={button}
        type="button"
        className="menu__link menu__button"
        aria-expanded={open}
        aria-controls={list}
        aria-current={here ? 'true' : undefined}
        onClick={() => setOpen(!open)}
      >
        {label}
        <Chevron aria-hidden />
      </button>
      <ul id={list} className="menu__list" hidden={!open}>
        {entries.map((entry) => (
          <li key={entry.to}>
            <Entry entry={entry} onFollow={close} />
          </li>
        ))}
      </ul>
    </div>
  )
}
