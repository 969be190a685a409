import { fileURLToPath, URL } from 'node:url'

// Packages that other packages ask for, and the small modules of our own that take their place: nothing of them is
// bundled. An entry that nobody asks for any more fails the build.
const STANDS_IN = [
  // An editor of four megabytes, with style elements and WebAssembly, which the page's policy forbids.
  { asked: '@kong-ui-public/monaco-editor', by: /entities-plugins/, given: 'code-editor.js' },
  { asked: 'monaco-editor', by: /entities-plugins/, given: 'monaco.js' },
  // An editor of expressions, which compiles WebAssembly.
  { asked: '@kong-ui-public/expressions', by: /entities-routes/, given: 'expressions.js' },
  // Three hundred languages to colour a dozen words.
  { asked: 'shiki', by: /entities-plugins/, given: 'shiki.js' },
  // Pictures of plugins, among them the marks of their makers.
  { asked: '@kong-ui-public/entities-plugins-icon', by: /entities-plugins/, given: 'plugin-icon.js' },
]

export function instead() {
  const left = new Set(STANDS_IN)
  return {
    name: 'sluice-instead',
    enforce: 'pre',
    resolveId(asked, by) {
      const found = STANDS_IN.find((each) => each.asked === asked && by && each.by.test(by))
      if (!found) return undefined
      left.delete(found)
      return fileURLToPath(new URL(`../src/instead/${found.given}`, import.meta.url))
    },
    buildEnd(error) {
      if (!error && left.size > 0 && process.env.NODE_ENV === 'production') {
        throw new Error(`asked for by nobody: ${[...left].map((each) => each.asked).join(', ')}`)
      }
    },
  }
}
