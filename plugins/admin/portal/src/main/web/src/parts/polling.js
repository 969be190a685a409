import { onBeforeUnmount, onMounted } from 'vue'

/** Runs a task now and again after it has ended, while the page is looked at. */
export function usePolling(task, millis) {
  let timer
  let over = false
  async function round() {
    try {
      if (!document.hidden) await task()
    } finally {
      if (!over) timer = setTimeout(round, millis)
    }
  }
  onMounted(round)
  onBeforeUnmount(() => {
    over = true
    clearTimeout(timer)
  })
}
