/** Certificates, keys and secrets. */
export const security = {
  title: 'Security',
  sections: [],
}
