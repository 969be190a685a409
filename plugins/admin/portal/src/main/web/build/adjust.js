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
  {
    // Texts that speak of another gateway.
    file: /@kong-ui-public\/entities-plugins\/dist\/entities-plugins\.es\.js$/,
    from: 'Plugins are used to extend Kong functionality.',
    to: 'A plugin asks for keys, limits, changes or logs requests: of all, or of one service, route or consumer.',
    times: 1,
  },
  {
    file: /@kong-ui-public\/entities-plugins\/dist\/entities-plugins\.es\.js$/,
    from: '"Kong Functions (Pre-Plugins)"',
    to: '"Pre-function"',
    times: 1,
  },
  {
    file: /@kong-ui-public\/entities-plugins\/dist\/entities-plugins\.es\.js$/,
    from: '"Kong Functions (Post-Plugins)"',
    to: '"Post-function"',
    times: 1,
  },
  {
    file: /@kong-ui-public\/entities-consumers\/dist\/entities-consumers\.es\.js$/,
    from: 'mapping Kong with users',
    to: 'mapping consumers to users',
    times: 1,
  },
  {
    file: /@kong-ui-public\/entities-vaults\/dist\/entities-vaults\.es\.js$/,
    from: 'of your Kong Gateway deployment',
    to: 'of your gateway',
    times: 2,
  },
  {
    file: /@kong-ui-public\/entities-vaults\/dist\/entities-vaults\.es\.js$/,
    from: 'to be made available in Kong Gateway at runtime',
    to: 'of the environment of the node',
    times: 1,
  },
  {
    file: /@kong-ui-public\/entities-upstreams-targets\/dist\/entities-upstreams-targets\.es\.js$/,
    from: 'requests being proxied by Kong (HTTP',
    to: 'requests that pass (HTTP',
    times: 2,
  },
  {
    file: /@kong-ui-public\/entities-upstreams-targets\/dist\/entities-upstreams-targets\.es\.js$/,
    from: 'when proxying requests through Kong.',
    to: 'when requests are passed on.',
    times: 1,
  },
  {
    file: /@kong-ui-public\/entities-gateway-services\/dist\/entities-gateway-services\.es\.js$/,
    from: 'you will manage in Kong Gateway.',
    to: 'that is to be reached through the gateway.',
    times: 1,
  },
]

export function adjust() {
  const left = new Set(CHANGES)
  return {
    name: 'sluice-adjust',
    enforce: 'pre',
    transform(code, id) {
      const path = id.split('?')[0]
      let changed = code
      for (const change of CHANGES.filter((each) => each.file.test(path))) {
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
