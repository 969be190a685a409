const NAMES = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Code without colours. */
export async function codeToHtml(code) {
  return code.replace(/[&<>]/g, (sign) => NAMES[sign])
}
