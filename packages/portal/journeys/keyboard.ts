// A person without a mouse: moves by Tab, acts by Enter, Space, arrows and typing. Whatever is reached must show where
// the focus is, and is found by the name that a screen reader would say.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

interface Focused {
  readonly tag: string
  readonly type: string
  /** the label, the caption of its group before it */
  readonly name: string
  readonly value: string
  readonly shown: boolean
}

/** More presses than any page has places. */
const PLACES = 250

const FOCUSED = `(() => {
  const element = document.activeElement
  if (element === null || element === document.body) return null
  const style = getComputedStyle(element)
  const own = element.getAttribute('aria-label') ?? element.labels?.[0]?.innerText ?? element.innerText ?? ''
  const group = element.closest('fieldset')?.querySelector('legend')?.innerText
  const near = element.matches('input[type=file]') ? element.closest('.upload')?.innerText : undefined
  return {
    tag: element.tagName.toLowerCase(),
    type: element.getAttribute('type') ?? '',
    name: [group, near ?? own].filter(Boolean).join(' / ').trim(),
    value: element.value ?? '',
    shown: style.outlineStyle !== 'none' || style.boxShadow !== 'none' ||
      element.closest('label, .upload') !== null,
  }
})()`

export class Keyboard {
  readonly #page: Page
  constructor(page: Page) {
    this.#page = page
  }

  async #focused(): Promise<Focused | null> {
    return this.#page.evaluate<Focused | null>(FOCUSED)
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key)
  }

  /** Tabs on until something of this name has the focus. */
  async reach(
    tag: 'a' | 'button' | 'input' | 'select' | 'textarea' | 'summary',
    name: RegExp,
  ): Promise<Focused> {
    const passed: string[] = []
    for (let press = 0; press < PLACES; press += 1) {
      const focused = await this.#focused()
      if (focused !== null && focused.tag === tag && name.test(focused.name)) {
        expect(focused.shown, `the focus on ${focused.name} can be seen`).toBe(true)
        return focused
      }
      if (focused !== null) passed.push(`${focused.tag} ${focused.name.slice(0, 40)}`)
      await this.press('Tab')
    }
    throw new Error(`no ${tag} ${name} on the way: ${[...new Set(passed)].join(' | ')}`)
  }

  async follow(name: RegExp): Promise<void> {
    await this.reach('a', name)
    await this.press('Enter')
  }

  async push(name: RegExp): Promise<void> {
    await this.reach('button', name)
    await this.press('Enter')
  }

  async write(name: RegExp, text: string, tag: 'input' | 'textarea' = 'input'): Promise<void> {
    await this.reach(tag, name)
    await this.press('Control+a')
    await this.#page.keyboard.type(text)
  }

  /** A day is typed part by part, in the order in which the browser shows them. */
  async writeDay(name: RegExp, day: string): Promise<void> {
    await this.reach('input', name)
    const [year, month, date] = day.split('-') as [string, string, string]
    await this.#page.keyboard.type(`${month}${date}${year}`)
    if ((await this.#focused())?.value === day) return
    await this.press('Shift+Tab', 'Tab')
    await this.#page.keyboard.type(year)
    await this.press('ArrowRight')
    await this.#page.keyboard.type(`${month}${date}`)
    expect((await this.#focused())?.value, `${name}`).toBe(day)
  }

  /** A line of a list, by its first letters as the list is walked with the arrows. */
  async pick(name: RegExp, value: string | RegExp): Promise<void> {
    await this.reach('select', name)
    for (let line = 0; line < 40; line += 1) {
      const shown = await this.#page.evaluate<string>(
        `(({ value, selectedOptions }) => value + ' ' + (selectedOptions[0]?.text ?? ''))(document.activeElement)`,
      )
      if (typeof value === 'string' ? shown.split(' ')[0] === value : value.test(shown)) return
      await this.press('ArrowDown')
    }
    throw new Error(`${name} has no line ${value}`)
  }

  /** One of a few choices: Tab to the group, arrows within it. */
  async choose(group: RegExp, label: RegExp): Promise<void> {
    await this.reach('input', group)
    for (let step = 0; step < 10; step += 1) {
      const focused = await this.#focused()
      const own = focused?.name.split(' / ').at(-1) ?? ''
      if (label.test(own)) return this.press('Space')
      await this.press('ArrowDown')
    }
    throw new Error(`${group} has no choice ${label}`)
  }

  async tick(name: RegExp): Promise<void> {
    await this.reach('input', name)
    await this.press('Space')
  }

  /**
   * The file window opens from the keyboard; what is chosen in it is the system's own business. On a busy machine
   * Chromium may swallow the first press, as it may a person's: who sees no window presses again.
   */
  async attach(name: RegExp, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.reach('input', name)
    const window = this.#page.waitForEvent('filechooser')
    const opened = window.then(() => true)
    for (let press = 0; press < 3; press += 1) {
      await this.press('Space')
      if (await Promise.race([opened, this.#page.waitForTimeout(5000).then(() => false)])) break
    }
    await (await window).setFiles(file)
  }

  /** Leaves whatever has the focus, as Escape and a click on nothing would: the next Tab starts at the top. */
  async fromTheTop(): Promise<void> {
    await this.#page.evaluate('document.activeElement?.blur()')
  }
}
