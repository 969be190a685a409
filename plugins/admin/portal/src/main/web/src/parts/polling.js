import { onBeforeUnmount, onMounted } from 'vue'

/**
 * Looks now and again, each time when the look before has ended, while the page is looked at: not in a tab that is hidden,
 * and at once when it is shown again. A look is told how to ask whether its answer is still wanted, which it is not once a
 * newer look has begun or the page was left. `idle` says when there is nothing to look for. Gives back what looks at once,
 * as after a step.
 */
export function usePolling(look, millis, idle = () => false) {
  let timer
  let left = false
  let newest = 0

  async function now(...how) {
    if (left) return
    clearTimeout(timer)
    const mine = (newest += 1)
    try {
      await look(() => mine === newest && !left, ...how)
    } finally {
      if (mine === newest) wait()
    }
  }

  function wait() {
    clearTimeout(timer)
    if (!left && !document.hidden) timer = setTimeout(() => (idle() ? wait() : now()), millis)
  }

  const turned = () => (document.hidden || idle() ? wait() : now())

  onMounted(() => {
    document.addEventListener('visibilitychange', turned)
    turned()
  })
  onBeforeUnmount(() => {
    left = true
    document.removeEventListener('visibilitychange', turned)
    clearTimeout(timer)
  })
  return now
}
