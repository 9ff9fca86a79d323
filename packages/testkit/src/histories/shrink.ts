// The shortest telling of a history that still goes wrong: first fewer steps, then fewer acts in each.
import type { Step } from './history.ts'

/**
 * @param fails tells whether these steps still go wrong; it is asked at most so many times
 * @returns steps of which, as far as was tried, none can be left out
 */
export async function shrink(
  steps: readonly Step[],
  fails: (steps: readonly Step[]) => Promise<boolean>,
  tries = 150,
): Promise<readonly Step[]> {
  let left = tries
  const without = async <Thing>(
    things: readonly Thing[],
    rebuilt: (things: readonly Thing[]) => readonly Step[],
  ): Promise<readonly Thing[]> => {
    let kept = things
    for (
      let size = Math.ceil(kept.length / 2);
      size >= 1 && left > 0;
      size = size === 1 ? 0 : Math.ceil(size / 2)
    )
      for (let from = kept.length - size; from >= 0 && left > 0; from -= size) {
        const fewer = kept.toSpliced(from, size)
        left--
        if (await fails(rebuilt(fewer))) kept = fewer
      }
    return kept
  }
  let best = await without(steps, (fewer) => fewer)
  // one call a step and one act a call, when the fault does not need them together
  const apart: readonly Step[] = best.flatMap((step) =>
    step.flatMap((call) => call.acts.map((act): Step => [{ ...call, fate: 'commits', acts: [act] }])),
  )
  left--
  if (await fails(apart)) best = await without(apart, (fewer) => fewer)
  return best
}

/** A history in words, one line a call. */
export function inWords(steps: readonly Step[]): string {
  return steps
    .flatMap((step) =>
      step.map(({ moment, acts, fate }) => {
        const together = step.length > 1 ? ` (one of ${step.length} at once)` : ''
        return `${new Date(moment).toISOString()} ${fate}${together}: ${acts.map(({ name }) => name).join(', ')}`
      }),
    )
    .join('\n')
}
