import { reactive } from 'vue'

export const notices = reactive([])
const MOST = 4
let number = 0

/** Says something for a while; screen readers hear it too. */
export function say(text, kind = 'success') {
  const notice = { id: (number += 1), text, kind }
  notices.push(notice)
  if (notices.length > MOST) notices.shift()
  setTimeout(() => {
    const at = notices.indexOf(notice)
    if (at >= 0) notices.splice(at, 1)
  }, 6000)
}
