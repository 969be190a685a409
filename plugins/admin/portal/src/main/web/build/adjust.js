// What is changed in packages as they are bundled. A package in which the text is no longer found as often as it was
// fails the build: then look whether the change is still needed.
const CHANGES = [
  {
    // A style element made by a script is what the page's policy forbids; styles.css says the same for all dialogs.
    file: /@kong\/kongponents\/dist\/kongponents\.es116\.js$/,
    from: 'document.head.appendChild(u.value)',
    to: 'void 0',
    times: 1,
  },
  {
    // The same of a style within a picture that turns.
    file: /@kong\/kongponents\/dist\/kongponents\.es185\.js$/,
    from: '<style>@keyframes kong-icon-spin { from {transform: rotate(0deg);} to {transform: rotate(360deg);} }</style>',
    to: '',
    times: 1,
  },
  {
    file: /@kong\/icons\/dist\/kong-icons988\.es\.js$/,
    from: '<style>@keyframes kong-icon-spin { from {transform: rotate(0deg);} to {transform: rotate(360deg);} }</style>',
    to: '',
    times: 1,
  },
  {
    // New routes are preset to https alone, and plain HTTP would meet them with 426.
    file: /@kong-ui-public\/entities-routes\/dist\/index-[^/]+\.js$/,
    from: 'protocols: we,',
    to: 'protocols: "http,https",',
    times: 2,
  },
  {
    // Kinds of vaults that this node has not are offered to nobody, not even greyed out.
    file: /@kong-ui-public\/entities-vaults\/dist\/entities-vaults\.es\.js$/,
    from: ']), j = c.config.base64FieldAvailable',
    to: '].filter((kind) => !kind.disabled)), j = c.config.base64FieldAvailable',
    times: 1,
  },
  {
    // What is private of a key is masked, as that of a certificate is.
    file: /@kong-ui-public\/entities-keys\/dist\/entities-keys\.es\.js$/,
    from: 'label: l(d)(k),',
    to: 'label: l(d)(k), type: /^(pem\\.private_key|jwk\\.(d|p|q|dp|dq|qi|oth|k))$/.test(k) ? "redacted" : void 0,',
    times: 2,
  },
]

// Texts that speak of another gateway: the package, what it says, how often, and what is said instead.
const TEXTS = [
  ['plugins', 'Plugins are used to extend Kong functionality.', 1, 'A plugin asks for keys, limits, changes or logs requests: of all, or of one service, route or consumer.'],
  ['plugins', '"Kong Functions (Pre-Plugins)"', 1, '"Pre-function"'],
  ['plugins', '"Kong Functions (Post-Plugins)"', 1, '"Post-function"'],
  ['consumers', 'mapping Kong with users', 1, 'mapping consumers to users'],
  ['vaults', 'of your Kong Gateway deployment', 2, 'of your gateway'],
  ['vaults', 'to be made available in Kong Gateway at runtime', 1, 'of the environment of the node'],
  ['vaults', 'for Kong Gateway configuration', 5, 'for the configuration of the gateway'],
  ['vaults', 'after which Kong will attempt', 1, 'after which the gateway will attempt'],
  ['upstreams-targets', 'requests being proxied by Kong (HTTP', 2, 'requests that pass (HTTP'],
  ['upstreams-targets', 'when proxying requests through Kong.', 1, 'when requests are passed on.'],
  ['upstreams-targets', 'Kong will generate a value and set', 1, 'the gateway will make a value and set'],
  ['gateway-services', 'you will manage in Kong Gateway.', 1, 'that is to be reached through the gateway.'],
  ['certificates', 'would like Kong to prefer', 2, 'would like the gateway to prefer'],
  ['routes', 'When enabled, Kong removes', 1, 'When enabled, the gateway removes'],
  ['routes', 'Controls how Kong modifies', 1, 'Controls how the gateway modifies'],
].map(([name, from, times, to]) => {
  // Those of routes are in a file of their own.
  const file = name === 'routes' ? 'index-[^/]+' : `entities-${name}\\.es`
  return { file: new RegExp(`@kong-ui-public/entities-${name}/dist/${file}\\.js$`), from, to, times }
})

const ALL = [...CHANGES, ...TEXTS]

export function adjust() {
  const left = new Set(ALL)
  return {
    name: 'sluice-adjust',
    enforce: 'pre',
    transform(code, id) {
      const path = id.split('?')[0]
      let changed = code
      for (const change of ALL.filter((each) => each.file.test(path))) {
        const parts = changed.split(change.from)
        if (parts.length - 1 !== change.times) {
          throw new Error(`${path}: expected "${change.from}" ${change.times} times, found it ${parts.length - 1} times`)
        }
        changed = parts.join(change.to)
        left.delete(change)
      }
      return changed === code ? undefined : { code: changed, map: null }
    },
    buildEnd(error) {
      if (!error && left.size > 0 && process.env.NODE_ENV === 'production') {
        throw new Error(`not met while bundling: ${[...left].map((change) => change.file).join(', ')}`)
      }
    },
  }
}
