// A press that opens a short list below it. Escape, a press elsewhere, leaving it with the keyboard or a choice closes it.
import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react'
import './menu.css'

interface MenuProps {
  readonly label: ReactNode
  readonly className: string
  /** whether the page that is open stands in the list */
  readonly holdsCurrent?: boolean
  readonly children: ReactNode
}

export function Menu({ label, className, holdsCurrent = false, children }: MenuProps): ReactElement {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open) return undefined
    const press = (event: PointerEvent): void => {
      if (!box.current!.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', press)
    return () => document.removeEventListener('pointerdown', press)
  }, [open])
  function key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !open) return
    setOpen(false)
    box.current!.querySelector('button')!.focus()
  }
  return (
    <div
      ref={box}
      className={`menu ${className}`}
      onKeyDown={key}
      onBlur={({ relatedTarget }) => {
        if (relatedTarget !== null && !box.current!.contains(relatedTarget)) setOpen(false)
      }}
    >
      <button
        type="button"
        aria-expanded={open}
        data-current={holdsCurrent}
        onClick={() => setOpen((before) => !before)}
      >
        {label}
      </button>
      {open && (
        <div className="menu-list" onClick={() => setOpen(false)}>
          {children}
        </div>
      )}
    </div>
  )
}
