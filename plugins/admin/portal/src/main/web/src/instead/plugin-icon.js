import { computed, defineComponent, h } from 'vue'

/** The first letters of a plugin's words, on a colour of its own: the same for every plugin, whoever made it. */
export function getPluginIconURL(name) {
  const words = String(name).split(/[^a-zA-Z0-9]+/).filter(Boolean)
  const letters = (words.length > 1 ? words[0][0] + words[1][0] : String(name).slice(0, 2)).toUpperCase()
  let hue = 0
  for (const letter of String(name)) hue = (hue * 31 + letter.codePointAt(0)) % 360
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="hsl(${hue} 45% 34%)"/>`
    + `<text x="16" y="21" fill="#fff" font-family="sans-serif" font-size="13" font-weight="600" text-anchor="middle">${letters.replace(/[^A-Z0-9]/g, '')}</text></svg>`
  return `data:image/svg+xml,${encodeURIComponent(picture)}`
}

export const PluginIcon = defineComponent({
  props: { name: { type: String, required: true }, size: { type: Number, default: 32 }, alt: { type: String, default: '' } },
  setup(props) {
    const source = computed(() => getPluginIconURL(props.name))
    return () => h('img', { src: source.value, width: props.size, height: props.size, alt: props.alt })
  },
})
